"""Faults on demand: what a client sees, and what Slack did all the same."""

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import Playground


async def test_rate_limit(slack: Playground, client: AsyncWebClient) -> None:
    """429 with Retry-After, as often as asked for, for that method alone."""
    slack.faults.rate_limit("chat.postMessage", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=slack.policy, text="x")
        assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")
        await client.auth_test()
    await client.chat_postMessage(channel=slack.policy, text="x")
    assert [call.error for call in slack.calls if call.method == "chat.postMessage"] == [
        "ratelimited",
        "ratelimited",
        None,
    ]
    assert len(slack.messages(slack.policy)) == 1


async def test_slacks_retry_handler_is_served(slack: Playground) -> None:
    """Slack's own handler of 429 waits as told and succeeds."""
    handlers: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=handlers)
    slack.faults.rate_limit(retry_after=0)
    assert (await client.auth_test())["ok"] is True


@pytest.mark.parametrize(("accepted", "told"), [(True, 1), (False, 0)])
async def test_server_error(slack: Playground, client: AsyncWebClient, *, accepted: bool, told: int) -> None:
    """A 500 leaves open whether the message was posted."""
    slack.faults.server_error("chat.postMessage", accepted=accepted)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=slack.policy, text="x")
    assert caught.value.response.status_code == 500
    assert len(slack.messages(slack.policy)) == told


@pytest.mark.parametrize(("accepted", "told"), [(True, 1), (False, 0)])
async def test_dropped_connection(slack: Playground, client: AsyncWebClient, *, accepted: bool, told: int) -> None:
    """So does a connection that breaks."""
    slack.faults.drop("chat.postMessage", accepted=accepted)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=slack.policy, text="x")
    assert len(slack.messages(slack.policy)) == told
    assert (await client.auth_test())["ok"] is True


async def test_refusal_and_delay(slack: Playground, client: AsyncWebClient) -> None:
    """A refusal is a plain `ok: false`; a delayed call is served in the end."""
    slack.faults.refuse("auth.test", "internal_error")
    slack.faults.delay("auth.test", 0.01)
    with pytest.raises(SlackApiError, match="internal_error"):
        await client.auth_test()
    assert (await client.auth_test())["ok"] is True


async def test_response_url_fails_too(slack: Playground, app: AsyncApp, handler: AsyncSocketModeHandler) -> None:
    """The method name `response_url` stands for posts to any of them."""
    urls: list[str] = []

    @app.command("/iraq")
    async def _(ack: AsyncAck, command: dict[str, str]) -> None:
        urls.append(command["response_url"])
        await ack()

    await slack.user.command(slack.policy, "/iraq x")
    hook = AsyncWebhookClient(urls[0], retry_handlers=[])
    slack.faults.rate_limit("response_url")
    slack.faults.drop("response_url")
    assert (await hook.send(text="x")).status_code == 429
    with pytest.raises(aiohttp.ClientConnectionError):
        await hook.send(text="x")
    assert (await hook.send(text="x")).status_code == 200
    assert [call.error for call in slack.calls if call.method == "response_url"] == ["ratelimited", "dropped", None]
    assert handler.client.closed is False


@pytest.mark.usefixtures("handler")
async def test_a_lost_ack(slack: Playground, app: AsyncApp) -> None:
    """The app answered in time, and yet the person sees a timeout."""

    @app.command("/iraq")
    async def _(ack: AsyncAck) -> None:
        await ack("here")

    slack.faults.lose_acks()
    assert await slack.user.command(slack.policy, "/iraq x") is None
    reply = await slack.user.command(slack.policy, "/iraq x")
    assert reply is not None
    assert reply.text == "here"
    assert [delivery.outcome for delivery in slack.deliveries] == ["operation_timeout", "ack"]
