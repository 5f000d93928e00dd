"""The suite in half a minute: some of every kind of fault, on both databases. `make chaos` runs all of it."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from tests.chaos import scenarios
from tests.chaos.databases import folder, has_postgres, postgres
from tests.chaos.field import Figures, sqlite_url
from tests.chaos.suite import Claim, holds

_RUNS: Final[dict[str, Callable[[str, Path], Awaitable[Figures]]]] = {
    "kills": lambda url, place: scenarios.kills("kills", url, place, channels=4, rounds=1, each=8),
    "kills, postgresql": lambda url, place: scenarios.kills("kills", url, place, channels=4, rounds=1, each=8),
    "every step": lambda url, place: scenarios.every_step("every step", url, place, signal.SIGKILL),
    "hole": lambda url, place: scenarios.the_hole("hole", url, place, channels=10),
    "apscheduler": lambda url, place: scenarios.naive("apscheduler", url, place, channels=60),
    "no read-back": lambda url, place: scenarios.no_read_back("no read-back", url, place, channels=5),
}


@pytest_asyncio.fixture(name="figures", scope="module", loop_scope="module")
async def _figures() -> AsyncIterator[dict[str, Figures]]:
    """All of them at the same time, since they wait more than they work."""
    with ExitStack() as stack:
        runs = []
        for name, run in _RUNS.items():
            place = stack.enter_context(folder())
            if "postgresql" not in name:
                runs.append(run(sqlite_url(place), place))
            elif has_postgres():
                runs.append(run(stack.enter_context(postgres()).url("chaos"), place))
            else:
                runs.append(asyncio.sleep(0, Figures("not run", 0, 0, 0, 0)))
        yield dict(zip(_RUNS, await asyncio.gather(*runs), strict=True))


@pytest.mark.parametrize("name", ["kills", "kills, postgresql"])
def test_kills_lose_and_double_nothing(figures: dict[str, Figures], name: str) -> None:
    """Workers are killed for every eight messages, Slack has its usual faults, and each message comes once."""
    if figures[name].due == 0:
        pytest.skip("no PostgreSQL: Debian's package is not installed")

    assert figures[name].kills >= 2
    assert holds(Claim.CLEAN, figures[name]), figures[name]


def test_killed_at_every_step(figures: dict[str, Figures]) -> None:
    """A worker dies once at each step of the protocol, between parts too, and nothing is lost or doubled."""
    assert figures["every step"].note == "36 of 36 steps struck"
    assert holds(Claim.CLEAN, figures["every step"]), figures["every step"]


def test_the_one_hole_is_swept(figures: dict[str, Figures]) -> None:
    """A freeze between the last look at the lease and the write gives one extra at most, and the sweep removes it."""
    assert figures["hole"].freezes == 2
    assert holds(Claim.SWEPT, figures["hole"]), figures["hole"]


@pytest.mark.parametrize("control", ["apscheduler", "no read-back"])
def test_the_suite_finds_fault_where_there_is_one(figures: dict[str, Figures], control: str) -> None:
    """The same count fails where four processes share a job store, and where what is in doubt is sent unseen."""
    assert holds(Claim.FAILS, figures[control]), figures[control]
