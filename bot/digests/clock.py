"""When the delivery of digests looks: by the clock, and at once when somebody asked for something."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from jobs.scheduler import Clock

_log = logging.getLogger(__name__)


class DigestClock:
    """`tick` looks once and returns when something is due next; it never runs twice at the same time."""

    def __init__(self, tick: Callable[[], Awaitable[dt.datetime | None]]) -> None:
        self._tick = tick
        self._turn = asyncio.Lock()
        self._asked = asyncio.Event()
        self._is_leaving = False

    def nudge(self) -> None:
        """Look at once; in vain while it is not running."""
        self._asked.set()

    @asynccontextmanager
    async def running(self, interval: dt.timedelta) -> AsyncIterator[None]:
        """Look every `interval`, at the times that `tick` returned, and when nudged. Leaving lets the last look finish."""
        async with Clock().every(interval, self._look):
            nudged = asyncio.create_task(self._when_nudged())
            try:
                yield
            finally:
                self._is_leaving = True
                self._asked.set()
                await nudged

    async def _when_nudged(self) -> None:
        while True:
            await self._asked.wait()
            if self._is_leaving:
                return
            self._asked.clear()
            try:
                await self._look()
            except Exception:  # noqa: BLE001 - the next look comes all the same
                _log.exception("a look for digests failed")

    async def _look(self) -> dt.datetime | None:
        async with self._turn:
            return await self._tick()
