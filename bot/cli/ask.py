"""`iraq-desk ask`: a question and its answer."""

import shutil
from pathlib import Path
from typing import IO

import click

from bot import settings
from bot.cli import jsonl, terminal
from bot.opening import library, library_of
from knowledge.query import parse


@click.command("ask")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", "questions", type=click.File("rb"), help='Answer lines {"id", "question"} of a file, or of -.')
@click.option("--explain", is_flag=True, help="Add why each passage was found, with shares of its score.")
@click.option(
    "--documents",
    multiple=True,
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Answer from this text or Markdown file, or those of a folder, alone; repeatable.",
)
def command(
    question: str | None, *, as_json: bool, questions: IO[bytes] | None, explain: bool, documents: tuple[Path, ...]
) -> None:
    """Answer QUESTION from the corpus."""
    if (question is None) == (questions is None):
        raise click.UsageError("give a question, or --jsonl FILE")
    configured = settings.load()
    asked = library_of(documents, configured) if documents else library(configured)
    if questions is not None:
        for line in jsonl.lines(asked, questions):
            click.echo(line)
    elif as_json:
        click.echo(jsonl.dump(jsonl.one(asked, str(question)), indent=1))
    else:
        found = asked.ask(parse(str(question)))
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(terminal.render(asked, found, width=width, explain=explain))
