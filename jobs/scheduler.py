"""The only import of APScheduler: a clock that wakes other code and decides nothing.

Its job store is memory and its zone is UTC. What is due, and whether it was done, is never its business: a job store in a
database would fire every job in every process that shares it, and lose those whose process dies while they run.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

# The default of one second would drop a run whenever the loop is busy.
_NEVER_TOO_LATE: Final = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
_GRACE: Final = 14.0  # a process that is asked to end has fifteen

_log = logging.getLogger(__name__)


class Clock:
    """Calls a coroutine function again and again on the running loop."""

    @asynccontextmanager
    async def every(
        self, interval: timedelta, wake: Callable[[], Awaitable[datetime | None]], *, grace: float = _GRACE
    ) -> AsyncIterator[None]:
        """Wake `wake` now, after each `interval`, and at the time that it returned, if any; never twice at once.

        What comes due while it runs wakes it once more. A call that raises is logged. Leaving lets the last call finish,
        for `grace` seconds at most.
        """
        due, leaving = asyncio.Event(), asyncio.Event()
        due.set()
        scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=_NEVER_TOO_LATE)
        scheduler.add_job(_set, "interval", seconds=interval.total_seconds(), args=[due])
        scheduler.start()

        async def run() -> None:
            while True:
                await due.wait()
                if leaving.is_set():
                    return
                due.clear()
                following = await _woken(wake)
                if following is not None:
                    scheduler.add_job(_set, "date", run_date=following, args=[due], id="next", replace_existing=True)

        running = asyncio.create_task(run())
        try:
            yield
        finally:
            # APScheduler's own shutdown cancels what runs, whatever it is told; so nothing of ours runs in it.
            leaving.set()
            due.set()
            try:
                async with asyncio.timeout(grace):
                    await running
            except TimeoutError:
                _log.warning("a periodic task did not end within %g seconds and was cut off", grace)
            finally:
                scheduler.shutdown(wait=False)


async def _set(event: asyncio.Event) -> None:
    """A coroutine, since APScheduler runs plain functions in a thread."""
    event.set()


async def _woken(wake: Callable[[], Awaitable[datetime | None]]) -> datetime | None:
    try:
        return await wake()
    except Exception:  # noqa: BLE001 - the next time comes all the same
        _log.exception("a periodic task failed")
        return None
