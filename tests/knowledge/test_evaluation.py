import math
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.evaluation import EvaluationError, Question, Result, Split, by_style, figures, judge, read
from knowledge.library import Library


def result(ranks: tuple[int, ...], *answers: str, style: str = "keyword", refused: bool = False) -> Result:
    """A judged question whose right passages came at these ranks."""
    return Result(Question("q", style, Split.TEST, "?", frozenset(answers)), ranks, refused)


def test_the_measures() -> None:
    """Success, reciprocal rank and gain by their definitions, on ranks that can be checked by hand."""
    found = figures([result((1,), "a"), result((2, 4), "a", "b"), result((), "a", refused=True), result((5,), "a")])
    assert (found.questions, found.success1, found.success3, found.success5) == (4, 0.25, 0.5, 0.75)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 0 + 1 / 5) / 4)
    gain = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
    assert found.ndcg == pytest.approx((1 + gain + 0 + 1 / math.log2(6)) / 4)
    assert found.refused == 0.25
    assert figures([]).success1 == 0
    assert list(by_style([result((), style="b"), result((), style="a"), result((), style="b")])) == ["b", "a"]


def test_judging_a_library(tiny: Library) -> None:
    """Ranks are those of the judged passages, and a refusal is noted."""
    asked = [
        Question("1", "alias", Split.TUNE, "PMU", frozenset({"south-2021/pmf-and-the-state"})),
        Question("2", "far", Split.TUNE, "recipe for bread", frozenset()),
    ]
    assert [(one.ranks, one.refused) for one in judge(tiny, asked)] == [((1,), False), ((), True)]
    with pytest.raises(KnowledgeError, match="question 3: the corpus has no passage 'gone/away'"):
        judge(tiny, [Question("3", "alias", Split.TUNE, "PMU", frozenset({"gone/away"}))])


ENTRY = "- {id: a, style: far, split: test, question: what, answers: []}\n"


def test_reading_a_set(tmp_path: Path) -> None:
    """A well-formed set is read."""
    file = tmp_path / "set.yaml"
    file.write_text(ENTRY, "utf-8")
    assert read(file) == (Question("a", "far", Split.TEST, "what", frozenset()),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: b", "not a list of questions"),
        ("[", "while parsing"),
        (ENTRY + "- {id: b}\n", "entry 2: not of the form"),
        (ENTRY.replace("test", "tset"), "entry 1: 'tset' is not a valid Split"),
        (ENTRY.replace("answers", "more: 1, answers"), "entry 1: not of the form"),
    ],
)
def test_a_set_of_another_form(tmp_path: Path, content: str, problem: str) -> None:
    """What is wrong is told with file and entry."""
    file = tmp_path / "set.yaml"
    file.write_text(content, "utf-8")
    with pytest.raises(EvaluationError) as error:
        read(file)
    assert str(error.value).startswith(f"{file}: ")
    assert problem in str(error.value)
    with pytest.raises(EvaluationError, match="No such file"):
        read(tmp_path / "gone.yaml")
