"""`iraq-desk check`: every problem of the corpus."""

import sys
from pathlib import Path

import click

from bot import settings
from bot.cli import corpus_report
from knowledge.curated import packaged
from knowledge.dates import PartialDate
from knowledge.review import review


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> PartialDate | None:
    try:
        return None if text is None else PartialDate.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("check")
@click.option(
    "--today", callback=_day, metavar="YYYY-MM-DD", help="Also tell dates after this day, the corpus's own too."
)
@click.option(
    "--against",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also tell runs of eight or more words that the corpus shares with the texts (*.txt, *.md) in DIR.",
)
def command(*, today: PartialDate | None, against: Path | None) -> None:
    """List every problem of the corpus; exit status 1 if there is any."""
    found = review(settings.load().corpus or packaged(), today=today, against=against)
    for problem in found.problems:
        click.echo(problem)
    click.echo(corpus_report.summary(found), err=bool(found.problems))
    sys.exit(1 if found.problems else 0)
