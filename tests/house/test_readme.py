"""What the README promises: its commands run, its output is what comes, its links lead somewhere."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
STARTED_ELSEWHERE = {"playground", "serve"}  # they run until they are stopped: tests/cli/test_processes.py


def commands() -> list[str]:
    """Every line with a prompt, without its comment, and every command in a sentence."""
    lines = [line for block in CONSOLE for line in block.splitlines() if line.startswith("$ ")]
    in_sentences = re.findall(r"`((?:iraq-desk|make) [^`]+)`", README)
    return [*(line.removeprefix("$ ").split("   #")[0].strip() for line in lines), *in_sentences]


def test_the_example_prints_what_it_shows() -> None:
    """The output that stands under a question is the beginning of what really comes."""
    (example,) = (block for block in CONSOLE if not all(line.startswith("$ ") for line in block.splitlines()))
    command, _, shown = example.partition("\n")
    wide = {"COLUMNS": "100"}
    result = CliRunner(env=wide).invoke(main, shlex.split(command.removeprefix("$ iraq-desk ")))

    assert result.output.startswith(shown)


def test_the_command_line_examples_run(tmp_path: Path) -> None:
    """Every `iraq-desk` command ends well."""
    (tmp_path / "questions.jsonl").write_text('{"id": "1", "question": "who is Sistani?"}\n', encoding="utf-8")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    lines = [shlex.split(command) for command in commands() if command.startswith("iraq-desk")]
    ended = {
        " ".join(words): CliRunner().invoke(main, words[1:]).exit_code
        for words in lines
        if words[1] not in STARTED_ELSEWHERE
    }

    assert len(ended) >= 4
    assert set(ended.values()) == {0}, ended


def test_the_make_targets_exist() -> None:
    """What the README and CONTRIBUTING tell to make can be made, and CI makes it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    told = set(re.findall(r"`make ([a-z ]+?)[`\s]", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    told |= {command.split()[1] for command in commands() if command.startswith("make")}

    assert {word for words in told for word in words.split()} <= targets
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    """Every relative link and picture is a file of the repository."""
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
