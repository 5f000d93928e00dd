"""The scheduler is a clock: it wakes at the times that it is told, and keeps nothing."""

import ast
import asyncio
import gc
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.base import BaseScheduler

from jobs.scheduler import Clock

LONG = timedelta(hours=1)


async def test_it_wakes_when_something_is_due_next() -> None:
    """A time that was returned wakes before the interval is over; None does not."""
    times = []
    second = asyncio.Event()

    async def wake() -> datetime | None:
        times.append(datetime.now(UTC))
        if len(times) == 2:
            second.set()
        return times[0] + timedelta(milliseconds=80) if len(times) == 1 else None

    async with asyncio.timeout(5), Clock().every(LONG, wake):
        await second.wait()
        await asyncio.sleep(0.1)

    assert len(times) == 2
    assert times[1] - times[0] >= timedelta(milliseconds=80)


async def test_a_time_that_has_passed_wakes_at_once() -> None:
    """What became due while the last call ran is not dropped, however long ago that is."""
    calls = asyncio.Semaphore(0)

    async def wake() -> datetime:
        calls.release()
        return datetime.now(UTC) - LONG

    async with asyncio.timeout(5), Clock().every(LONG, wake):
        for _ in range(3):
            await calls.acquire()


async def test_never_twice_at_once_and_no_complaint(caplog: pytest.LogCaptureFixture) -> None:
    """A call that outlasts the interval is followed by one more, not joined by others, and nothing is logged."""
    running, most, calls = 0, 0, 0

    async def wake() -> None:
        nonlocal running, most, calls
        running, calls = running + 1, calls + 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1

    async with asyncio.timeout(5), Clock().every(timedelta(milliseconds=5), wake):
        await asyncio.sleep(0.3)

    assert most == 1
    assert 3 <= calls <= 8
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_leaving_waits_no_longer_than_its_grace(caplog: pytest.LogCaptureFixture) -> None:
    """A call that does not end is cut off, and the log says so."""
    begun, ended = asyncio.Event(), []

    async def wake() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async with asyncio.timeout(5), Clock().every(LONG, wake, grace=0.05):
        await begun.wait()

    assert ended == [True]
    assert "cut off" in caplog.text


async def test_its_job_store_is_memory() -> None:
    """While it runs, its only job store is the one that is gone with the process, and its zone is UTC."""

    async def wake() -> None:
        pass

    async with Clock().every(LONG, wake):
        schedulers = [each for each in gc.get_objects() if isinstance(each, BaseScheduler) and each.running]
        stores = [store for each in schedulers for store in each._jobstores.values()]  # noqa: SLF001 - no public name
        zones = [str(each.timezone) for each in schedulers]

    assert [type(store) for store in stores] == [MemoryJobStore]
    assert zones == ["UTC"]


def test_no_persistent_job_store_is_ever_configured(root: Path) -> None:
    """One module imports APScheduler, only its scheduler, and nothing names a job store."""
    imports = {}
    for path in (path for room in ("bot", "jobs", "knowledge") for path in (root / room).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        names = [name for node in ast.walk(ast.parse(source)) for name in _imported(node)]
        if found := [name for name in names if name.split(".")[0] == "apscheduler"]:
            imports[path.relative_to(root).as_posix()] = found
        assert "jobstore" not in source.lower().replace("job store", ""), path

    assert imports == {"jobs/scheduler.py": ["apscheduler.schedulers.asyncio"]}


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module):
            return [module or ""]
    return []
