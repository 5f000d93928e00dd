"""Answers by acknowledgement and by response_url."""

import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import Playground
from bot.playground.model import Message
from tests.playground.conftest import Clock
from tests.playground.payloads import actions, button, section

Body = dict[str, Any]


async def _command(slack: Playground, app: AsyncApp, answer: str | Body = "") -> tuple[Message | None, str]:
    """The reply to `/iraq` acknowledged with `answer`, and the command's response_url."""
    urls: list[str] = []

    @app.command("/iraq")
    async def _(ack: AsyncAck, command: dict[str, Any]) -> None:
        urls.append(command["response_url"])
        await ack(answer)

    return await slack.user.command(slack.policy, "/iraq x"), urls[0]


@pytest.fixture(autouse=True)
def _connected(handler: AsyncSocketModeHandler) -> AsyncSocketModeHandler:
    return handler


async def test_the_acknowledgement_is_the_answer(slack: Playground, app: AsyncApp) -> None:
    """A text or a payload in the acknowledgement is shown to the asker alone; an empty one shows nothing."""
    reply, _ = await _command(slack, app, {"text": "words", "blocks": section()})
    assert reply is not None
    assert (reply.text, reply.visible_to) == ("words", slack.user.id)
    assert slack.rejected == []


async def test_an_empty_acknowledgement_shows_nothing(slack: Playground, app: AsyncApp) -> None:
    """Silence is an answer, too."""
    reply, _ = await _command(slack, app)
    assert reply is None
    assert slack.messages(slack.policy) == []


async def test_an_answer_for_the_channel(slack: Playground, app: AsyncApp) -> None:
    """`in_channel` shows it to everybody, even where the app is no member."""
    reply, _ = await _command(slack, app, {"text": "words", "response_type": "in_channel"})
    assert reply is not None
    assert reply.visible_to is None


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "words", "blocks": [{"type": "nothing"}]},
        {"text": "words", "respond": "ephemeral"},
        {"text": " ", "blocks": []},
        {"text": "words", "thread_ts": "1700000000.000001"},
    ],
)
async def test_a_bad_acknowledgement_is_dropped(slack: Playground, app: AsyncApp, answer: dict[str, Any]) -> None:
    """As in Slack nobody is told; the playground keeps it for the tests."""
    reply, _ = await _command(slack, app, answer)
    assert reply is None
    assert slack.messages(slack.policy) == []
    assert [call.payload for call in slack.rejected] == [answer]
    assert slack.rejected[0].error is not None


async def test_five_uses(slack: Playground, app: AsyncApp) -> None:
    """A response_url takes five answers, then says used_url."""
    _, url = await _command(slack, app)
    hook = AsyncWebhookClient(url, retry_handlers=[])
    answers = [await hook.send(text=f"n{number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert json.loads(answers[-1].body)["error"] == "used_url"
    assert [message.text for message in slack.messages(slack.policy)] == [f"n{number}" for number in range(5)]
    assert all(message.visible_to == slack.user.id for message in slack.messages(slack.policy))


async def test_thirty_minutes(slack: Playground, app: AsyncApp, clock: Clock) -> None:
    """It works for half an hour to the second."""
    _, url = await _command(slack, app)
    hook = AsyncWebhookClient(url, retry_handlers=[])
    clock.now += 1800
    assert (await hook.send(text="in time")).status_code == 200
    clock.now += 0.5
    assert "expired_url" in (await hook.send(text="late")).body


async def test_an_unknown_url(slack: Playground) -> None:
    """A made-up address is an expired one."""
    answer = await AsyncWebhookClient(f"{slack.url}response/made-up").send(text="x")
    assert (answer.status_code, json.loads(answer.body)["error"]) == (404, "expired_url")


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": [{"type": "nothing"}]}, "invalid_blocks"),
        ({"txt": "x"}, "invalid_payload"),
        ({"text": "x", "response_type": "public"}, "invalid_payload"),
        ([], "invalid_payload"),
        (b"{", "invalid_payload"),
        (b"[" * 50_000, "invalid_payload"),
    ],
)
async def test_bad_payloads(
    slack: Playground, app: AsyncApp, http: aiohttp.ClientSession, payload: object, error: str
) -> None:
    """A bad payload is told in one word."""
    _, url = await _command(slack, app)
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    async with http.post(url, data=data) as answer:
        assert (answer.status, await answer.text()) == (400, error)
    assert (slack.calls[-1].method, slack.calls[-1].error) == ("response_url", error)


async def _pressed(slack: Playground, app: AsyncApp, *, ephemeral: bool) -> tuple[Message, AsyncWebhookClient]:
    """A message whose button was pressed, and the way to answer that."""
    urls: list[str] = []

    @app.action("go")
    async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        await ack()

    kind = "ephemeral" if ephemeral else "in_channel"
    reply, _ = await _command(slack, app, {"text": "words", "blocks": actions(button()), "response_type": kind})
    assert reply is not None
    await slack.user.press(reply, "go")
    return reply, AsyncWebhookClient(urls[0], retry_handlers=[])


@pytest.mark.parametrize("ephemeral", [True, False])
async def test_replace_the_original(slack: Playground, app: AsyncApp, *, ephemeral: bool) -> None:
    """The message acted on is replaced, in its place and for its readers, if asked or if nothing else is."""
    message, hook = await _pressed(slack, app, ephemeral=ephemeral)
    await hook.send(text="other", replace_original=True)
    await hook.send_dict({"text": "last"})
    now = slack.message(message.channel, message.ts)
    assert now is not None
    assert (now.text, now.blocks, now.visible_to) == ("last", None, message.visible_to)
    assert len(slack.messages(message.channel)) == 1


async def test_answer_beside_the_original(slack: Playground, app: AsyncApp) -> None:
    """With replace_original false, or with a response_type, the answer is a new message."""
    message, hook = await _pressed(slack, app, ephemeral=False)
    await hook.send(text="for all", response_type="in_channel", replace_original=False)
    await hook.send(text="for one", response_type="ephemeral")
    await hook.send_dict({"text": "below", "response_type": "in_channel", "thread_ts": message.ts})
    told = [(each.text, each.visible_to, each.thread_ts) for each in slack.messages(message.channel)[1:]]
    assert told == [("for all", None, None), ("for one", slack.user.id, None), ("below", None, message.ts)]


async def test_delete_the_original(slack: Playground, app: AsyncApp) -> None:
    """The message goes; asked again, there is nothing left to delete."""
    message, hook = await _pressed(slack, app, ephemeral=True)
    await hook.send(delete_original=True)
    assert slack.messages(message.channel) == []
    assert (await hook.send(delete_original=True)).status_code == 200
