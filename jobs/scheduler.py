"""The only import of APScheduler: a clock that wakes other code and decides nothing.

Its job store is memory and its zone is UTC. What is due, and whether it was done, is never its business.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Clock:
    """Calls a coroutine function again and again on the running loop."""

    @asynccontextmanager
    async def every(self, interval: timedelta, wake: Callable[[], Awaitable[Any]]) -> AsyncIterator[None]:
        """Wake `wake` now and after each `interval`, one at a time; leaving lets the last call finish."""
        idle = asyncio.Event()
        idle.set()

        async def run() -> None:
            idle.clear()
            try:
                await wake()
            finally:
                idle.set()

        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(
            run,
            "interval",
            seconds=interval.total_seconds(),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # the default of one second would drop a run whenever the loop is busy
        )
        scheduler.start()
        try:
            yield
        finally:
            # APScheduler's own shutdown cancels what runs, whatever it is told; so nothing may run by then.
            scheduler.pause()
            await asyncio.sleep(0)  # a call that was submitted just now begins
            await idle.wait()
            scheduler.shutdown(wait=False)
