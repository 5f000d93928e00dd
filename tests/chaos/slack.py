"""A Slack that misbehaves: a real server on loopback, and the one witness of what was posted.

It knows the four methods that digests use. Faults strike at random (`Faults`, with a seed) or in an order that a test set.
"""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web

Json = dict[str, Any]


class Fault(StrEnum):
    """What can befall a call."""

    THROTTLED = "429"
    ERROR_BEFORE = "500 before"
    ERROR_AFTER = "500 after"
    DROP_BEFORE = "drop before"
    DROP_AFTER = "drop after"
    HANG = "hang"  # accepted, and never answered


_AFTER: Final = {Fault.ERROR_AFTER, Fault.DROP_AFTER, Fault.HANG}


@dataclass(frozen=True, slots=True)
class Faults:
    """The share of calls that each fault befalls, and how slow Slack is (seconds, drawn evenly from 0 to this)."""

    shares: dict[Fault, float] = field(default_factory=dict)
    slow_post: float = 0
    slow_history: float = 0
    lag: float = 0  # until an accepted message shows in the history
    retry_after: int = 1


# What the protocol was measured with: 5 % 429, 3 % 500 before, 2 % 500 after, 5 % of the answers lost.
USUAL: Final = Faults(
    {Fault.THROTTLED: 0.05, Fault.ERROR_BEFORE: 0.03, Fault.ERROR_AFTER: 0.02, Fault.DROP_AFTER: 0.05},
    slow_post=0.03,
    slow_history=0.2,
    lag=0.15,
)


@dataclass(slots=True)
class Message:
    """What a channel shows."""

    team: str
    channel: str
    ts: str
    thread_ts: str | None
    key: str | None
    text: str
    at: float
    deleted: bool = False

    def shown(self) -> Json:
        """As the history has it."""
        return {
            "type": "message",
            "ts": self.ts,
            "text": self.text,
            "metadata": {"event_type": "iraq_desk_digest", "event_payload": {"key": self.key}},
        }


@dataclass(frozen=True, slots=True)
class Call:
    """One request, by the clock of `time.monotonic`. `silent_until` is when the last 429's Retry-After ends."""

    at: float
    team: str
    method: str
    channel: str
    fault: Fault | None
    silent_since: float
    silent_until: float


class FakeSlack:
    """``async with FakeSlack() as slack: ... slack.url``."""

    def __init__(self, faults: Faults = Faults(), seed: int = 0, *, page: int = 200) -> None:
        self.faults = faults
        self.page = page
        self.channels: dict[str, list[Message]] = {}
        self.accepted: set[str] = set()  # texts
        self.calls: list[Call] = []
        self.next_faults: dict[str, deque[Fault | str]] = {}
        self.late_copies: set[str] = set()  # channels where a frozen process seems to wake and post a second time
        self.copied: set[str] = set()  # texts
        self.deletions = 0
        self.refusals: dict[str, str] = {}  # channel, or "channel method" -> error
        self.storm_until = 0.0
        self.storm_retry_after = 0
        self.on_accept: Callable[[Message], Awaitable[None]] | None = None
        self.url = ""
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrets
        self._silence: dict[str, tuple[float, float]] = {}
        self._last_ts = 0.0
        self._runner: web.AppRunner | None = None
        self._gone = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/api/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gone.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def strike(self, method: str, *faults: Fault | str) -> None:
        """Let these befall the next calls of a method, or posts of "channel part", in order.

        A text is an `ok: false` error, "" is none.
        """
        self.next_faults.setdefault(method, deque()).extend(faults)

    def storm(self, seconds: float, retry_after: int) -> None:
        """Answer every call with 429 for so long."""
        self.storm_until = time.monotonic() + seconds
        self.storm_retry_after = retry_after

    @property
    def messages(self) -> list[Message]:
        """All that was ever accepted, in its order."""
        return sorted((message for told in self.channels.values() for message in told), key=lambda message: message.at)

    def seen(self) -> Counter[str]:
        """How often each text was accepted, whether it was deleted since or not."""
        return Counter(message.text for message in self.messages)

    def shown(self) -> Counter[str]:
        """How often each text stands in a channel now."""
        return Counter(message.text for message in self.messages if not message.deleted)

    def early_calls(self, grace: float) -> list[Call]:
        """Calls inside a Retry-After, but for those that were on their way when the 429 went out (`grace` seconds)."""
        return [call for call in self.calls if call.silent_since + grace < call.at < call.silent_until]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body: Json = await request.json() if request.content_type == "application/json" else dict(request.query)
        if request.content_type == "application/x-www-form-urlencoded":
            body |= dict(await request.post())
        team = request.headers.get("Authorization", "").removeprefix("Bearer xoxb-")
        fault = self._fault(method, body)
        since, until = self._silence.get(team, (0.0, 0.0))
        called = time.monotonic()
        struck = fault if isinstance(fault, Fault) else None
        self.calls.append(Call(called, team, method, str(body.get("channel", "")), struck, since, until))
        await self._be_slow(method)
        if fault is Fault.THROTTLED:
            seconds = self.storm_retry_after if called < self.storm_until else self.faults.retry_after
            now = time.monotonic()
            self._silence[team] = (now, max(now + seconds, until))
            answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(answer, status=429, headers={"Retry-After": str(seconds)})
        answer = {"ok": False, "error": fault} if fault else {}
        if not fault or fault in _AFTER:
            answer = await self._done(method, body, team)
        return await self._answered(request, struck, answer)

    async def _answered(self, request: web.Request, fault: Fault | None, answer: Json) -> web.StreamResponse:
        match fault:
            case Fault.ERROR_BEFORE:
                return web.Response(status=500, text="upstream error")
            case Fault.ERROR_AFTER:
                return web.json_response({"ok": False, "error": "upstream_error"}, status=503)
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
            case Fault.HANG:
                await self._gone.wait()
        return web.json_response(answer)

    def _fault(self, method: str, body: Json) -> Fault | str | None:
        if time.monotonic() < self.storm_until:
            return Fault.THROTTLED
        part = f"{body.get('channel')} {str(body.get('text', '-')).rsplit(maxsplit=1)[-1]}"
        for name in (method, part):
            if self.next_faults.get(name):
                return self.next_faults[name].popleft() or None
        drawn = self._random.random()
        for fault, share in self.faults.shares.items():
            drawn -= share
            if drawn < 0:
                return fault
        return None

    async def _be_slow(self, method: str) -> None:
        most = self.faults.slow_post if method.startswith("chat.") else self.faults.slow_history
        if most:
            await asyncio.sleep(self._random.random() * most)

    async def _done(self, method: str, body: Json, team: str) -> Json:
        channel = str(body.get("channel", ""))
        error = self.refusals.get(f"{channel} {method}") or self.refusals.get(channel)
        if error:
            return {"ok": False, "error": error}
        match method:
            case "chat.postMessage":
                return await self._post(body, team)
            case "chat.delete":
                return self._delete(channel, str(body["ts"]))
            case "conversations.history":
                told = [message for message in self._told(channel) if message.thread_ts is None]
                return self._paged(told[::-1], body)
            case "conversations.replies":
                ts = str(body["ts"])
                return self._paged([message for message in self._told(channel) if ts in _thread(message)], body)
        return {"ok": False, "error": "unknown_method"}

    async def _post(self, body: Json, team: str) -> Json:
        if not body.get("text"):
            return {"ok": False, "error": "no_text"}
        thread_ts = body.get("thread_ts")
        channel = self.channels.setdefault(str(body["channel"]), [])
        if thread_ts and not any(message.ts == thread_ts for message in channel):
            return {"ok": False, "error": "thread_not_found"}
        self._last_ts = max(time.time(), self._last_ts + 1e-6)
        key = (body.get("metadata") or {}).get("event_payload", {}).get("key")
        ts = f"{self._last_ts:.6f}"
        message = Message(team, str(body["channel"]), ts, thread_ts, key, str(body["text"]), time.monotonic())
        if self.on_accept is not None:
            await self.on_accept(message)
        channel.append(message)
        self.accepted.add(message.text)
        if message.channel in self.late_copies and not thread_ts:
            asyncio.get_running_loop().call_later(0.5, self._copy, message)
        return {"ok": True, "channel": message.channel, "ts": ts}

    def _copy(self, message: Message) -> None:
        self.copied.add(message.text)
        self._last_ts = max(time.time(), self._last_ts + 1e-6)
        self.channels[message.channel].append(replace(message, ts=f"{self._last_ts:.6f}", at=time.monotonic()))

    def _delete(self, channel: str, ts: str) -> Json:
        for message in self.channels.get(channel, []):
            if message.ts == ts and not message.deleted:
                message.deleted = True
                self.deletions += 1
                return {"ok": True, "channel": channel, "ts": ts}
        return {"ok": False, "error": "message_not_found"}

    def _told(self, channel: str) -> Iterator[Message]:
        now = time.monotonic()
        return (
            message
            for message in self.channels.get(channel, [])
            if not message.deleted and message.at + self.faults.lag <= now
        )

    def _paged(self, told: list[Message], body: Json) -> Json:
        start = int(body.get("cursor") or 0)
        end = start + min(int(body.get("limit") or 100), self.page)
        answer: Json = {"ok": True, "messages": [message.shown() for message in told[start:end]]}
        if end < len(told):
            answer["response_metadata"] = {"next_cursor": str(end)}
        return answer


def _thread(message: Message) -> set[str | None]:
    return {message.ts, message.thread_ts}
