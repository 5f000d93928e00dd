"""The only import of APScheduler: a clock that wakes other code and decides nothing.

Its job store is memory and its zone is UTC. What is due, and whether it was done, is never its business.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Clock:
    """Calls a coroutine function again and again on the running loop."""

    @contextmanager
    def hourly(self, wake: Callable[[], Awaitable[Any]]) -> Iterator[None]:
        """Wake `wake` every hour until the context is left."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(wake, "interval", hours=1, coalesce=True, max_instances=1, misfire_grace_time=None)
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
