"""What every test gets: a clean environment, one library, and no skip where none is allowed."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from knowledge.library import Library

# Derandomised and without a deadline: a test must not depend on how fast the machine is.
hypothesis_settings.register_profile("desk", derandomize=True, deadline=None, max_examples=100)
hypothesis_settings.load_profile("desk")

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No setting of the developer's own, no .env file in the working folder, and nothing kept outside the tests."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "IRAQ_DESK_")) and not name.startswith("IRAQ_DESK_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("IRAQ_DESK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """What a command sets up for its own process does not outlast the test."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture(name="library", scope="session")
def _library() -> Library:
    """The corpus that is shipped."""
    return Library.load()


@pytest.fixture(name="root")
def _root() -> Path:
    """The repository."""
    return ROOT


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Name the skips, where none is allowed."""
    yield
    if _forbidden_skips(terminalreporter):
        terminalreporter.write_line("IRAQ_DESK_TEST_NO_SKIPS is set, and tests were skipped", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skip fails the run where IRAQ_DESK_TEST_NO_SKIPS says so, as in continuous integration."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(reporter, pytest.TerminalReporter) and _forbidden_skips(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _forbidden_skips(reporter: pytest.TerminalReporter) -> bool:
    return bool(os.environ.get("IRAQ_DESK_TEST_NO_SKIPS")) and bool(reporter.stats.get("skipped"))
