from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import borrowing, drafts
from knowledge.borrowing import RUN
from tests.knowledge.conftest import TINY
from tests.knowledge.corpora import NORTH, edit


def told(corpus: Path, folder: Path) -> list[str]:
    """What is shared with the texts of a folder, as it is shown."""
    return sorted(str(problem) for problem in borrowing.problems(drafts.read(corpus), folder))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """An empty folder for texts to compare with."""
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("text", "where", "run"),
    [
        (
            "They say: power stations in the SOUTH stand still, and",
            f"{NORTH}:15: north-2020/gas-from-iran: text",
            "power stations in the south stand still and",
        ),
        (
            "let Iraq pay for these imports.  It ran\nfor 120 days",
            f"{NORTH}:31: north-2020/waiver: text",
            "let iraq pay for these imports it ran for 120 days",
        ),
        (
            "Íraq bürns gas, that it buys (from its) NEIGHBOUR’S",
            "issues/energy.yaml:6: energy-dependence: summary",
            "iraq burns gas that it buys from its neighbour",
        ),
        (
            "“Capture the gas that is burnt at the wells”, he said",
            "issues/energy.yaml:16: energy-dependence: text",
            "capture the gas that is burnt at the wells",
        ),
    ],
)
def test_runs(texts: Path, text: str, where: str, run: str) -> None:
    """Letter case, accents, marks and line breaks do not hide a run; its place, length and words are told."""
    (texts / "a.txt").write_text(text)
    shared = f"shares {len(run.split())} words in a row with a.txt: {run!r}"
    assert told(TINY, texts) == [f"{where}: {shared}"]


@pytest.mark.parametrize(
    "text",
    [
        "power stations in the south stand still. But",  # seven words
        "power stations in the south now stand still and cities go dark",  # broken in two
        "",
    ],
)
def test_short_runs_are_fine(texts: Path, text: str) -> None:
    """Fewer than eight words in a row are nobody's."""
    (texts / "a.md").write_text(text)
    assert told(TINY, texts) == []


def test_two_runs_of_one_passage(texts: Path) -> None:
    """Every run is told of itself, and every text that has one."""
    first, second = (
        "power stations in the south stand still and",
        "advised patience since new wells and lines take years",
    )
    (texts / "deep").mkdir()
    (texts / "deep" / "a.txt").write_text(f"{second} ... {first}")
    (texts / "b.md").write_text(first)
    assert [one.partition("text: ")[2] for one in told(TINY, texts)] == [
        f"shares 8 words in a row with b.md: {first!r}",
        f"shares 8 words in a row with deep/a.txt: {first!r}",
        f"shares 9 words in a row with deep/a.txt: {second!r}",
    ]


def test_names_and_quotations_may_be_shared(folder: Path, texts: Path) -> None:
    """The title of a source is what it is, and a quotation is meant to repeat."""
    title = "A View from the North on Gas and Power from the East"
    edit(folder, NORTH, "title: A View from the North", f"title: {title}")
    edit(folder, NORTH, "the North Institute wrote", f"the North Institute wrote in {title},")
    edit(folder, NORTH, "asks:\n  - permission", "basis: verbatim\nasks:\n  - permission")
    (texts / "a.txt").write_text(f"On {title}; and it ran for 120 days at a time, Mr. Smith of the North")
    assert told(folder, texts) == []
    (texts / "a.txt").write_text(f"wrote in {title}")
    assert len(told(folder, texts)) == 1


def test_nothing_to_compare_with(texts: Path) -> None:
    """A folder without a text is a mistake, not a pass."""
    (texts / "a.pdf").write_text("power stations in the south stand still and")
    assert told(TINY, texts) == [f"{texts}:1: -: has no text (.txt, .md) to compare with"]


def test_a_text_that_is_too_large(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and what was read of it is compared."""
    monkeypatch.setattr(borrowing, "MAX_BYTES", 60)
    (texts / "a.txt").write_bytes(b"power stations in the south stand still and \xff" + b" x" * 60)
    larger, shared = told(TINY, texts)
    assert larger == f"{texts}/a.txt:1: -: is larger than 60 bytes; split it"
    assert "shares 8 words" in shared


WORDS = [word.strip(".,") for word in (TINY / NORTH).read_text("utf-8").split("```")[2].split("##")[0].split()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(WORDS)), st.integers(0, 15), st.lists(st.sampled_from(["zig", "zag"]), max_size=12))
def test_any_run_of_a_passage_is_found(texts: Path, start: int, length: int, around: list[str]) -> None:
    """A run is found if and only if it has eight words, wherever it begins and whatever stands around it."""
    run = WORDS[start : start + length]
    (texts / "a.txt").write_text(" ".join([*around, *run, *around]))
    found = told(TINY, texts)
    assert [f"shares {len(run)} words" in one for one in found] == [True] * (len(run) >= RUN)
