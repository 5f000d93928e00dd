"""Socket Mode: by hand where the frames matter, by Slack's own client where its behaviour matters."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.playground import Playground
from bot.playground.model import APP_ID


async def _address(slack: Playground, http: aiohttp.ClientSession) -> str:
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    async with http.post(f"{slack.api_url}apps.connections.open", headers=headers) as answer:
        return str((await answer.json())["url"])


async def _connect(slack: Playground, http: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    socket = await http.ws_connect(await _address(slack, http))
    assert (await socket.receive_json(timeout=5))["type"] == "hello"
    return socket


async def test_hello(slack: Playground, http: aiohttp.ClientSession) -> None:
    """The first frame says which app is connected, and how often."""
    async with http.ws_connect(await _address(slack, http)) as socket:
        hello = await socket.receive_json(timeout=5)
    assert hello["connection_info"] == {"app_id": APP_ID}
    assert hello["num_connections"] == 1
    await slack.wait_for(lambda: not slack.connected)


async def test_a_ticket_is_for_one_connection(slack: Playground, http: aiohttp.ClientSession) -> None:
    """The same address opens one socket; another ticket opens none."""
    address = await _address(slack, http)
    async with http.ws_connect(address):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(address)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(address.partition("?")[0])


async def test_ten_connections(slack: Playground, http: aiohttp.ClientSession) -> None:
    """An eleventh socket is told that there are too many."""
    async with AsyncExitStack() as stack:
        for _ in range(10):
            await stack.enter_async_context(await _connect(slack, http))
        eleventh = await stack.enter_async_context(http.ws_connect(await _address(slack, http)))
        assert (await eleventh.receive_json(timeout=5))["reason"] == "too_many_websockets"
        assert (await eleventh.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE


async def test_each_payload_goes_to_one_connection(slack: Playground, http: aiohttp.ClientSession) -> None:
    """Two sockets take turns, and each command is answered by the one that got it."""
    async with await _connect(slack, http) as one, await _connect(slack, http) as other:
        for socket in (one, other, one):
            asked = asyncio.create_task(slack.user.command(slack.policy, "/iraq x"))
            frame = await socket.receive_json(timeout=5)
            assert frame["type"] == "slash_commands"
            assert frame["accepts_response_payload"] is True
            await socket.send_json({"envelope_id": frame["envelope_id"], "payload": {"text": "here"}})
            reply = await asked
            assert reply is not None
            assert reply.text == "here"


@pytest.mark.parametrize(
    "noise", ["{", "[]", "7", '{"payload": {}}', '{"envelope_id": "unknown"}', '{"envelope_id": []}']
)
async def test_noise_is_passed_over(slack: Playground, http: aiohttp.ClientSession, noise: str) -> None:
    """A frame that acknowledges nothing changes nothing."""
    async with await _connect(slack, http) as socket:
        await socket.send_bytes(b"\x00")
        await socket.send_str(noise)
        asked = asyncio.create_task(slack.user.command(slack.policy, "/iraq x"))
        frame = await socket.receive_json(timeout=5)
        await socket.send_json({"envelope_id": frame["envelope_id"], "payload": "not an object"})
        assert await asked is None
    assert slack.notices == []


async def test_no_acknowledgement(slack: Playground, http: aiohttp.ClientSession) -> None:
    """The person is told in Slack's words when the app is silent; a late acknowledgement means nothing."""
    async with await _connect(slack, http) as socket:
        assert await slack.user.command(slack.policy, "/iraq x") is None
        frame = await socket.receive_json(timeout=5)
        await socket.send_json({"envelope_id": frame["envelope_id"], "payload": {"text": "late"}})
        await slack.settled()
    assert [notice.text for notice in slack.notices] == ['/iraq failed with the error "operation_timeout"']
    assert slack.messages(slack.policy) == []
    assert [delivery.outcome for delivery in slack.deliveries] == ["operation_timeout"]


async def test_nobody_there(slack: Playground) -> None:
    """Without a connection a command fails at once."""
    assert await slack.user.command(slack.policy, "/iraq x") is None
    assert "did not respond" in slack.notices[0].text
    assert [delivery.outcome for delivery in slack.deliveries] == ["dispatch_failed"]


async def test_connection_breaks_before_the_acknowledgement(slack: Playground, http: aiohttp.ClientSession) -> None:
    """What was sent down a socket that breaks is not waited for."""
    async with await _connect(slack, http) as socket:
        asked = asyncio.create_task(slack.user.command(slack.policy, "/iraq x"))
        await socket.receive_json(timeout=5)
        slack.drop_connections()
        assert await asked is None
    assert "did not respond" in slack.notices[0].text


async def test_a_socket_that_just_broke(slack: Playground, http: aiohttp.ClientSession) -> None:
    """A line that breaks while something is being sent counts as nobody there, and says no goodbye."""
    async with await _connect(slack, http):
        slack.drop_connections()
        assert await slack.user.command(slack.policy, "/iraq x") is None
        assert [delivery.outcome for delivery in slack.deliveries] == ["dispatch_failed"]
    async with await _connect(slack, http):
        slack.drop_connections()
        await slack.disconnect()
    await slack.wait_for(lambda: not slack.connected)


async def test_an_event_is_tried_again(slack: Playground, http: aiohttp.ClientSession) -> None:
    """The same event comes in new envelopes, counted, until it is given up."""
    async with await _connect(slack, http) as socket:
        await slack.user.say(slack.user.direct_channel, "hello")
        frames = [await socket.receive_json(timeout=5) for _ in range(3)]
        await slack.wait_for(lambda: len(slack.deliveries) == 3)
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.1)
    assert [(frame["retry_attempt"], frame["retry_reason"]) for frame in frames] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
    ]
    assert len({frame["envelope_id"] for frame in frames}) == 3
    assert len({frame["payload"]["event_id"] for frame in frames}) == 1


async def test_an_acknowledged_event_is_not(slack: Playground, http: aiohttp.ClientSession) -> None:
    """One acknowledgement ends it, be it of the second attempt."""
    slack.faults.lose_acks()
    async with await _connect(slack, http) as socket:
        await slack.user.say(slack.user.direct_channel, "hello")
        for _ in range(2):
            frame = await socket.receive_json(timeout=5)
            await socket.send_json({"envelope_id": frame["envelope_id"]})
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.1)
    assert [delivery.outcome for delivery in slack.deliveries] == ["operation_timeout", "ack"]


async def test_events_wait_for_the_app(slack: Playground, http: aiohttp.ClientSession) -> None:
    """What is said while the app is away is told when it is back."""
    await slack.user.say(slack.user.direct_channel, "one")
    await slack.user.say(slack.user.direct_channel, "two")
    await slack.settled(quiet=0.1)
    assert slack.deliveries == []
    async with await _connect(slack, http) as socket:
        texts = [(await socket.receive_json(timeout=5))["payload"]["event"]["text"] for _ in range(2)]
    assert texts == ["one", "two"]


async def test_a_duplicate(slack: Playground, http: aiohttp.ClientSession) -> None:
    """A duplicated envelope comes down both sockets with one id."""
    slack.faults.duplicate()
    async with await _connect(slack, http) as one, await _connect(slack, http) as other:
        await slack.user.say(slack.user.direct_channel, "hello")
        first, second = await one.receive_json(timeout=5), await other.receive_json(timeout=5)
        assert first["envelope_id"] == second["envelope_id"]
        for socket in (one, other):
            await socket.send_json({"envelope_id": first["envelope_id"]})
        await slack.settled()
    assert [delivery.outcome for delivery in slack.deliveries] == ["ack"]


async def test_warning_keeps_the_socket(slack: Playground, http: aiohttp.ClientSession) -> None:
    """A warning announces the end, a refresh is the end."""
    async with await _connect(slack, http) as socket:
        await slack.disconnect("warning")
        assert (await socket.receive_json(timeout=5))["reason"] == "warning"
        assert slack.connected
        closing = asyncio.create_task(slack.disconnect())
        assert (await socket.receive_json(timeout=5))["reason"] == "refresh_requested"
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        await closing
    await slack.wait_for(lambda: not slack.connected)


@pytest.mark.parametrize("how", ["refresh", "drop"])
@pytest.mark.usefixtures("handler")
async def test_slacks_client_comes_back(slack: Playground, app: AsyncApp, how: str) -> None:
    """Slack's own client reconnects after a refresh and after a broken line, and is served again."""

    @app.command("/iraq")
    async def answer(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack(command["text"])

    def opened() -> int:
        return sum(call.method == "apps.connections.open" for call in slack.calls)

    before = opened()
    if how == "refresh":
        await slack.disconnect()
    else:
        slack.drop_connections()
    await slack.wait_for(lambda: opened() > before)
    await slack.wait_for(lambda: slack.connected)
    reply = await slack.user.command(slack.policy, "/iraq again")
    assert reply is not None
    assert reply.text == "again"
