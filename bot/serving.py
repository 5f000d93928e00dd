"""Connecting the running bot to Slack, over Socket Mode or HTTP, until it is asked to end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.app import Runtime, runtime
from bot.errors import SlackError
from bot.settings import Settings, signing_secret, token
from bot.slack.receiver import SocketHandler, listening

_log = logging.getLogger(__name__)


async def connect(running: Runtime, settings: Settings) -> AsyncSocketModeHandler:
    """Open the Socket Mode connection; the caller closes it.

    Raises:
        SettingsError: the app-level token is missing or of another kind.
        SlackError: Slack does not take it, or does not answer.
    """
    app_token = token(settings.slack_app_token, "SLACK_APP_TOKEN", "xapp-")
    handler: AsyncSocketModeHandler = SocketHandler(running.app, app_token, running.client, running.services)
    try:
        # Asked for here, since the Socket Mode client would go on trying a token that Slack refuses.
        opened = await running.client.apps_connections_open(app_token=app_token)
        handler.client.wss_uri = opened["url"]
        await handler.connect_async()
    except SlackApiError as error:
        await handler.close_async()
        raise SlackError(settings.slack_api_url, f"refuses SLACK_APP_TOKEN: {error.response.get('error')}") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        await handler.close_async()
        raise SlackError(settings.slack_api_url, f"cannot be reached: {error}") from error
    return handler


@asynccontextmanager
async def receive(running: Runtime, host: str, port: int) -> AsyncIterator[int]:
    """Take Slack's requests over HTTP; gives the port. `running` was made with the signing secret.

    Raises:
        SettingsError: the address cannot be listened at.
    """

    async def hindrance() -> str | None:
        reachable = await running.services.store.is_reachable()
        if running.purge.has_left:
            return "the app was uninstalled"
        return None if reachable else "the database cannot be reached"

    async with listening(running.app, running.services, host, port, hindrance=hindrance) as taken:
        yield taken


async def serve(settings: Settings, *, stop: asyncio.Event | None = None) -> None:
    """Answer over Socket Mode until `stop` is set, or the process is asked to end."""
    stop = stop or stop_on_signals()
    async with runtime(settings) as running:
        handler = await connect(running, settings)
        _say(running, "connected")
        try:
            await stop.wait()
        finally:
            await handler.close_async()  # no new work; leaving the runtime finishes what is queued
            _log.info("disconnected")


async def serve_http(settings: Settings, host: str, port: int, *, stop: asyncio.Event | None = None) -> None:
    """Answer over HTTP until `stop` is set, or the process is asked to end.

    Raises:
        SettingsError: there is no signing secret, or the address cannot be listened at.
    """
    secret = signing_secret(settings)
    stop = stop or stop_on_signals()
    async with runtime(settings, signing_secret=secret) as running:
        async with receive(running, host, port) as taken:
            _say(running, f"listening at {host}:{taken}")
            await stop.wait()
        _log.info("no longer listening")


def _say(running: Runtime, what: str) -> None:
    corpus = running.services.library.corpus
    _log.info("%s; corpus of %s, version %s, %d passages", what, corpus.date, corpus.version, len(corpus.passages))


def stop_on_signals() -> asyncio.Event:
    """Set when the process gets SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop
