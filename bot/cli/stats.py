"""`iraq-desk stats`: what the corpus holds."""

import click

from bot import settings
from bot.cli import corpus_report
from knowledge import curated
from knowledge.statistics import count


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, as_json: bool) -> None:
    """Count what the corpus holds, by topic and source, and name the topics that have grown old."""
    counted = count(curated.load(settings.load().corpus or curated.packaged()))
    click.echo(corpus_report.as_json(counted) if as_json else corpus_report.table(counted))
