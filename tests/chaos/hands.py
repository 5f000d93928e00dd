"""The hands that do harm in the middle of a scenario, and those that put right what they must."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from tests.chaos.field import Field, frozen, run_sql
from tests.chaos.orders import TIMING

WORKERS: Final = 4
PATIENCE: Final = 90.0  # seconds without which nothing counts as lost


@asynccontextmanager
async def killer(field: Field, each: int) -> AsyncIterator[None]:
    """Kill a worker for about so many accepted messages, a moment later."""

    async def go_on() -> None:
        while True:
            goal = field.arrived + field.chance.randint(1, 2 * each - 1)
            await field.until(lambda: field.arrived >= goal, PATIENCE)  # noqa: B023 - awaited here
            await asyncio.sleep(field.chance.random() * 0.05)
            field.kill()

    killing = asyncio.create_task(go_on())
    try:
        yield
    finally:
        killing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await killing


@asynccontextmanager
async def revived(field: Field, place: Path) -> AsyncIterator[None]:
    """Let those that froze at a failpoint go on when their leases and the quarantine are over; replace the killed."""

    async def wake(pid: int) -> None:
        await asyncio.sleep(TIMING.lease + TIMING.quarantine + 0.7)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    async def go_on() -> None:
        known: set[str] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                for mark, pid in frozen(place):
                    if mark not in known:
                        known.add(mark)
                        field.freezes += 1
                        group.create_task(wake(pid))
                if len(field.workers) < WORKERS:
                    field.kills += 1
                    field.start(1)
                await asyncio.sleep(0.05)

    going = asyncio.create_task(go_on())
    try:
        yield
    finally:
        going.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await going


@asynccontextmanager
async def no_space(field: Field, home: Path, *, is_mounted: bool) -> AsyncIterator[None]:
    """Leave no block on the disk, or, where none could be mounted, restart the workers with a file that may not grow."""
    ballast = home / "ballast"
    if is_mounted:
        _fill(ballast)
    else:
        async with field.engine.connect() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        field.end()
        field.start(2, pages=pages)
    yield
    if is_mounted:
        ballast.unlink()
    else:
        field.end()
        field.start(2)


async def witness(field: Field) -> list[str]:
    """Look into the database at the moment when Slack accepts something; returns what had no row in `sending`."""
    unrecorded: list[str] = []

    async def look(key: str | None, what: str) -> None:
        async with field.engine.connect() as connection:
            row = await connection.exec_driver_sql("SELECT state FROM delivery WHERE key = ?", (key,))
            if row.scalar_one_or_none() != "sending":
                unrecorded.append(what)

    field.slack.on_accept = lambda message: look(message.key, message.text)
    return unrecorded


async def turn(field: Field, *, calendar: float, database: float) -> None:
    """Put the clock of due times and the database's so far ahead of the machine's."""
    field.clocks.set(calendar=calendar, database=database)
    if field.engine.dialect.name == "postgresql":
        await run_sql(field.engine, f"UPDATE stepped.ahead SET seconds = {database}")  # noqa: S608 - a number


async def own_clock(field: Field) -> None:
    """Let the database's clock be one that can be stepped: a function of the same name, found first."""
    name = field.engine.url.database
    await run_sql(
        field.engine,
        "CREATE SCHEMA stepped",
        "CREATE TABLE stepped.ahead (seconds double precision)",
        "INSERT INTO stepped.ahead VALUES (0)",
        "CREATE FUNCTION stepped.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS "
        "'SELECT pg_catalog.clock_timestamp() + make_interval(secs => seconds) FROM stepped.ahead'",
        f"ALTER DATABASE {name} SET search_path = stepped, public, pg_catalog",
    )
    await field.engine.dispose()


def _fill(ballast: Path) -> None:
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
