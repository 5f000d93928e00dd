"""`iraq-desk eval`: how good the answers are."""

from pathlib import Path

import click

from bot import settings
from bot.cli import evaluation_report
from bot.opening import library
from knowledge import evaluation
from knowledge.evaluation import Split


@click.command("eval")
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
def command(*, questions: Path, split: str) -> None:
    """Measure the answers: Success@1/3/5, MRR and nDCG by style, and the refusals."""
    asked = [question for question in evaluation.read(questions) if question.split == split]
    click.echo(evaluation_report.table(evaluation.judge(library(settings.load()), asked)))
