"""`iraq-desk digest`: what would be posted, without Slack."""

import asyncio
import datetime as dt
import shutil

import click

from bot import settings
from bot.digests import preview as previews
from bot.opening import library
from jobs.subscriptions import Form


def _calendar_day(_context: click.Context, _option: click.Parameter, text: str | None) -> dt.date:
    try:
        return dt.datetime.now(dt.UTC).date() if text is None else dt.date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day of the form YYYY-MM-DD") from error


@click.group("digest")
def command() -> None:
    """The weekly digest."""


@command.command()
@click.option("--channel", metavar="ID", help="A channel's own digest, by what the database keeps of it.")
@click.option("--on", callback=_calendar_day, metavar="YYYY-MM-DD", help="A day of its week or month (default: today).")
@click.option("--full", is_flag=True, help="With the replies in the thread.")
@click.option("--json", "as_json", is_flag=True, help="Print the digest of that day alone, as one JSON object.")
def preview(*, channel: str | None, on: dt.date, full: bool, as_json: bool) -> None:
    """Print what would be posted; without a channel, every week since 2026-11-02 for a channel of all topics."""
    configured, form = settings.load(), Form.FULL if full else Form.BRIEF
    corpus = library(configured)
    if channel is None:
        found = list(previews.replay(corpus, on, form=form))
    else:
        kept = asyncio.run(previews.kept(configured.database_url, channel))
        found = [previews.of_channel(corpus, kept, on, form=form if full else None)]
    if as_json:
        click.echo(previews.as_json(corpus, found[-1]))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo("\n".join(previews.as_text(one, width) for one in found))
