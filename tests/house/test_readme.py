"""What the README promises: its commands run, its output is what comes, its links lead somewhere."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    """Every line with a prompt, without its comment."""
    return [
        line.removeprefix("$ ").split("   #")[0].strip()
        for block in CONSOLE
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


def test_the_first_example_prints_what_it_shows() -> None:
    """The output under the first command is the beginning of what really comes."""
    command, _, shown = CONSOLE[0].partition("\n")
    result = CliRunner().invoke(main, shlex.split(command.removeprefix("$ iraq-desk ")))

    assert result.output.startswith(shown)


def test_the_command_line_examples_run(tmp_path: Path) -> None:
    """Every `iraq-desk` line ends well (the playground is started by tests of its own)."""
    (tmp_path / "questions.jsonl").write_text('{"id": "1", "question": "who is Sistani?"}\n', encoding="utf-8")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    lines = [shlex.split(command) for command in commands() if command.startswith("iraq-desk")]
    ended = {
        " ".join(words): CliRunner().invoke(main, words[1:]).exit_code for words in lines if words[1] != "playground"
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
