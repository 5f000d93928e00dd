"""Where a scenario runs: a Slack, a database, worker processes, and somebody who kills them; then the count.

What was lost or doubled is counted from what Slack accepted alone; the ledger is not asked.
"""

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.engine import open_database
from bot.storage.schema import delivery
from bot.storage.subscriptions import Subscriptions
from jobs.periods import Frequency, Schedule, next_due
from jobs.subscriptions import Assurance, Form, Subscription
from tests.chaos import controls, worker
from tests.chaos.orders import Clocks, Orders
from tests.chaos.slack import FakeSlack, Faults

SCHEDULE: Final = Schedule(Frequency.WEEKLY, 1, dt.time(9), "UTC")
# Alembic keeps what it migrates in a module, so a process can open one database at a time.
_MIGRATING: Final = asyncio.Lock()
_OPEN: Final = ("due", "claimed", "sending")


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out. `doubled` counts messages that Slack ever had twice; `left` those that are there twice at the end."""

    name: str
    due: int
    lost: int
    doubled: int
    left: int
    kills: int = 0
    freezes: int = 0
    seconds: float = 0
    note: str = ""

    @property
    def is_clean(self) -> bool:
        """The claim: nothing lost, nothing doubled."""
        return self.lost == 0 and self.doubled == 0


@dataclass(slots=True)
class Field:
    """A scenario under way."""

    slack: FakeSlack
    engine: AsyncEngine
    orders: Orders
    expected: set[str] = field(default_factory=set)
    kills: int = 0
    freezes: int = 0
    began: float = field(default_factory=time.monotonic)
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - chance, not secrets
    _workers: list[ForkServerProcess] = field(default_factory=list)
    _channels: list[tuple[str, str]] = field(default_factory=list)
    _due: dt.datetime = field(default_factory=lambda: next_due(SCHEDULE, dt.datetime.now(dt.UTC))[1])

    @property
    def clocks(self) -> Clocks:
        """What the workers take for the time."""
        return self.orders.clocks

    @property
    def arrived(self) -> int:
        """How many of the expected messages Slack has accepted."""
        return len(self.expected & self.slack.accepted)

    @property
    def workers(self) -> list[ForkServerProcess]:
        """Those that are alive."""
        self._workers = [process for process in self._workers if process.is_alive()]
        return self._workers

    async def subscribe(self, channels: int) -> None:
        """Subscribe so many channels of each workspace; the first digest is due a second from now."""
        table = Subscriptions(self.engine)
        for team in self.orders.teams:
            for number in range(channels):
                channel = f"C{team}-{number}"
                await table.save(_subscription(team, channel, self._due - dt.timedelta(minutes=1)))
                self._channels.append((team, channel))

    def channels(self) -> list[str]:
        """Their ids."""
        return [channel for _, channel in self._channels]

    def let_it_be_due(self, weeks: int) -> None:
        """Turn the calendar to just before the digest of so many weeks after the first, and expect it."""
        due = self._due + dt.timedelta(weeks=weeks)
        year, week, _ = due.isocalendar()
        parts = range(self.orders.parts)
        self.expected |= {f"{channel} {year}-W{week:02} {part}" for channel in self.channels() for part in parts}
        self.clocks.set(calendar=due.timestamp() - time.time() - 0.5, database=self.clocks.database)

    def start(self, workers: int, **changes: object) -> None:
        """Start so many worker processes."""
        orders = replace(self.orders, **changes)  # type: ignore[arg-type]  # names are the scenario's
        for _ in range(workers):
            self._start(worker.main, orders)

    def start_naive(self, workers: int, due: dt.datetime) -> None:
        """Start so many processes of the negative control."""
        orders = self.orders
        for _ in range(workers):
            self._start(controls.main, orders.database, orders.slack, self._channels, due, orders.parts)

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        context = multiprocessing.get_context("forkserver")
        # Imported once, and forked from then on; a child imports the main module too, which may be pytest.
        preload = ["tests.chaos.worker", "tests.chaos.controls", *({"pytest"} & sys.modules.keys())]
        context.set_forkserver_preload(preload)
        process = context.Process(target=target, args=arguments, daemon=True)
        process.start()
        self._workers.append(process)

    def kill(self) -> None:
        """Kill -9 one of the workers, and start another."""
        process = self.chance.choice(self.workers)
        process.kill()
        process.join()
        self.kills += 1
        self.start(1)

    async def freeze(self, seconds: float) -> None:
        """SIGSTOP one of the workers for a while."""
        pid = self.chance.choice(self.workers).pid or 0
        os.kill(pid, signal.SIGSTOP)
        self.freezes += 1
        await asyncio.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    async def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so; whether it was, in time."""
        ends = time.monotonic() + seconds
        while not done():
            if time.monotonic() > ends:
                return False
            await asyncio.sleep(0.02)
        return True

    async def complete(self, seconds: float) -> bool:
        """Wait until everything that was expected has arrived; in vain when for so long nothing did."""
        while (missing := len(self.expected) - self.arrived) > 0:
            if not await self.until(lambda: len(self.expected) - self.arrived < missing, seconds):
                return False
        return True

    async def settled(self, seconds: float) -> bool:
        """Wait until everything has arrived, and every row of the ledger has its end."""
        return await self.complete(seconds) and await self._without(delivery.c.state.in_(_OPEN), seconds)

    async def drained(self, seconds: float) -> bool:
        """The same, and until the sweep has nothing to look at any more."""
        return await self.settled(seconds) and await self._without(delivery.c.sweep_at.is_not(None), seconds)

    async def _without(self, such: ColumnElement[bool], seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            async with self.engine.connect() as connection:
                if (await connection.execute(select(delivery.c.key).where(such).limit(1))).first() is None:
                    return True
            await asyncio.sleep(0.1)
        return False

    def end(self) -> None:
        """Kill what still runs."""
        for process in self.workers:
            process.kill()
            process.join()

    def figures(self, name: str, note: str = "") -> Figures:
        """The count."""
        seen, shown = self.slack.seen(), self.slack.shown()
        return Figures(
            name,
            due=len(self.expected),
            lost=len(self.expected - set(seen)),
            doubled=sum(seen[one] > 1 for one in self.expected),
            left=sum(shown[one] > 1 for one in self.expected),
            kills=self.kills,
            freezes=self.freezes,
            seconds=time.monotonic() - self.began,
            note=note,
        )


@asynccontextmanager
async def a_field(
    url: str,
    place: Path,
    *,
    teams: int = 4,
    faults: Faults = Faults(),  # noqa: B008 - frozen
    seed: int = 0,
    **orders: object,
) -> AsyncIterator[Field]:
    """A Slack with these faults and a migrated database; whatever workers are left at the end are killed."""
    async with FakeSlack(faults, seed) as slack:
        async with _MIGRATING:
            engine = await open_database(url)
        names = tuple(f"T{number}" for number in range(teams))
        made = Orders(database=url, slack=slack.url, teams=names, folder=str(place), **orders)  # type: ignore[arg-type]
        ground = Field(slack, engine, made)
        try:
            yield ground
        finally:
            ground.end()
            await engine.dispose()


def sqlite_url(place: Path) -> str:
    """A file in a folder."""
    return f"sqlite:///{place / 'desk.sqlite3'}"


async def run_sql(engine: AsyncEngine, *statements: str) -> None:
    """Do something to a database behind everybody's back."""
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def frozen(place: Path) -> Iterator[tuple[str, int]]:
    """Who froze at a failpoint: the mark, and the process."""
    for mark in place.glob("struck *"):
        pid, number = mark.read_text(encoding="utf-8").split() or ("0", "0")
        if int(number) == signal.SIGSTOP:
            yield mark.name, int(pid)


def longest_block(place: Path) -> tuple[float, float]:
    """The longest time for which a watched loop was blocked, in milliseconds: by the clock, and by work of its own."""
    marks = [mark.name.split() for mark in place.glob("blocked *")]
    return max(float(clock) for _, clock, _ in marks), max(float(work) for _, _, work in marks)


def _subscription(team: str, channel: str, since: dt.datetime) -> Subscription:
    return Subscription(
        team,
        channel,
        "U1",
        SCHEDULE,
        (),
        Form.FULL,
        skip_unchanged=False,
        assurance=Assurance.AT_MOST_ONCE,
        paused=None,
        since=since,
    )
