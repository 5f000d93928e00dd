from pathlib import Path

import pytest

from knowledge import curated
from knowledge.dates import PartialDate
from knowledge.errors import CorpusError, Problem
from knowledge.review import review
from tests.knowledge.conftest import TINY
from tests.knowledge.corpora import BOTH, NORTH, SOUTH, append, edit, passage


def test_a_tidy_corpus() -> None:
    """Nothing is wrong with the tiny corpus, and what was read is counted."""
    found = review(TINY, today=PartialDate(2026, 1, 31))
    assert (found.problems, found.passages, found.sources) == ((), 6, 2)


def test_everything_at_once(folder: Path, tmp_path: Path) -> None:
    """One run tells every kind of problem, in the order of files and lines."""
    edit(folder, "topics.yaml", "title: Energy", "titel: Energy")
    append(folder, "topics.yaml", "- {id: water, title: Water, description: Rivers., keywords: []}\n")
    edit(folder, "issues/energy.yaml", "party: iraq", "party: iran")
    append(folder, NORTH, passage("x", "word " * 40))
    append(folder, SOUTH, passage("y", "word " * 40))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("what it burns at its own wells. The North Institute")
    found = review(folder, today=PartialDate(2025), against=tmp_path / "texts").problems
    assert found == tuple(sorted(found))
    assert [f"{problem.file}:{problem.line}" for problem in found] == [
        f"{BOTH}:10",
        "corpus.yaml:1",
        "issues/energy.yaml:10",
        f"{SOUTH}:62",
        "topics.yaml:1",
        "topics.yaml:2",
        "topics.yaml:9",
    ]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2026-01-31", []),
        ("2026", []),
        ("2027-01-01", []),
        ("2025", ["corpus.yaml:1: -: date: 2026-01-31 is after 2025"]),
        (
            "2025-05-31",
            [
                "actors.yaml:11: pmf: as_of: 2025-06 is after 2025-05-31",
                "corpus.yaml:1: -: date: 2026-01-31 is after 2025-05-31",
                "issues/energy.yaml:5: energy-dependence: as_of: 2025-06 is after 2025-05-31",
            ],
        ),
    ],
)
def test_today(today: str, told: list[str]) -> None:
    """No date is after today, nor after the corpus's own; a month may be the one that today is in."""
    assert [str(problem) for problem in review(TINY, today=PartialDate.parse(today)).problems] == told


def test_what_an_editor_should_mend_does_not_keep_a_corpus_from_loading(folder: Path) -> None:
    """An idle topic is told by a review; the library loads all the same. An unknown one is told by both."""
    append(folder, "topics.yaml", "- {id: water, title: Water, description: Rivers., keywords: []}\n")
    assert len(review(folder).problems) == 1
    assert "water" in curated.load(folder).topics
    edit(folder, NORTH, "topics: [energy]", "topics: [fire]")
    with pytest.raises(CorpusError, match="'fire' is unknown"):
        curated.load(folder)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("a.md", 3, "x/y", "is missing"), "a.md:3: x/y: is missing"),
        (Problem("a\n.md", 1, "\x1b[31m", "tab\t \u202e"), "a\\n.md:1: \\x1b[31m: tab\\t \\u202e"),
        (Problem("a.md", 1, "-", "x" * 5000), f"a.md:1: -: {'x' * 400}..."),
        (Problem("caf\udce9.md", 1, "-", "الحشد"), "caf\\udce9.md:1: -: الحشد"),
    ],
)
def test_a_problem_is_one_line_that_can_be_printed(problem: Problem, line: str) -> None:
    """Whatever a file or its name holds, it neither breaks the line nor steers the terminal."""
    assert str(problem) == line
    assert line.encode()
