"""The floor under the measured quality, and the rules for the questions that it is measured with."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge.analysis import Analyzer
from knowledge.evaluation import Question, Result, Split, by_style, figures, judge, read
from knowledge.library import Library

STYLES = {"keyword", "question", "sloppy", "typo", "alias", "paraphrase", "arabic"}
# A little below what was measured, so that a rewording of the corpus does not fail, and a loss does.
FLOOR_1, FLOOR_3, FLOOR_STYLE = 0.84, 0.95, 0.74
FLOOR_FAR, FLOOR_NEAR, CEILING_REFUSED = 0.92, 0.80, 0.07
COPY = 0.6  # of a question's terms in one of a passage's `asks` or `wordings`


@pytest.fixture(name="questions", scope="module")
def _questions() -> tuple[Question, ...]:
    """The whole set."""
    return read(Path(__file__).parent / "questions.yaml")


@pytest.fixture(name="results", scope="module")
def _results(library: Library, questions: tuple[Question, ...]) -> list[Result]:
    """What the shipped library makes of the test half."""
    return judge(library, (question for question in questions if question.split is Split.TEST))


def test_the_set_is_large_enough(questions: tuple[Question, ...]) -> None:
    """Enough questions of each style in the test half, enough without an answer, nothing twice."""
    counted = Counter((question.style, question.split) for question in questions)
    assert sum(bool(question.answers) for question in questions) >= 420
    assert all(counted[style, Split.TEST] >= 30 for style in STYLES)
    assert sum(counted[style, split] for style in ("near", "far") for split in Split) >= 80
    assert {question.style for question in questions} == {*STYLES, "near", "far"}
    assert all(bool(question.answers) == (question.style in STYLES) for question in questions)
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.text.casefold() for question in questions}) == len(questions)


def test_no_question_stands_in_the_corpus(library: Library, questions: tuple[Question, ...]) -> None:
    """The words that a passage is known to be asked with are not the words that it is tested with."""
    analyzer = Analyzer(library.corpus.stopwords)
    asks = [
        frozenset(analyzer.terms(ask)) for one in library.corpus.passages.values() for ask in (*one.asks, *one.wordings)
    ]
    for question in questions:
        terms = frozenset(analyzer.terms(question.text))
        copied = max((len(terms & ask) / len(terms) for ask in asks), default=0.0)
        assert copied <= COPY, question.text


def test_the_quality_does_not_fall(results: list[Result]) -> None:
    """Shares of right passages first and among the first three, over all questions and in every style."""
    answerable = [result for result in results if result.question.answers]
    found = figures(answerable)
    assert found.success1 >= FLOOR_1, found
    assert found.success3 >= FLOOR_3, found
    for style, some in by_style(answerable).items():
        assert figures(some).success1 >= FLOOR_STYLE, (style, figures(some))


def test_refusals(results: list[Result]) -> None:
    """Far questions are refused, near ones not presented as answered, answerable ones hardly ever refused."""
    styles = by_style(results)
    answerable = [result for result in results if result.question.answers]
    assert figures(styles["far"]).refused >= FLOOR_FAR
    near = figures(styles["near"])
    assert near.refused + near.doubted >= FLOOR_NEAR
    assert figures(answerable).refused <= CEILING_REFUSED
