"""Trying the desk without a workspace: the bot and the playground in one process, on this machine alone.

The bot is the very one that `serve` runs; only its settings point it at the playground. Nothing is kept.
"""

import asyncio
from contextlib import AsyncExitStack

import click
from pydantic import SecretStr

from bot.app import runtime
from bot.errors import DeskError
from bot.manifest import manifest
from bot.playground.server import Playground, PortTaken
from bot.serving import connect, stop_on_signals
from bot.settings import Settings


class PortTakenError(DeskError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} of 127.0.0.1 is taken; choose another with --port (0 takes a free one)")


def pointed_at(slack: Playground, settings: Settings) -> Settings:
    """The settings of a bot that is installed in the playground's workspace and keeps its rows in memory."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_app_token": SecretStr(slack.app_token),
            "slack_api_url": slack.api_url,
            "database_url": "sqlite://",
        }
    )


async def play(settings: Settings, *, port: int, stop: asyncio.Event | None = None) -> None:
    """Run both until `stop` is set, or the process is asked to end.

    Raises:
        PortTakenError: the port is not free.
    """
    stop = stop or stop_on_signals()
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(Playground(manifest(), port=port))
        except PortTaken as error:
            raise PortTakenError(port) from error
        configured = pointed_at(slack, settings)
        running = await stack.enter_async_context(runtime(configured))
        handler = await connect(running, configured)
        stack.push_async_callback(handler.close_async)
        click.echo(f"Iraq Desk playground: {slack.url}  (Ctrl-C ends it)")
        await stop.wait()
