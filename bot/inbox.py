"""Work that calls Slack or writes: done after the acknowledgement, once, and never more of it than fits.

Slack wants an answer within three seconds and delivers an event again when it gets none. So a listener only hands over
a `Task` here and returns; a few workers do the work. The queue is bounded: a full one declines at once, and a small
lane of its own tells the asker to try again, since the workers are busy.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol, Self

from bot.errors import OverloadError, WorkspaceLeftError
from bot.views import notices
from bot.views.message import Message

LANE_SIZE: Final = 50

_log = logging.getLogger(__name__)


class SeenKeys(Protocol):
    """Which deliveries were handled (`bot.storage.store.Store` is one)."""

    async def claim(self, team: str, key: str) -> bool:
        """Whether this delivery is ours to handle."""

    async def done(self, team: str, key: str) -> None:
        """It was handled."""

    async def release(self, team: str, key: str) -> None:
        """It failed; another delivery may try again."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work for one delivery.

    `key` names the delivery within the workspace `team`; None when doing it twice does no harm. `tell` gives the asker
    a private word; None when nobody asked, and then the log alone has it that the work failed.
    """

    team: str
    key: str | None
    run: Callable[[], Awaitable[None]]
    tell: Callable[[Message], Awaitable[None]] | None = None


class Inbox:
    """A bounded queue and its workers: ``async with Inbox(...)`` starts them, leaving drains the queue."""

    def __init__(self, seen: SeenKeys, *, size: int, workers: int, drain_seconds: float = 10) -> None:
        self._seen = seen
        self._size = size
        self._workers = workers
        self._drain_seconds = drain_seconds
        self._queue: asyncio.Queue[Task] = asyncio.Queue(size)
        self._lane: asyncio.Queue[Task] = asyncio.Queue(LANE_SIZE)
        self._running: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._running = [asyncio.create_task(self._work()) for _ in range(self._workers)]
        self._running.append(asyncio.create_task(self._decline()))
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            async with asyncio.timeout(self._drain_seconds):
                await self._queue.join()
                await self._lane.join()
        except TimeoutError:
            _log.warning("stopped with %d requests unfinished", self._queue.qsize() + self._lane.qsize())
        for worker in self._running:
            worker.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def offer(self, task: Task) -> None:
        """Queue the task, or have the asker told that the desk is busy.

        Raises:
            OverloadError: there is not even room to say so; the delivery should be refused, so that Slack repeats it.
        """
        try:
            self._queue.put_nowait(task)
        except asyncio.QueueFull:
            try:
                self._lane.put_nowait(task)
            except asyncio.QueueFull:
                raise OverloadError(self._size) from None

    async def _work(self) -> None:
        while True:
            task = await self._queue.get()
            try:
                await _handle(self._seen, task)
            except WorkspaceLeftError:
                _log.info("a request was left alone: the app was removed from its workspace")
            except Exception:  # noqa: BLE001 - a worker outlives whatever one task does
                await self._report(task)
            finally:
                self._queue.task_done()

    async def _report(self, task: Task) -> None:
        reference = new_reference()
        _log.exception("reference %s: a request failed", reference)
        await self._tell(task, notices.failed(reference))

    async def _decline(self) -> None:
        while True:
            task = await self._lane.get()
            _log.warning("the queue of %d is full; a request was declined", self._size)
            await self._tell(task, notices.busy())
            self._lane.task_done()

    async def _tell(self, task: Task, message: Message) -> None:
        if task.tell is None:
            return
        try:
            await task.tell(message)
        except Exception:  # noqa: BLE001 - the asker cannot be reached; the log is all that is left
            _log.exception("a notice could not be delivered")


async def once(seen: SeenKeys, team: str, key: str, run: Callable[[], Awaitable[None]]) -> None:
    """Run unless this delivery was handled before; a failure, even a cancelled run, lets a second delivery try again."""
    if not await seen.claim(team, key):
        return
    try:
        await run()
    except BaseException:
        await seen.release(team, key)
        raise
    await seen.done(team, key)


async def _handle(seen: SeenKeys, task: Task) -> None:
    if task.key is None:
        await task.run()
    else:
        await once(seen, task.team, task.key, task.run)


def new_reference() -> str:
    """What a reader quotes and the log carries: eight hexadecimal digits."""
    return secrets.token_hex(4)
