"""Slack's requests over HTTP: really signed, wrongly signed, old, repeated, too large, and none at all."""

import asyncio
import hashlib
import hmac
import io
import json
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import runtime
from bot.errors import SettingsError
from bot.manifest import PATH, manifest
from bot.playground.payloads import event_callback
from bot.playground.server import Playground
from bot.serving import receive, serve_http
from bot.settings import Settings
from bot.slack.receiver import MOST_BYTES
from bot.trial import pointed_at
from bot.views.ids import ActionId
from knowledge.library import Library

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Wire:
    """A bot that listens, the Slack that it calls, and a client that speaks in Slack's name."""

    slack: Playground
    session: aiohttp.ClientSession
    url: str

    async def send(
        self, body: str | bytes, kind: str = FORM, *, secret: str = SECRET, at: str | None = None, **headers: str
    ) -> tuple[int, str]:
        """Status and text of a request that is signed with `secret` at the time `at`."""
        data = body.encode() if isinstance(body, str) else body
        stamp = at or str(int(time.time()))
        digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + data, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": kind}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(f"{self.url}{PATH}", data=io.BytesIO(data), headers=signed | named) as response:
            return response.status, await response.text()

    async def health(self) -> tuple[int, str]:
        """What the probe is told."""
        async with self.session.get(f"{self.url}/healthz") as response:
            return response.status, (await response.text()).strip()


@asynccontextmanager
async def listening(library: Library, **settings: object) -> AsyncIterator[Wire]:
    """Everything, on loopback."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(Playground(manifest()))
        configured = pointed_at(slack, Settings()).model_copy(update=settings)
        running = await stack.enter_async_context(runtime(configured, library=library, signing_secret=SECRET))
        port = await stack.enter_async_context(receive(running, "127.0.0.1", 0))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield Wire(slack, session, f"http://127.0.0.1:{port}")


@pytest.fixture(name="wire")
async def _wire(library: Library) -> AsyncIterator[Wire]:
    async with listening(library) as wire:
        yield wire


def command(text: str) -> str:
    """`/iraq text`, as the form that Slack posts."""
    names = {"command": "/iraq", "text": text, "team_id": "T0PLAYTEAM1", "channel_id": "C0PLAYIRAQ1"}
    return urlencode(
        names | {"user_id": "U0PLAYDANA1", "trigger_id": "1.2.a", "response_url": "http://127.0.0.1:1/response/x"}
    )


async def mention(wire: Wire) -> str:
    """An event, as JSON: somebody wrote a message, and Slack tells of it here."""
    said = await wire.slack.user.say(wire.slack.policy, "who is Sistani?")
    event = {"type": "app_mention", "user": said.user, "channel": said.channel, "ts": said.ts, "event_ts": said.ts}
    return json.dumps(event_callback(event | {"text": f"<@U0PLAYBOT01> {said.text}"}, "Ev1", 1, "verification"))


async def test_a_command(wire: Wire) -> None:
    """The answer is the response to the request, private."""
    status, text = await wire.send(command("who is Sistani?"))

    assert status == 200
    assert json.loads(text)["response_type"] == "ephemeral"
    assert "Summary of" in text


async def test_an_event_and_its_repetition(wire: Wire) -> None:
    """Answered in the thread, once, also when the very same signed request comes again."""
    body, at = await mention(wire), str(int(time.time()))
    first = await wire.send(body, "application/json", at=at)
    again = await wire.send(body, "application/json", at=at, X_Slack_Retry_Num="1")
    answer = await wire.slack.user.next_message()
    await wire.slack.settled()

    assert (first[0], again[0]) == (200, 200)
    assert answer.thread_ts == json.loads(body)["event"]["ts"]
    assert len([call for call in wire.slack.calls if call.method == "chat.postMessage"]) == 1


async def test_options(wire: Wire) -> None:
    """What an external select asks for comes with the response."""
    asked = {"type": "block_suggestion", "action_id": ActionId.DIGEST_ZONE, "value": "baghdad", "block_id": "zone"}
    people = {"user": {"id": "U0PLAYDANA1"}, "team": {"id": "T0PLAYTEAM1"}, "container": {"type": "view"}}
    status, text = await wire.send(urlencode({"payload": json.dumps(asked | people)}))

    assert status == 200
    assert json.loads(text)["options"][0]["value"] == "Asia/Baghdad"


async def test_url_verification(wire: Wire) -> None:
    """Slack asks once whether the address is ours; without the signature it is not told."""
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1a"})
    status, text = await wire.send(body, "application/json")

    assert (status, json.loads(text)) == (200, {"challenge": "3eZbrw1a"})
    assert (await wire.send(body, "application/json", secret="another"))[0] == 401


FORGED: dict[str, dict[str, Any]] = {
    "another secret": {"secret": "another"},
    "six minutes old": {"seconds": -360},
    "six minutes ahead": {"seconds": 360},
    "no time": {"X_Slack_Request_Timestamp": ""},
    "a time in words": {"X_Slack_Request_Timestamp": "yesterday"},
    "a time in other digits": {"X_Slack_Request_Timestamp": "١٢٣"},
    "an endless time": {"X_Slack_Request_Timestamp": "9" * 5_000},
    "no signature": {"X_Slack_Signature": ""},
    "a signature in other letters": {"X_Slack_Signature": "v0=ü"},
    "a lazy listener": {"secret": "another", "X_Slack_Bolt_Lazy_Only": "1"},
}


@pytest.mark.parametrize("how", FORGED.values(), ids=FORGED)
async def test_who_is_not_slack_is_refused(wire: Wire, how: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    """401, no answer, no call, whatever is posted: not even the error handler hears of it."""
    if "seconds" in how:
        how = {"at": str(int(time.time()) + how["seconds"])}
    press = {"type": "block_actions", "response_url": f"{wire.slack.url}/response/x", "actions": [{}], "container": {}}
    bodies = [command("who is Sistani?"), await mention(wire), urlencode({"payload": json.dumps(press)})]
    statuses = [(await wire.send(body, **how))[0] for body in bodies]
    await wire.slack.settled()

    assert statuses == [401, 401, 401]
    assert [call.method for call in wire.slack.calls] == ["auth.test"]
    assert "a listener failed" not in caplog.text


NONSENSE = {
    "not UTF-8": b"payload=\xff\xfe",
    "broken JSON": b"{",
    "broken JSON in a form": b"payload=%7B",
    "a deep nest": b'{"a":' + b"[" * 100_000,
    "a list": b"payload=%5B1%5D",
    "a person that is a number": b'{"user": 1}',
}


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_is_refused(wire: Wire, body: bytes) -> None:
    """A body that cannot be read is 400, signed or not, and never 500."""
    assert (await wire.send(body))[0] == 400
    assert (await wire.send(body, secret="another"))[0] in {400, 401}


async def test_a_body_that_is_too_large(wire: Wire) -> None:
    """More than anything Slack sends is not read to its end."""
    assert (await wire.send(b"text=" + b"x" * MOST_BYTES))[0] == 413
    assert (await wire.send(command("x" * 100_000)))[0] == 200


async def test_other_addresses(wire: Wire) -> None:
    """There is nothing else, and no other method."""
    async with wire.session.get(f"{wire.url}{PATH}") as got, wire.session.post(f"{wire.url}/") as other:
        assert (got.status, other.status) == (405, 404)


async def test_health_tells_what_is(library: Library, tmp_path: Path) -> None:
    """200 while it can answer; 503 with the reason once the app was uninstalled."""
    async with listening(library, database_url=f"sqlite:///{tmp_path}/desk.sqlite3") as wire:
        well = await wire.health()
        wire.slack._stage.context.secrets.revoked = True  # noqa: SLF001 - as when the app is uninstalled
        event = event_callback({"type": "app_uninstalled"}, "Ev2", 1, "verification")
        await wire.send(json.dumps(event), "application/json")
        gone = well
        while gone == well:
            gone = await wire.health()

    assert well == (200, "ready")
    assert gone == (503, "the app was uninstalled")


async def test_no_secret_no_server() -> None:
    """Without the signing secret anybody could speak in Slack's name, so it does not start."""
    for secret in (None, SecretStr(""), SecretStr("  ")):
        with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET: is not set"):
            await serve_http(Settings().model_copy(update={"slack_signing_secret": secret}), "127.0.0.1", 0)


async def test_what_was_taken_is_answered() -> None:
    """Asked to end, the process takes no new request and finishes what it has."""
    stop = asyncio.Event()
    async with Playground(manifest()) as slack, aiohttp.ClientSession() as session:
        configured = pointed_at(slack, Settings()).model_copy(update={"slack_signing_secret": SecretStr(SECRET)})
        port = _free_port()
        serving = asyncio.create_task(serve_http(configured, "127.0.0.1", port, stop=stop))
        wire = Wire(slack, session, f"http://127.0.0.1:{port}")
        await _until_ready(wire)
        slack.faults.delay("chat.postMessage", 0.4)
        body = await mention(wire)
        await wire.send(body, "application/json")
        stop.set()
        answer = await slack.user.next_message()
        await serving
        with pytest.raises(aiohttp.ClientConnectionError):
            await wire.health()

    assert answer.thread_ts == json.loads(body)["event"]["ts"]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def _until_ready(wire: Wire) -> None:
    for _ in range(200):
        try:
            if (await wire.health())[0] == 200:
                return
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.05)
    raise AssertionError("it does not listen")
