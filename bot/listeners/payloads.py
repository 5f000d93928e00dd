"""Slack's payloads, read once at the edge into what the handlers need."""

from dataclasses import dataclass
from typing import Any, Self

from bot.digests.wishes import Asked
from bot.replies import Place
from bot.texts import people


@dataclass(frozen=True, slots=True)
class Entered:
    """A slash command: who asks about which channel, and where the answer goes (to the asker alone)."""

    asked: Asked
    key: str
    trigger_id: str
    place: Place

    @classmethod
    def read(cls, command: dict[str, Any]) -> Self:
        """From the form that Slack sends."""
        channel, user, trigger = command["channel_id"], command["user_id"], command["trigger_id"]
        place = Place(channel, user, response_url=command["response_url"])
        return cls(Asked(command["team_id"], channel, user), f"command:{trigger}", trigger, place)


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
    def read(cls, body: dict[str, Any]) -> Self:
        """From an Events API payload; the place is the thread the message is in, or starts."""
        event = body["event"]
        return cls(
            team=body["team_id"],
            event_id=body["event_id"],
            place=Place(event["channel"], event["user"], event.get("thread_ts") or event["ts"]),
            text=event.get("text") or "",
            direct=event.get("channel_type") == "im" or event["channel"].startswith("D"),
            outside=bool(body.get("is_ext_shared_channel")),
            user_team=event.get("user_team") or event.get("team"),
            in_thread=event.get("thread_ts") not in {None, event["ts"]},
        )


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
    def is_private(self) -> bool:
        """Whether only the presser sees the message, so that it can be shared through its response URL."""
        return self.place.response_url is not None

    @classmethod
    def read(cls, body: dict[str, Any]) -> Self:
        """From a `block_actions` payload of a message or a modal."""
        action, user, container = body["actions"][0], body["user"], body["container"]
        private = bool(container.get("is_ephemeral"))
        message = body.get("message") or {}
        modal = body.get("view") or {}
        if modal.get("type") == "home":
            modal = {}
        thread = container.get("thread_ts") or message.get("thread_ts") or message.get("ts")
        place = Place(
            channel=container.get("channel_id") or "",
            user=user["id"],
            thread_ts=container.get("thread_ts") if private else thread,
            response_url=body.get("response_url") if private else None,
        )
        return cls(
            team=body["team"]["id"],
            key=f"action:{user['id']}:{action['action_ts']}",
            user_name=user.get("name") or user.get("username") or people.COLLEAGUE,
            trigger_id=body["trigger_id"],
            place=place,
            value=action.get("value") or (action.get("selected_option") or {}).get("value") or "",
            action_id=action["action_id"],
            view_id=modal.get("id"),
            user_team=user.get("team_id"),
            block_id=action.get("block_id") or "",
            metadata=modal.get("private_metadata") or "",
            can_push=bool(modal) and modal.get("previous_view_id") in {None, modal.get("root_view_id")},
        )
