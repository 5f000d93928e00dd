"""Slack's payloads, read once and strictly at the edge into what the handlers need.

The workspace is always our own: in a channel that is shared with another organisation (Slack Connect) a payload may name
theirs, and rows belong to where the app is installed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, Self

from bot.channels.policy import is_direct
from bot.digests.wishes import Asked
from bot.slack.replies import Place
from bot.texts import people

ID: Final = re.compile(r"[A-Z][A-Z0-9]{1,31}")
_STAMP: Final = re.compile(r"[0-9]{1,16}(\.[0-9]{1,16})?")
KEY: Final = re.compile(r"[A-Za-z0-9_.:-]{1,200}")  # event_id, trigger_id, view id: an opaque word of Slack's
URL: Final = re.compile(r"https?://[^\s]{1,2000}")
_OURS: Final = re.compile(r"(?s:.){1,1000}")  # an id of ours, or of a control that is no longer
# Where a person, a channel and a response URL can stand.
_WAYS: Final[tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...]] = (
    (ID, (("user", "id"), ("user_id",))),
    (ID, (("container", "channel_id"), ("channel", "id"), ("channel_id",))),
    (URL, (("response_url",),)),
)


class PayloadError(Exception):
    """A payload is not what Slack sends. The message names the place in it, and never what stands there."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place}: missing, or not what Slack sends there")


def part(body: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """An object within a payload.

    Raises:
        PayloadError: there is none.
    """
    found: object = body
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    if not isinstance(found, dict):
        raise PayloadError(".".join(path))
    return found


def word(body: Mapping[str, Any], name: str, form: re.Pattern[str] = ID) -> str:
    """A required value that has the form; by default one of Slack's ids.

    Raises:
        PayloadError: it has not.
    """
    found = body.get(name)
    if not isinstance(found, str) or form.fullmatch(found) is None:
        raise PayloadError(name)
    return found


def maybe(body: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str | None:
    """A value that may be left out (or be empty), and else has the form.

    Raises:
        PayloadError: it is there and has not.
    """
    return None if body.get(name) in (None, "") else word(body, name, form)


def text(body: Mapping[str, Any], name: str) -> str:
    """What somebody typed, or a button carries; "" when it is left out.

    Raises:
        PayloadError: it is no text.
    """
    found = body.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise PayloadError(name)
    return found


def at_home(body: dict[str, Any], team: str) -> dict[str, Any]:
    """A payload, as one of our own workspace."""
    return {**body, "team_id": team, "team": {"id": team}}


def is_channel(value: str) -> bool:
    """Whether a button's value can be a channel's id."""
    return ID.fullmatch(value) is not None


def reachable(body: Mapping[str, Any]) -> Place | None:
    """Where whoever sent a payload can be told something in private, when nothing else of it may be right.

    By its response URL, in its channel, or in a direct message (whose channel is then the person); None if it names nobody.
    """
    user, channel, url = (_first(body, *names) for names in _WAYS)
    if url is None and user is None:
        return None
    return Place(channel or user or "", user or "", response_url=url)


def _first(body: Mapping[str, Any], form: re.Pattern[str], places: tuple[tuple[str, ...], ...]) -> str | None:
    for *path, name in places:
        try:
            return word(part(body, *path), name, form)
        except PayloadError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class Entered:
    """A slash command: who asks about which channel, and where the answer goes (to the asker alone)."""

    asked: Asked
    key: str
    trigger_id: str
    place: Place

    @classmethod
    def read(cls, command: Mapping[str, Any]) -> Self:
        """From the form that Slack sends; raises PayloadError."""
        channel, user = word(command, "channel_id"), word(command, "user_id")
        trigger = word(command, "trigger_id", KEY)
        place = Place(channel, user, response_url=word(command, "response_url", URL))
        return cls(Asked(word(command, "team_id"), channel, user), f"command:{trigger}", trigger, place)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A shortcut: of the whole workspace, or of a `message`, and then answered at a `place`."""

    team: str
    user: str
    user_team: str | None
    trigger_id: str
    key: str
    place: Place | None = None
    message: Mapping[str, Any] | None = None

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """From a `shortcut` or `message_action` payload. Raises PayloadError."""
        user = part(body, "user")
        id_ = word(user, "id")
        message = part(body, "message") if body.get("type") == "message_action" else None
        text(message or {}, "text")
        return cls(
            team=word(part(body, "team"), "id"),
            user=id_,
            user_team=maybe(user, "team_id", ID),
            trigger_id=word(body, "trigger_id", KEY),
            key=f"shortcut:{id_}:{word(body, 'action_ts', _STAMP)}",
            place=None if message is None else _beside(message, body, id_),
            message=message,
        )


def _beside(message: Mapping[str, Any], body: Mapping[str, Any], user: str) -> Place:
    """Where the presser certainly reads.

    A reply is seen in its open thread alone. The message that a thread hangs on is mostly seen in the channel, where a
    private word in the thread would stay unseen.
    """
    root = maybe(message, "thread_ts", _STAMP)
    alone = root == word(message, "ts", _STAMP) or message.get("subtype") == "thread_broadcast"
    channel, url = word(part(body, "channel"), "id"), word(body, "response_url", URL)
    return Place(channel, user, None if alone else root, url)


@dataclass(frozen=True, slots=True)
class Said:
    """A message that a person addressed to the bot: a mention, or a direct message."""

    team: str
    event_id: str
    place: Place
    text: str
    direct: bool
    outside: bool = False  # whether another organisation listens (Slack Connect)
    user_team: str | None = None
    in_thread: bool = False

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """From an Events API payload; the place is the thread the message is in, or starts. Raises PayloadError."""
        event = part(body, "event")
        channel = word(event, "channel")
        stamp, thread = word(event, "ts", _STAMP), maybe(event, "thread_ts", _STAMP)
        return cls(
            team=word(body, "team_id"),
            event_id=word(body, "event_id", KEY),
            place=Place(channel, word(event, "user"), thread or stamp),
            text=text(event, "text"),
            direct=event.get("channel_type") == "im" or is_direct(channel),
            outside=body.get("is_ext_shared_channel") is True,
            user_team=maybe(event, "user_team", ID) or maybe(event, "team", ID),
            in_thread=thread not in {None, stamp},
        )


class Container(Enum):
    """What a control can stand in."""

    MESSAGE = auto()
    MODAL = auto()
    HOME = auto()


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button, or a choice from a menu: whose, where, and what it carries.

    `view_id` names the modal that it stands in, with its `metadata`; then there is no place but a person, as on the Home
    tab. `can_push` says whether Slack takes a modal above that one: it keeps three. `place` has a response URL only when
    the message is one that only the presser sees; on a public answer the presser is told in the message's thread.
    """

    team: str
    key: str
    user_name: str
    trigger_id: str
    place: Place
    value: str
    action_id: str
    view_id: str | None = None
    user_team: str | None = None
    block_id: str = ""
    metadata: str = ""
    can_push: bool = False

    @property
    def container(self) -> Container:
        """What it stands in."""
        if self.view_id is not None:
            return Container.MODAL
        return Container.MESSAGE if self.place.channel else Container.HOME

    @property
    def is_private(self) -> bool:
        """Whether only the presser sees the message, so that it can be shared through its response URL."""
        return self.place.response_url is not None

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """From a `block_actions` payload of a message, a modal or a Home tab. Raises PayloadError."""
        action, user, container = pressed(body), part(body, "user"), part(body, "container")
        private = container.get("is_ephemeral") is True
        message = part(body, "message") if body.get("message") else {}
        view = part(body, "view") if body.get("view") else {}
        modal = {} if view.get("type") == "home" else view
        inside = maybe(container, "thread_ts", _STAMP)
        thread = inside or maybe(message, "thread_ts", _STAMP) or maybe(message, "ts", _STAMP)
        id_ = word(user, "id")
        place = Place(
            channel="" if view else word(container, "channel_id"),
            user=id_,
            thread_ts=inside if private else thread,
            response_url=word(body, "response_url", URL) if private else None,
        )
        chosen = part(action, "selected_option") if action.get("selected_option") else {}
        return cls(
            team=word(part(body, "team"), "id"),
            key=f"action:{id_}:{word(action, 'action_ts', _STAMP)}",
            user_name=text(user, "name") or text(user, "username") or people.COLLEAGUE,
            trigger_id=word(body, "trigger_id", KEY),
            place=place,
            value=text(action, "value") or text(chosen, "value"),
            action_id=word(action, "action_id", _OURS),
            view_id=word(modal, "id", KEY) if modal else None,
            user_team=maybe(user, "team_id", ID),
            block_id=text(action, "block_id"),
            metadata=text(modal, "private_metadata"),
            can_push=bool(modal) and modal.get("previous_view_id") in (None, modal.get("root_view_id")),
        )


def pressed(body: Mapping[str, Any]) -> dict[str, Any]:
    """The control that was pressed: Slack sends a list of one.

    Raises:
        PayloadError: there is none.
    """
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], dict):
        raise PayloadError("actions")
    return actions[0]
