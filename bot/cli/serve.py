"""`iraq-desk serve`: the bot in a Slack workspace."""

import asyncio

import click

from bot import app, logs, settings


@click.command("serve")
def command() -> None:
    """Connect to a Slack workspace over Socket Mode and answer."""
    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(app.serve(configured))
