"""`iraq-desk ask` with its options, and `iraq-desk eval`, run as a person runs them."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main


def run(*arguments: str) -> Result:
    """`iraq-desk` with these arguments."""
    return CliRunner().invoke(main, arguments)


def test_a_slip_is_put_right_and_told() -> None:
    """The reader sees what was searched instead."""
    assert run("ask", "stratgic dialouge with the United States").output.startswith("Showing results for “strategic”")


def test_a_wrong_filter_is_told() -> None:
    """The nearest values stand above the answer."""
    output = " ".join(run("ask", "gas from Iran topic:enrgy").output.split())
    assert "“enrgy” is no topic, so that filter was left out. The nearest: energy-oil" in output


@pytest.mark.parametrize("question", ["what did USIP advise about Iran?", "zebra habitats of Iran"])
def test_explain(question: str) -> None:
    """Every passage shown, and every one only close, has the parts of its score."""
    output = run("ask", question, "--explain").output
    assert "  why " in output
    assert "%  typed          Iran" in output


def test_documents_alone_answer(tmp_path: Path) -> None:
    """Own files are quoted, cited by their stem, and the corpus is silent."""
    (tmp_path / "harbour.txt").write_text("The harbour of Qarn\n\nIt was dug by hand in 1911 by fishermen.\n", "utf-8")
    found = run("ask", "--documents", str(tmp_path), "who dug the harbour of Qarn")
    assert "It was dug by hand in 1911 by fishermen." in found.output
    assert "Quoted from harbour, The harbour of Qarn" in found.output
    assert run("ask", "--documents", str(tmp_path), "who leads the PMF").output.startswith("No passage")


def test_documents_that_cannot_be_read(tmp_path: Path) -> None:
    """One line, exit status 2."""
    (tmp_path / "empty.txt").write_text("", "utf-8")
    result = run("ask", "--documents", str(tmp_path), "x")
    assert result.exit_code == 2
    assert "there is no text in it" in result.output


def test_evaluation(tmp_path: Path) -> None:
    """A table by style, with the refusals; a set that cannot be read is told in one line."""
    file = tmp_path / "set.yaml"
    file.write_text(
        "- {id: a, style: alias, split: test, question: PMU control, answers: [usip-2020/pmf-elements-unchecked]}\n"
        "- {id: b, style: far, split: test, question: recipe for lentil soup, answers: []}\n",
        "utf-8",
    )
    lines = run("eval", "--set", str(file)).output.splitlines()
    assert lines[0].split() == ["style", "questions", "S@1", "S@3", "S@5", "MRR@10", "nDCG@10", "refused", "doubted"]
    assert [line.split()[:2] for line in lines[1:]] == [["alias", "1"], ["all", "1"], ["far", "1"]]
    assert lines[-1].split()[2:] == ["1.000", "0.000"]
    gone = run("eval", "--set", str(tmp_path / "gone.yaml"))
    assert gone.exit_code == 2
    assert "No such file" in gone.output


def test_a_question_needs_no_slack() -> None:
    """The command line is there before Slack, HTTP and database code are."""
    code = "import bot.cli, sys; print(*(m for m in ('slack_bolt', 'aiohttp', 'sqlalchemy') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == ""
