"""Which scenarios there are, how large each is at full size, and what must come of it."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from tests.chaos import scenarios
from tests.chaos.databases import Postgres, folder, has_postgres, postgres, small_disk
from tests.chaos.field import Figures, sqlite_url

_DISK: Final = 2**24


class Claim(StrEnum):
    """What is asserted of a scenario."""

    CLEAN = "0 lost, 0 doubled"
    SWEPT = "0 lost, at most one extra a freeze, all swept"
    FAILS = "must fail the first"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a scenario runs: one of the two databases, a folder of its own, and how large all of it is."""

    database: str
    url: str
    place: Path
    scale: float
    server: Postgres | None = None

    def many(self, full: int) -> int:
        """So many at full size."""
        return max(2, round(full * self.scale))


Run: TypeAlias = Callable[[str, Ground], Awaitable[Figures]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, what it must show, on which databases, and how to run it."""

    name: str
    claim: Claim
    databases: tuple[str, ...]
    run: Run
    together: bool = True  # both databases at the same time, since it waits more than it works


def holds(claim: Claim, figures: Figures) -> bool:
    """The assertion; the same for what must hold and for what must fail."""
    match claim:
        case Claim.CLEAN:
            return figures.is_clean
        case Claim.SWEPT:
            return figures.lost == 0 and figures.left == 0 and figures.doubled <= figures.freezes
        case Claim.FAILS:
            return not figures.is_clean


async def _disk_full(name: str, at: Ground) -> Figures:
    with small_disk(_DISK) as disk:
        return await scenarios.full_disk(name, at.place, disk, channels=at.many(60))


async def _restarts(name: str, at: Ground) -> Figures:
    if at.server is None:
        raise ValueError("this scenario needs a PostgreSQL server of its own")
    return await scenarios.restarts(name, at.server, at.url, at.place, channels=100, count=at.many(20))


BOTH: Final = ("sqlite", "postgresql")

# Kills: 12 workspaces x 24 channels x 3 parts x 6 weeks = 5,184 deliveries on each database, and about 1,100 kills on both.
SCENARIOS: Final = (
    Scenario(
        "kill -9 at random",
        Claim.CLEAN,
        BOTH,
        lambda name, at: scenarios.kills(name, at.url, at.place, channels=at.many(24), rounds=6, teams=12),
        together=False,
    ),
    Scenario(
        "kill -9 at every step",
        Claim.CLEAN,
        BOTH,
        lambda name, at: scenarios.every_step(name, at.url, at.place, signal.SIGKILL),
    ),
    Scenario(
        "freeze at every step but one",
        Claim.SWEPT,
        BOTH,
        lambda name, at: scenarios.every_step(name, at.url, at.place, signal.SIGSTOP),
    ),
    Scenario(
        "freeze at random",
        Claim.SWEPT,
        BOTH,
        lambda name, at: scenarios.freezes(name, at.url, at.place, channels=20, count=at.many(5)),
    ),
    Scenario(
        "freeze in the one hole",
        Claim.SWEPT,
        BOTH,
        lambda name, at: scenarios.the_hole(name, at.url, at.place, channels=at.many(100)),
    ),
    Scenario(
        "429 for a minute",
        Claim.CLEAN,
        BOTH,
        lambda name, at: scenarios.storm(name, at.url, at.place, channels=at.many(200), seconds=60 * min(at.scale, 1)),
    ),
    Scenario(
        "PostgreSQL restarted",
        Claim.CLEAN,
        ("postgresql",),
        _restarts,
    ),
    Scenario(
        "clocks stepped by an hour, a day",
        Claim.CLEAN,
        BOTH,
        lambda name, at: scenarios.clock_steps(name, at.url, at.place, channels=10, repeats=at.many(2)),
    ),
    Scenario("disk full", Claim.CLEAN, ("sqlite",), _disk_full),
    Scenario(
        "SIGTERM",
        Claim.CLEAN,
        BOTH,
        lambda name, at: scenarios.terminations(name, at.url, at.place, channels=60, count=at.many(25)),
    ),
    Scenario(
        "1,000 channels in one minute",
        Claim.CLEAN,
        BOTH,
        lambda name, at: scenarios.same_minute(name, at.url, at.place, channels=at.many(1000), faster=6),
    ),
    Scenario(
        "control: APScheduler, shared store",
        Claim.FAILS,
        BOTH,
        lambda name, at: scenarios.naive(name, at.url, at.place, channels=at.many(100)),
    ),
    Scenario(
        "control: no read-back",
        Claim.FAILS,
        BOTH,
        lambda name, at: scenarios.no_read_back(name, at.url, at.place, channels=at.many(40)),
    ),
    Scenario(
        "control: quarantine too short",
        Claim.FAILS,
        BOTH,
        lambda name, at: scenarios.short_quarantine(name, at.url, at.place, channels=at.many(40)),
    ),
)


async def play(only: str, scale: float) -> AsyncIterator[tuple[Scenario, Figures]]:
    """Run the scenarios whose names or databases contain `only`, on every database there is."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres()) if has_postgres() else None
        for number, scenario in enumerate(SCENARIOS):
            chosen = [base for base in scenario.databases if only in f"{scenario.name}, {base}"]
            if server is None:
                chosen = [base for base in chosen if base == "sqlite"]
            for bases in [chosen] if scenario.together else [[base] for base in chosen]:
                with ExitStack() as folders:
                    grounds = [_ground(base, number, folders.enter_context(folder()), scale, server) for base in bases]
                    runs = [scenario.run(f"{scenario.name}, {ground.database}", ground) for ground in grounds]
                    for figures in await asyncio.gather(*runs):
                        yield scenario, figures


def _ground(database: str, number: int, place: Path, scale: float, server: Postgres | None) -> Ground:
    url = sqlite_url(place) if database == "sqlite" or server is None else server.url(f"chaos_{number}")
    return Ground(database, url, place, scale, server)
