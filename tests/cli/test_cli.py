"""The command line, run as a person runs it."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.questions.commands import reply
from knowledge.curated import packaged
from knowledge.library import Library
from tests.support import blockcheck

IRAN = "what did USIP advise about Iran?"
PASSAGE_KEYS = [
    "id",
    "text",
    "source_id",
    "title",
    "publisher",
    "published",
    "url",
    "locator",
    "as_of",
    "basis",
    "score",
]


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """`iraq-desk` with these arguments, in a window of 100 columns."""
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments, input=stdin)


def test_an_answer_reads_well_in_a_terminal() -> None:
    """Quotations, numbered citations with date and address, and which corpus; no line is wider than the terminal."""
    result = run("ask", IRAN)

    assert result.exit_code == 0
    assert "1  Summary of USIP, U.S.-Iraq Dialogue Opens Door to Reset Relations, Jun 2020." in result.output
    assert "https://www.usip.org/" in result.output
    assert "Nothing here was generated." in result.output
    assert all(len(line) <= 100 for line in result.output.splitlines() if "http" not in line)


def test_no_answer_is_said_plainly() -> None:
    """Exit status 0: that nothing answers is a result."""
    result = run("ask", "how do I bake sourdough bread?")

    assert result.exit_code == 0
    assert result.output.startswith("No passage in the corpus answers this.")


def test_json_is_what_slack_would_be_sent(library: Library) -> None:
    """One object: passages in rank order with every key, and the reply to the letter."""
    found = json.loads(run("ask", IRAN, "--json").output)

    payload = reply(library, IRAN, bot_user_id="U1", shareable=True).payload()
    scores = [passage["score"] for passage in found["passages"]]
    assert list(found) == ["id", "question", "confident", "passages", "reply", "error"]
    assert (found["id"], found["question"], found["confident"], found["error"]) == (None, IRAN, True, None)
    assert all(list(passage) == PASSAGE_KEYS for passage in found["passages"])
    assert found["passages"][0]["source_id"] == "usip-2020"
    assert found["passages"][0]["published"] == "2020-06"
    assert scores == sorted(scores, reverse=True)
    assert 0 < len(scores) <= 10
    assert found["reply"] == {"text": payload["text"], "blocks": payload["blocks"]}
    assert blockcheck.check(found["reply"]) == []


def test_not_confident_still_lists_what_was_found() -> None:
    """`confident` false, a reply that says so, and the closest passages."""
    found = json.loads(run("ask", "which Kurdish singer won a prize for a duet about Iran", "--json").output)

    assert found["confident"] is False
    assert found["reply"]["text"].startswith("No passage in the corpus answers")
    assert found["passages"]


def test_lines_in_and_lines_out(tmp_path: Path) -> None:
    """A line for a line, in order; bad ones say which they are and end nothing; blank ones are passed over."""
    lines = [
        b'{"id": "q1", "question": "what did USIP advise about Iran?"}',
        b"{broken",
        b"",
        b'{"id": "q2"}',
        b'["not", "an", "object"]',
        b'{"id": [1], "question": "x"}',
        b'{"id": "bad utf-8", "question": "\xff"}',
        b'{"id": 7, "question": ""}',
        b'{"id": "q3", "question": "\\ud800 Iran"}',
        b"[" * 100_000,
        '{"id": "q4", "question": "ما هي نصيحة المعهد بشأن إيران؟"}'.encode(),
    ]
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(lines))
    results = [run("ask", "--jsonl", str(file)), run("ask", "--jsonl", "-", stdin=file.read_bytes())]

    answers = [json.loads(line) for line in results[0].stdout_bytes.splitlines()]
    assert [result.exit_code for result in results] == [0, 0]
    assert results[0].stdout_bytes == results[1].stdout_bytes
    assert [answer["id"] for answer in answers] == ["q1", None, None, None, None, None, "7", "q3", None, "q4"]
    errors = [answer["error"] for answer in answers]
    assert [error.split(":")[0] for error in errors if error] == [f"line {n}" for n in (2, 4, 5, 6, 7, 10)]
    assert answers[6]["confident"] is False


def test_one_question_or_many() -> None:
    """A question and a file together, or neither, are a mistake that is explained."""
    for arguments in (("ask",), ("ask", "x", "--jsonl", "-")):
        result = run(*arguments, stdin=b"")
        assert result.exit_code == 2
        assert "give a question, or --jsonl FILE" in result.output


def test_check_finds_nothing_in_what_is_shipped() -> None:
    """The shipped corpus has no problem."""
    result = run("check")

    assert result.exit_code == 0
    assert result.output.startswith("no problem in ")


@pytest.fixture(name="broken")
def _broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the corpus with two mistakes."""
    copy = tmp_path / "corpus"
    copytree(str(packaged()), copy)
    source = copy / "sources" / "usip-2020.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("as_of: 2020-06", "as_of: 2020-13", 1).replace("topics: [", "topics: [nosuch, ", 1))
    monkeypatch.setenv("IRAQ_DESK_CORPUS", str(copy))
    return copy


@pytest.mark.usefixtures("broken")
def test_check_lists_every_problem_with_its_place() -> None:
    """Exit status 1, and a line ``file:line: id: problem`` for each."""
    result = run("check")

    assert result.exit_code == 1
    assert any(line.startswith("sources/usip-2020.md:") and "2020-13" in line for line in result.output.splitlines())
    assert any("nosuch" in line for line in result.output.splitlines())


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("command", [("ask", IRAN), ("playground", "--port", "0")])
def test_a_broken_corpus_is_told_in_one_line(command: tuple[str, ...]) -> None:
    """Every other command stops with status 2 and the first problem's place."""
    result = run(*command)

    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert result.output.startswith("iraq-desk: sources/usip-2020.md:")


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "SLACK_BOT_TOKEN: is not set"),
        ({"SLACK_BOT_TOKEN": "xapp-1-A"}, "SLACK_BOT_TOKEN: does not start with xoxb-"),
        ({"IRAQ_DESK_WORKERS": "many"}, "IRAQ_DESK_WORKERS: "),
        ({"IRAQ_DESK_WORKRES": "4"}, "IRAQ_DESK_WORKRES: is not a setting"),
        ({"SLACK_API_URL": "http://127.0.0.1:1/"}, "SLACK_API_URL: "),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:1/api/"}, "cannot be reached"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "IRAQ_DESK_DATABASE_URL": "nonsense"}, "IRAQ_DESK_DATABASE_URL"),
        ({"IRAQ_DESK_CORPUS": "/nowhere"}, "IRAQ_DESK_CORPUS: Path does not point to a directory"),
    ],
)
def test_a_broken_set_up_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], says: str
) -> None:
    """What is missing or wrong, in one line without a traceback; exit status 2."""
    monkeypatch.setenv("IRAQ_DESK_DATABASE_URL", "sqlite://")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = run("serve")

    assert result.exit_code == 2
    assert says in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert "xoxb-1" not in result.output


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("3000", "'3000' is no address; write one like 127.0.0.1:3000"),
        ("127.0.0.1:99999", "'127.0.0.1:99999' is no address"),
        ("http://127.0.0.1:3000", "'http://127.0.0.1:3000' is no address"),
        ("127.0.0.1:0", "SLACK_SIGNING_SECRET: is not set; --http needs it"),
        ("[::1]:0", "SLACK_SIGNING_SECRET: is not set; --http needs it"),
    ],
)
def test_serving_over_http_needs_an_address_and_the_secret(
    monkeypatch: pytest.MonkeyPatch, address: str, says: str
) -> None:
    """What is no address is told, and so is a secret that is missing or empty; exit status 2."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "")
    result = run("serve", "--http", address)

    assert result.exit_code == 2
    assert says in result.output


def test_version_and_help_name_every_command() -> None:
    """`--help` lists all commands, and `--version` the version."""
    words = run("--help").output

    assert all(command in words for command in ("ask", "check", "manifest", "playground", "serve"))
    assert "0.1.0" in run("--version").output
