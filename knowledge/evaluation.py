"""How good the answers are: questions with the passages that answer them -> Success@k, MRR and nDCG, and refusals."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from knowledge.errors import KnowledgeError
from knowledge.library import Library

DEPTH = 10  # ranks that are looked at


class Split(StrEnum):
    """Which half a question belongs to: weights are chosen on one, figures are told on the other."""

    TUNE = "tune"
    TEST = "test"


class EvaluationError(KnowledgeError):
    """A file of questions cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question. `answers` are the ids of the passages that answer it: none when the corpus has no answer."""

    id: str
    style: str
    split: Split
    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What a library made of a question: the ranks (from 1) of the passages that answer, and how sure it was.

    `refused`: it said that nothing answers; `doubted`: it said that its passages may not answer.
    """

    question: Question
    ranks: tuple[int, ...]
    refused: bool
    doubted: bool = False

    @property
    def first(self) -> float:
        """The rank of the first right passage; infinite when there is none."""
        return min(self.ranks, default=math.inf)

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain at ten (Järvelin and Kekäläinen 2002), every judgement 0 or 1."""
        ideal = range(1, min(len(self.question.answers), DEPTH) + 1)
        return _gain(self.ranks) / _gain(ideal) if self.question.answers else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of some results: shares from 0 to 1. Without an answer in the corpus `refused` alone says something."""

    questions: int
    success1: float
    success3: float
    success5: float
    mrr: float
    ndcg: float
    refused: float
    doubted: float


def read(path: Path) -> tuple[Question, ...]:
    """The questions of a YAML file: a list of {id, style, split: tune|test, question, answers: [passage ids]}.

    Raises:
        EvaluationError: the file cannot be read, or an entry has another form.
    """
    try:
        entries = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise EvaluationError(path, " ".join(str(error).split())) from error
    if not isinstance(entries, list):
        raise EvaluationError(path, "not a list of questions")
    return tuple(_question(path, number, entry) for number, entry in enumerate(entries, 1))


def _question(path: Path, number: int, entry: object) -> Question:
    try:
        match entry:
            case {
                "id": str(id_),
                "style": str(style),
                "split": str(split),
                "question": str(text),
                "answers": list(answers),
                **more,
            } if not more:
                return Question(id_, style, Split(split), text, frozenset(map(str, answers)))
    except ValueError as error:
        raise EvaluationError(path, f"entry {number}: {error}") from error
    raise EvaluationError(path, f"entry {number}: not of the form {{id, style, split, question, answers}}")


def judge(library: Library, questions: Iterable[Question]) -> list[Result]:
    """Ask every question.

    Raises:
        KnowledgeError: a question is judged by a passage that the corpus has not.
    """
    results = []
    for question in questions:
        if unknown := sorted(question.answers - library.corpus.passages.keys()):
            raise KnowledgeError(f"question {question.id}: the corpus has no passage {unknown[0]!r}")
        answer = library.ask(question.text, DEPTH)
        ranks = (rank for rank, hit in enumerate(answer.hits, 1) if hit.passage.id in question.answers)
        results.append(Result(question, tuple(ranks), not answer.confident, answer.doubtful))
    return results


def figures(results: Sequence[Result]) -> Figures:
    """The mean measures of some results."""
    count = max(len(results), 1)

    def success(k: int) -> float:
        return sum(result.first <= k for result in results) / count

    return Figures(
        len(results),
        success(1),
        success(3),
        success(5),
        sum(1 / result.first for result in results) / count,
        sum(result.ndcg for result in results) / count,
        sum(result.refused for result in results) / count,
        sum(result.doubted for result in results) / count,
    )


def by_style(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results of each style, in the order in which the styles come."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.question.style, []).append(result)
    return found


def _gain(ranks: Iterable[int]) -> float:
    return sum(1 / math.log2(rank + 1) for rank in ranks)
