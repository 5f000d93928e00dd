"""What a workspace holds: members, channels, messages and views, as frozen values; and how Slack says no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

# JSON off the wire. Its shape is checked by the pydantic models at the edges, not by the type checker.
JsonObject: TypeAlias = dict[str, Any]
Blocks: TypeAlias = list[JsonObject]
ChannelKind: TypeAlias = Literal["channel", "private", "im"]

TEAM_ID = "T0PLAYTEAM1"
TEAM_NAME = "Playground"
TEAM_DOMAIN = "playground"
APP_ID = "A0PLAYAPP01"
BOT_ID = "B0PLAYBOT01"
BOT_USER = "U0PLAYBOT01"


@dataclass(frozen=True, slots=True)
class Member:
    """A user of the workspace, or of another `team` in a channel that is shared with it.

    `name` is the handle (dana), `real_name` what others see (Dana).
    """

    id: str
    name: str
    real_name: str
    tz: str = "Asia/Baghdad"
    tz_offset: int = 10_800
    locale: str = "en-US"
    is_bot: bool = False
    is_admin: bool = False
    team: str = TEAM_ID
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation and who is in it. The name of an `im` is the name of the app.

    `creator` is a user's id, "" for an `im`; `is_ext_shared` says that another organisation is in it (Slack Connect).
    """

    id: str
    name: str
    kind: ChannelKind
    members: frozenset[str]
    created: int
    is_archived: bool = False
    creator: str = ""
    is_ext_shared: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack keeps it. `visible_to` names the one reader of an ephemeral message; `ts` is its identity."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: Blocks | None = None
    thread_ts: str | None = None
    visible_to: str | None = None
    edited_ts: str | None = None
    subtype: str | None = None
    metadata: JsonObject | None = None

    def is_from_app(self) -> bool:
        """Whether the app under trial wrote it."""
        return self.user == BOT_USER

    def can_be_seen_by(self, user: str) -> bool:
        """Whether this user sees it, once in the channel."""
        return self.visible_to in (None, user)


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab of one user. `payload` is what the app sent, with ids filled in."""

    id: str
    user: str
    payload: JsonObject
    hash: str
    root_view_id: str
    previous_view_id: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """The right to open a modal for a user: once, for three seconds. `view_id` is the modal it came from, if any."""

    id: str
    user: str
    made_at: float
    view_id: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseUrl:
    """The right to answer an interaction: five times, for thirty minutes. `source_ts` is the message acted on."""

    token: str
    channel: str
    user: str
    made_at: float
    source_ts: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What the app sent: a Web API method, `response_url` or `ack`, its payload, when, and the error it got (or None)."""

    method: str
    payload: JsonObject
    at: float
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What Slackbot tells one user: that a command failed, that the app is not in the channel."""

    level: Literal["error", "info"]
    text: str
    user: str
    channel: str | None = None


class SlackError(Exception):
    """A refusal in Slack's words: `code` is the `error` field, `messages` go to `response_metadata`, `extra` beside it."""

    def __init__(self, code: str, messages: Sequence[str] = (), extra: Mapping[str, str] | None = None) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = list(messages)
        self.extra = dict(extra or {})

    def body(self) -> JsonObject:
        """The response body of the Web API."""
        body: JsonObject = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class ActError(Exception):
    """A user tried what Slack's own window would not let them do. The message is a sentence for that person."""


@dataclass(slots=True)
class Secrets:
    """What the app needs to know to talk to this Slack."""

    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    scopes: set[str] = field(default_factory=set)
    revoked: bool = False
