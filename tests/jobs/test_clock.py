"""The clock that wakes other code, and what housekeeping throws away."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.engine import open_database
from bot.storage.store import Store
from jobs.housekeeping import KEEP_SEEN, forget_seen
from jobs.scheduler import Clock

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


async def test_it_wakes_at_once_and_again_until_it_is_left() -> None:
    """The first call comes without waiting, others follow, and none after the end."""
    woken = asyncio.Semaphore(0)

    async def wake() -> None:
        woken.release()

    async with asyncio.timeout(5), Clock().every(timedelta(milliseconds=20), wake):
        for _ in range(3):
            await woken.acquire()
    while not woken.locked():
        await woken.acquire()
    await asyncio.sleep(0.1)

    assert woken.locked()


async def test_a_failing_call_does_not_stop_it(caplog: pytest.LogCaptureFixture) -> None:
    """What is woken may fail; the next time comes all the same, and the log has the failure."""
    calls = asyncio.Semaphore(0)

    async def wake() -> None:
        calls.release()
        raise RuntimeError("no database")

    with caplog.at_level(logging.ERROR):
        async with asyncio.timeout(5), Clock().every(timedelta(milliseconds=20), wake):
            await calls.acquire()
            await calls.acquire()

    assert "no database" in caplog.text


async def test_leaving_lets_the_last_call_finish(caplog: pytest.LogCaptureFixture) -> None:
    """A call in progress is neither cut off nor reported as broken."""
    begun, finished = asyncio.Event(), []

    async def wake() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        finished.append(True)

    async with Clock().every(timedelta(hours=1), wake):
        await begun.wait()
    assert finished == [True]
    async with Clock().every(timedelta(hours=1), wake):
        pass  # left before the first call had a chance to begin
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_keys_are_kept_as_long_as_slack_may_deliver_again() -> None:
    """A key goes when it is older than a day and two hours, and not before."""
    times = {"gone": NOW - KEEP_SEEN - timedelta(seconds=1), "kept": NOW - KEEP_SEEN}
    engine = await open_database("sqlite://")
    for key, moment in times.items():
        await Store(engine, moment.timestamp).claim("T1", key)
    store = Store(engine, NOW.timestamp)

    assert await forget_seen(store, NOW) == 1
    assert await store.count_seen("T1") == 1
    await store.close()
