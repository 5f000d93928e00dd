"""`check` and `stats`, run as an editor runs them."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.conftest import ROOT

TINY = ROOT / "tests" / "knowledge" / "data" / "corpus"


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny corpus, chosen by the setting."""
    copy = Path(copytree(TINY, tmp_path / "corpus"))
    monkeypatch.setenv("IRAQ_DESK_CORPUS", str(copy))
    return copy


def run(*arguments: str) -> Result:
    """`iraq-desk` with these arguments."""
    return CliRunner().invoke(main, arguments)


@pytest.mark.usefixtures("corpus")
def test_a_corpus_without_problems() -> None:
    """One line says how much was looked at; exit status 0."""
    result = run("check")
    assert (result.exit_code, result.output) == (0, "no problem in 6 passages of 2 sources\n")


def test_problems_and_their_number(corpus: Path) -> None:
    """A line for each on standard output, for an editor to jump to, and the sum on standard error; exit status 1."""
    topics = corpus / "topics.yaml"
    topics.write_text(topics.read_text().replace("title: Energy", "colour: red"))
    (corpus / "notes.txt").write_text("x")
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "notes.txt:1: -: is not a part of a corpus; move it elsewhere",
        "topics.yaml:1: energy: title: is missing",
        "topics.yaml:2: energy: colour: is not a known key",
    ]
    assert result.stderr == "3 problems in 2 files\n"


def test_what_should_be_mended_is_told_as_well(corpus: Path) -> None:
    """A topic that nothing belongs to makes `check` fail, and nothing else."""
    with (corpus / "topics.yaml").open("a") as topics:
        topics.write("- {id: water, title: Water, description: Rivers., keywords: []}\n")
    result = run("check")
    assert (result.exit_code, result.stderr) == (1, "1 problem in 1 file\n")
    assert result.stdout == "topics.yaml:9: water: has no passage; write one or delete it\n"
    assert run("ask", "gas").exit_code == 0


@pytest.mark.usefixtures("corpus")
def test_today() -> None:
    """Dates after another day are told; a day that is none is a mistake in the command."""
    result = run("check", "--today", "2025-05")
    assert result.exit_code == 1
    assert "corpus.yaml:1: -: date: 2026-01-31 is after 2025-05" in result.stdout.splitlines()
    assert result.stderr == "3 problems in 3 files\n"
    wrong = run("check", "--today", "31.1.2026")
    assert wrong.exit_code == 2
    assert "'31.1.2026' is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD" in wrong.stderr


@pytest.mark.usefixtures("corpus")
def test_against_other_texts(tmp_path: Path) -> None:
    """Words taken over from a text of a folder are told; a folder that is not there is a mistake in the command."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "north.txt").write_text("Iraq buys natural gas and electricity from Iran, the minister said.")
    result = run("check", "--against", str(tmp_path / "texts"))
    assert result.exit_code == 1
    assert result.stdout == (
        "sources/north-2020.md:15: north-2020/gas-from-iran: text: shares 9 words in a row with north.txt: "
        "'iraq buys natural gas and electricity from iran the'\n"
    )
    assert run("check", "--against", str(tmp_path / "nowhere")).exit_code == 2


def test_what_is_shipped() -> None:
    """The shipped corpus has no problem, and none of its dates is after its own."""
    result = run("check")
    assert result.output.startswith("no problem in ")
    assert result.exit_code == 0


TABLE = """\
Corpus {version} of 31 Jan 2026

  6  passages
  2  sources
  2  topics
  1  issues
  1  recommendations
  1  positions
  2  actors
  1  events
  1  superseded
  5  citations summary
  1  citations compiled
  0  citations verbatim

  By topic  passages  sources  issues  recommend.  events    oldest    newest
  energy           4        2       1           1       0  Jun 2020  Mar 2021
  security         2        1       0           0       1  Mar 2021  Mar 2021

Topics without a fact of the year before 31 Jan 2026
  energy
  security

  By source   alone  compiled  events  recommend.
  south-2021      3         1       0           1
  north-2020      2         1       1           0
"""


@pytest.mark.usefixtures("corpus")
def test_the_table() -> None:
    """Every count stands in its column."""
    version = json.loads(run("stats", "--json").output)["version"]
    result = run("stats")
    assert result.exit_code == 0
    assert result.output == TABLE.format(version=version)


def test_the_counts_of_what_is_shipped() -> None:
    """The sums are those of the parts, and the table fits a terminal and names the most cited sources only."""
    counted = json.loads(run("stats", "--json").output)
    table = run("stats").output
    assert sum(counted["citations"].values()) == counted["counts"]["passages"]
    assert len(counted["topics"]) == counted["counts"]["topics"]
    assert len(counted["sources"]) == counted["counts"]["sources"]
    assert all(topic["passages"] for topic in counted["topics"])
    assert max(map(len, table.splitlines())) <= 100
    assert f"and {len(counted['sources']) - 15:,} more" in table


@pytest.mark.parametrize("command", [("stats",), ("stats", "--json")])
def test_a_broken_corpus_has_no_counts(corpus: Path, command: tuple[str, ...]) -> None:
    """One line tells where the first problem is; exit status 2."""
    (corpus / "actors.yaml").unlink()
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("iraq-desk: actors.yaml:1: -: is missing")
    assert result.stderr.count("\n") == 1
