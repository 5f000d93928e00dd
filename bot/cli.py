"""`iraq-desk`: every command, and the exit codes.

0: done, with or without an answer. 1: `check` found problems. 2: the set-up is broken, told in one line.
"""

import asyncio
import datetime as dt
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import IO, ParamSpec, TypeVar

import click
import yaml

from bot import corpus_report, digest_preview, evaluation_report, jsonl, logs, settings, terminal
from bot.errors import DeskError
from bot.manifest import manifest
from jobs.subscriptions import Form
from knowledge import curated, evaluation
from knowledge import documents as own
from knowledge.curated import packaged
from knowledge.dates import PartialDate
from knowledge.errors import KnowledgeError
from knowledge.evaluation import Split
from knowledge.library import Library
from knowledge.query import parse
from knowledge.review import review
from knowledge.statistics import count

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
@click.option("--explain", is_flag=True, help="Add why each passage was found, with shares of its score.")
@click.option(
    "--documents",
    multiple=True,
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Answer from this text or Markdown file, or those of a folder, alone; repeatable.",
)
@_one_line
def ask(
    question: str | None, *, as_json: bool, questions: IO[bytes] | None, explain: bool, documents: tuple[Path, ...]
) -> None:
    """Answer QUESTION from the corpus."""
    if (question is None) == (questions is None):
        raise click.UsageError("give a question, or --jsonl FILE")
    library = _library(documents)
    if questions is not None:
        for line in jsonl.lines(library, questions):
            click.echo(line)
    elif as_json:
        click.echo(jsonl.dump(jsonl.one(library, str(question)), indent=1))
    else:
        found = library.ask(parse(str(question)))
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(terminal.render(library, found, width=width, explain=explain))


def _library(documents: Sequence[Path]) -> Library:
    """The library of the corpus, or of a reader's own documents."""
    corpus = curated.load(settings.load().corpus or packaged())
    return Library(own.load(documents, corpus) if documents else corpus)


@main.command(name="eval")
@click.option(
    "--set",
    "questions",
    metavar="PATH",
    default=Path("tests/evaluation/questions.yaml"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="A YAML list of {id, style, split, question, answers}.",
)
@click.option(
    "--split",
    type=click.Choice([split.value for split in Split]),
    default=Split.TEST.value,
    show_default=True,
    help="Which half.",
)
@_one_line
def evaluate(*, questions: Path, split: str) -> None:
    """Measure the answers: Success@1/3/5, MRR and nDCG by style, and the refusals."""
    asked = [question for question in evaluation.read(questions) if question.split == split]
    click.echo(evaluation_report.table(evaluation.judge(_library(()), asked)))


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> PartialDate | None:
    try:
        return None if text is None else PartialDate.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@main.command()
@click.option(
    "--today", callback=_day, metavar="YYYY-MM-DD", help="Also tell dates after this day, the corpus's own too."
)
@click.option(
    "--against",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also tell runs of eight or more words that the corpus shares with the texts (*.txt, *.md) in DIR.",
)
@_one_line
def check(*, today: PartialDate | None, against: Path | None) -> None:
    """List every problem of the corpus; exit status 1 if there is any."""
    found = review(settings.load().corpus or packaged(), today=today, against=against)
    for problem in found.problems:
        click.echo(problem)
    click.echo(corpus_report.summary(found), err=bool(found.problems))
    sys.exit(1 if found.problems else 0)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_one_line
def stats(*, as_json: bool) -> None:
    """Count what the corpus holds, by topic and source, and name the topics that have grown old."""
    counted = count(curated.load(settings.load().corpus or packaged()))
    click.echo(corpus_report.as_json(counted) if as_json else corpus_report.table(counted))


@main.group()
def digest() -> None:
    """The weekly digest."""


def _calendar_day(_context: click.Context, _option: click.Parameter, text: str | None) -> dt.date:
    try:
        return dt.datetime.now(dt.UTC).date() if text is None else dt.date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day of the form YYYY-MM-DD") from error


@digest.command()
@click.option("--channel", metavar="ID", help="A channel's own digest, by what the database keeps of it.")
@click.option("--on", callback=_calendar_day, metavar="YYYY-MM-DD", help="A day of its week or month (default: today).")
@click.option("--full", is_flag=True, help="With the replies in the thread.")
@click.option("--json", "as_json", is_flag=True, help="Print the digest of that day alone, as one JSON object.")
@_one_line
def preview(*, channel: str | None, on: dt.date, full: bool, as_json: bool) -> None:
    """Print what would be posted; without a channel, every week since 2026-11-02 for a channel of all topics."""
    library, form = _library(()), Form.FULL if full else Form.BRIEF
    if channel is None:
        found = list(digest_preview.replay(library, on, form=form))
    else:
        kept = asyncio.run(digest_preview.kept(settings.load().database_url, channel))
        found = [digest_preview.of_channel(library, kept, on, form=form if full else None)]
    if as_json:
        click.echo(digest_preview.as_json(library, found[-1]))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo("\n".join(digest_preview.as_text(one, width) for one in found))


@main.command()
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@_one_line
def playground(port: int) -> None:
    """Run the bot and a small Slack in the browser, on this machine alone."""
    from bot.trial import play  # noqa: PLC0415 - Slack and the database are loaded by the commands that need them

    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(play(configured, port=port))


@main.command()
@_one_line
def serve() -> None:
    """Connect to a Slack workspace over Socket Mode and answer."""
    from bot import app  # noqa: PLC0415 - the same

    configured = settings.load()
    logs.configure(configured.log_level)
    asyncio.run(app.serve(configured))


@main.command(name="manifest")
def print_manifest() -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    click.echo(yaml.safe_dump(manifest(), sort_keys=False, allow_unicode=True, width=100), nl=False)
