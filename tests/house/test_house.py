"""The rules of the house, held by tests."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot import settings
from bot.listeners import tables
from bot.settings import Settings
from bot.views.ids import ActionId, CallbackId, ShortcutId
from knowledge.library import Library
from tests.conftest import ROOT
from tests.support.desk import Desk, running_desk

TOP = {"pyproject.toml", "bot", "knowledge", "jobs", "tests", "deploy", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"}
TOP |= {"LICENSE", "Makefile", "requirements.lock", "requirements-dev.lock", "requirements-bench.lock"}


def tracked() -> list[str]:
    """Every file of the repository, by its path."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_nothing_happens_at_import() -> None:
    """Every module can be imported with no settings, no network, no home folder, and starts no thread."""
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in ("bot", "jobs", "knowledge")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    )
    code = (
        "import importlib, socket, sys, threading\n"
        "def refuse(*_): raise AssertionError('a socket at import')\n"
        "socket.socket.connect = socket.socket.bind = refuse\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
        "assert not __import__('logging').getLogger().handlers\n"
    )
    clean = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", code, *modules], env=clean, capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0


def test_every_id_has_a_handler_and_every_handler_an_id() -> None:
    """A control that a view emits is answered, and nothing is answered that no view emits."""
    inside_forms = {ActionId.REASON, ActionId.COMMENT}  # read when the form is submitted
    inside_forms |= {ActionId.DIGEST_CHANNEL, ActionId.DIGEST_FREQUENCY, ActionId.DIGEST_WEEKDAY, ActionId.DIGEST_TIME}
    inside_forms |= {ActionId.DIGEST_ZONE, ActionId.DIGEST_TOPICS, ActionId.DIGEST_FORM, ActionId.DIGEST_SKIP}
    inside_forms |= {ActionId.DIGEST_ASSURANCE}
    inside_forms |= {ActionId.SEARCH_QUESTION, ActionId.SEARCH_TOPIC, ActionId.SEARCH_SOURCE, ActionId.SEARCH_SINCE}
    inside_forms |= {ActionId.SEARCH_UNTIL, ActionId.SEARCH_CHANNEL}
    inside_forms |= {
        ActionId.CHANNEL_MODE,
        ActionId.CHANNEL_TOPICS,
        ActionId.CHANNEL_SHARERS,
        ActionId.CHANNEL_OUTSIDERS,
    }
    # These can only be closed.
    without_submit = {CallbackId.THANKS, CallbackId.FAILED, CallbackId.DIGEST_SAID, CallbackId.PASSAGE}
    without_submit |= {CallbackId.SEARCH_RESULTS, CallbackId.SEARCH_SAID, CallbackId.REGISTER, CallbackId.CHANNEL_SAID}

    assert set(tables.ACTIONS) == set(ActionId) - inside_forms
    assert set(tables.SUBMISSIONS) == set(CallbackId) - without_submit
    assert set(tables.OPTIONS) <= inside_forms
    assert set(tables.SHORTCUTS) == set(ShortcutId)


async def test_never_more_than_ten_listeners(library: Library) -> None:
    """Bolt asks every listener in turn; one per payload kind is enough."""
    async with running_desk(library=library) as desk:
        assert _listeners(desk) == 7


def _listeners(desk: Desk) -> int:
    return len(desk.running.app._async_listeners)  # noqa: SLF001 - Bolt has no public count


def test_every_setting_is_documented() -> None:
    """deploy/env.example names every setting with its default, and nothing else."""
    text = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)) == {
        settings.variable_of(name) for name in Settings.model_fields
    }
    for field in Settings.model_fields.values():
        assert str(field.description).split(";", maxsplit=1)[0].rstrip(".") in text


def test_every_test_has_a_sentence() -> None:
    """A test says in one sentence what it holds."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_nothing_else_at_the_top() -> None:
    """The root holds the five folders, the named files and dot-files."""
    assert {path.split("/")[0] for path in tracked() if not path.startswith(".")} <= TOP


def test_no_file_names_a_registry_or_a_machine() -> None:
    """No package registry's host, and no path of the machine that something was made on."""
    forbidden = re.compile(
        r"//[a-z0-9.-]*(?:pypi|pythonhosted|npmjs|debian)\.|(?<![\w.])/(?:home|Users|root|work)/\w", re.IGNORECASE
    )
    own = "tests/house/test_house.py"
    found = [
        f"{name}: {match.group()}"
        for name in tracked()
        if name != own and not name.endswith((".png", ".svg"))
        for match in forbidden.finditer((ROOT / name).read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_version_has_a_section_in_the_changelog() -> None:
    """No release without its words."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_locks_carry_hashes_and_no_addresses(lock: str) -> None:
    """Every package is pinned with its hashes, and none is named by an address."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.split(r"\n(?=[a-z])", text)

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in pinned if "==" in entry)


def test_modules_are_short() -> None:
    """A module has one purpose; one past 400 lines has more."""
    long = [
        str(path.relative_to(ROOT))
        for room in ("bot", "jobs", "knowledge")
        for path in (ROOT / room).rglob("*.py")
        if len(Path(path).read_text(encoding="utf-8").splitlines()) > 400
    ]

    assert long == []
