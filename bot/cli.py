"""`iraq-desk`: every command, and the exit codes.

0: done, with or without an answer. 1: `check` found problems. 2: the set-up is broken, told in one line.
"""

import asyncio
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from typing import IO, ParamSpec, TypeVar

import click
import yaml

from bot import app, jsonl, logs, settings, terminal
from bot.errors import DeskError
from bot.manifest import manifest
from bot.trial import play
from knowledge.errors import CorpusError, KnowledgeError
from knowledge.library import Library
from knowledge.query import parse

BROKEN = 2


P = ParamSpec("P")
R = TypeVar("R")


def _one_line(command: Callable[P, R]) -> Callable[P, R]:
    """Turn what a person can mend into one line on standard error and exit status 2."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (DeskError, KnowledgeError) as error:
            click.echo(f"iraq-desk: {error}", err=True)
            sys.exit(BROKEN)

    return guarded


@click.group()
@click.version_option(package_name="iraq-desk")
def main() -> None:
    """Dated, cited passages on U.S.-Iraq relations, in Slack or here."""


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", "questions", type=click.File("rb"), help='Answer lines {"id", "question"} of a file, or of -.')
@_one_line
def ask(question: str | None, *, as_json: bool, questions: IO[bytes] | None) -> None:
    """Answer QUESTION from the corpus."""
    if (question is None) == (questions is None):
        raise click.UsageError("give a question, or --jsonl FILE")
    library = Library.load(settings.load().corpus)
    if questions is not None:
        for line in jsonl.lines(library, questions):
            click.echo(line)
    elif as_json:
        click.echo(jsonl.dump(jsonl.one(library, str(question)), indent=1))
    else:
        found = library.ask(parse(str(question)))
        click.echo(terminal.render(library, found, width=shutil.get_terminal_size((100, 24)).columns))


@main.command()
@_one_line
def check() -> None:
    """List every problem of the corpus; exit status 1 if there is any."""
    try:
        corpus = Library.load(settings.load().corpus).corpus
    except CorpusError as error:
        for problem in error.problems:
            click.echo(problem)
        click.echo(f"{len(error.problems)} problem(s)", err=True)
        sys.exit(1)
    click.echo(f"no problem in {len(corpus.passages)} passages of {len(corpus.sources)} sources")


@main.command()
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@_one_line
def playground(port: int) -> None:
    """Run the bot and a small Slack in the browser, on this machine alone."""
    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(play(configured, port=port))


@main.command()
@_one_line
def serve() -> None:
    """Connect to a Slack workspace over Socket Mode and answer."""
    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(app.serve(configured))


@main.command(name="manifest")
def print_manifest() -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    click.echo(yaml.safe_dump(manifest(), sort_keys=False, allow_unicode=True, width=100), nl=False)
