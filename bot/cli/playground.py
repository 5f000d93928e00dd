"""`iraq-desk playground`: the bot and a small Slack, on this machine."""

import asyncio

import click

from bot import logs, settings
from bot.trial import play


@click.command("playground")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
def command(port: int) -> None:
    """Run the bot and a small Slack in the browser, on this machine alone."""
    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(play(configured, port=port))
