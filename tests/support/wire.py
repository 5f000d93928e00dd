"""A Slack that is only its wire: it takes every call in memory, writes it down and answers as Slack does.

For what is tried by the ten thousand; everything else goes through the playground.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Self
from unittest.mock import patch

import aiohttp

TEAM: Final = "T0PLAYTEAM1"
BOT: Final = "U0PLAYBOT01"
PEOPLE: Final = ("U0PLAYDANA1", "U0PLAYOMAR1")
CHANNELS: Final = ("C0PLAYIRAQ1", "D0PLAYDANA1")
GONE: Final = "GONE"  # how the id of a view ends that was closed meanwhile


@dataclass(frozen=True, slots=True)
class Sent:
    """One call: a method of the Web API, or the address of a response URL."""

    method: str
    arguments: dict[str, Any]


@dataclass(slots=True)
class Wire:
    """What was sent."""

    sent: list[Sent] = field(default_factory=list)

    def answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What Slack answers."""
        error = self._error(method, arguments)
        if error is not None:
            return {"ok": False, "error": error}
        more: dict[str, Any] = {
            "auth.test": {"team_id": TEAM, "user_id": BOT, "bot_id": "B0PLAYBOT01", "url": "https://x/"},
            "users.info": {"user": {"name": "dana", "tz": "Asia/Baghdad", "is_admin": True}},
            "conversations.info": {"channel": {"name": "iraq-policy", "is_member": True}},
            "users.conversations": {"channels": [{"id": CHANNELS[0]}]},
        }
        return {"ok": True, "ts": "1.000100", **more.get(method, {})}

    def _error(self, method: str, arguments: dict[str, Any]) -> str | None:
        match method:
            case "views.open" | "views.push" if "none" not in arguments["trigger_id"]:
                return "expired_trigger_id"
            case "views.update" if arguments["view_id"].endswith(GONE):
                return "not_found"
            case "users.info" | "users.conversations" if arguments["user"] not in PEOPLE:
                return "user_not_found"
            case "chat.postEphemeral" | "conversations.info" if arguments["channel"] not in CHANNELS:
                return "channel_not_found"
        return None


@dataclass(frozen=True, slots=True)
class _Response:
    body: dict[str, Any]
    status: int = 200
    content_type: str = "application/json"
    charset: str = "utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    async def json(self) -> dict[str, Any]:
        return self.body

    async def text(self) -> str:
        return json.dumps(self.body)

    async def read(self) -> bytes:
        return json.dumps(self.body).encode()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing is held."""


@contextmanager
def wired() -> Iterator[Wire]:
    """Every request of an aiohttp client ends here."""
    wire = Wire()

    async def request(_: object, _verb: str, url: str, **given: Any) -> _Response:  # noqa: ANN401 - aiohttp's arguments
        body = given.get("json") or given.get("data") or {}
        arguments = json.loads(body) if isinstance(body, str | bytes) else dict(body)
        arguments |= dict(given.get("params") or {})
        method = str(url).partition("/api/")[2] or "response_url"
        if method == "response_url":
            arguments["url"] = str(url)
        wire.sent.append(Sent(method, arguments))
        return _Response(wire.answer(method, arguments))

    with patch.object(aiohttp.ClientSession, "_request", request):
        yield wire
