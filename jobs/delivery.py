"""Delivering every digest once: plan, claim, `sending`, posted; and what was in doubt is read back first.

::

    due -> claimed -> sending -> posted | failed          expired, skipped: never sent
     ^        |          |
     +--------+----------+  certainly not sent

Nothing is lost, since a row stays until its end is written down, and any worker takes over what another left. Nothing
comes twice, since `sending` is committed before the call, and what was left in `sending` is looked for in the channel
after its lease and a quarantine. One hole is left that no client can close, as Slack has no key for idempotent posts: a
process that freezes between its last look at the lease and its write to the socket, for longer than the lease. The extra
copy, one at most for each such freeze, is found and removed by the sweep.
"""

import asyncio
import datetime as dt
import logging
import math
import os
import secrets
import time
from collections.abc import Callable
from typing import Final

from jobs.periods import period_of
from jobs.planning import Planner
from jobs.ports import Claim, Composer, Due, Ledger, LedgerError, Publisher, Subscriptions
from jobs.recovery import Recovery
from jobs.sending import Means, Sender
from jobs.steadiness import Steadiness
from jobs.subscriptions import Subscription
from jobs.timing import Timing

_SHORTEST: Final = 0.05  # seconds between two questions whether there is something to claim

_log = logging.getLogger(__name__)


class Delivery:
    """One worker; any number of them may share a ledger. `clock` gives the time that due times are compared with."""

    def __init__(
        self,
        ledger: Ledger,
        subscriptions: Subscriptions,
        publisher: Publisher,
        compose: Composer,
        *,
        clock: Callable[[], dt.datetime],
        timing: Timing = Timing(),  # noqa: B008 - frozen
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._means = Means(ledger, subscriptions, publisher, compose, timing, clock, monotonic)
        self._planner = Planner(ledger, subscriptions, timing)
        self._sender = Sender(self._means)
        self._recovery = Recovery(self._means, self._sender)
        # A database whose clock was put forward declares leases over that are not; so after a jump, and after a start, what
        # is in doubt waits as long as anybody may be at it.
        self._leases = Steadiness(timing.lease + timing.quarantine, monotonic, trusted=False)
        self._worker = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._is_down = False

    async def tick(self) -> dt.datetime | None:
        """Do what is to be done now, for about `Timing.tick` seconds at most; returns when something is due next.

        Without the database nothing is done, and nothing is posted; the next tick tries again.
        """
        now = self._means.clock()
        try:
            coming = await self._planner.plan(now, expires=self._sender.expires(now))
            settles = self._leases.check(await self._means.ledger.check_clock())
            await self._drain(settles=settles)
            await self._recovery.sweep()
            await self._recovery.tell_owners()
            wait = await self._means.ledger.wait(self._means.clock(), settles=settles)
        except LedgerError as error:
            self._down(error)
            return None
        if self._is_down:
            _log.info("the ledger of digests can be used again")
            self._is_down = False
        waiting = None if wait is None else self._means.clock() + dt.timedelta(seconds=wait)
        return min((at for at in (coming, waiting) if at is not None), default=None)

    async def advance(self, subscription: Subscription) -> bool:
        """Let this period's digest come now; it counts as the period's. False when it came or is on its way.

        Raises:
            LedgerError: the database cannot be used; nothing has changed.
        """
        now = self._means.clock()
        period = period_of(subscription.schedule, now)
        return await self._means.ledger.plan([Due(subscription.team, subscription.channel, period, now, now)]) > 0

    def stop(self) -> None:
        """Claim nothing more, and send nothing that is not being sent; the running tick ends within one call to Slack."""
        self._means.stopping.set()

    async def _drain(self, *, settles: bool) -> None:
        """Claim and send until the tick is over or nothing is left that may leave within it."""
        under_way: set[asyncio.Task[None]] = set()
        ends = self._means.monotonic() + self._means.timing.tick
        async with asyncio.TaskGroup() as group:
            while not self._means.stopping.is_set() and self._means.monotonic() < ends:
                try:
                    claim, wait = await self._next(settles=settles)
                except LedgerError as error:
                    self._down(error)
                    return
                if claim is not None:
                    under_way.add(group.create_task(self._handle(claim)))
                elif not under_way and self._means.monotonic() + wait > ends:
                    return
                # What has ended may have made way for the next part.
                full = len(under_way) == self._means.timing.senders
                under_way = await self._first_of(under_way, None if full else 0 if claim else wait or _SHORTEST)

    async def _next(self, *, settles: bool) -> tuple[Claim | None, float]:
        """A claim, or else how long there will be none."""
        ledger = self._means.ledger
        claim = await ledger.claim(self._worker, self._means.clock(), settles=settles)
        wait = 0 if claim else await ledger.wait(self._means.clock(), settles=settles)
        return claim, math.inf if wait is None else wait

    async def _first_of(self, under_way: set[asyncio.Task[None]], seconds: float | None) -> set[asyncio.Task[None]]:
        """Wait until one of these has ended, or so long, or until the end; returns those that go on."""
        stopping = asyncio.create_task(self._means.stopping.wait())
        timeout = None if seconds is None else min(seconds, self._means.timing.tick)
        _, going = await asyncio.wait({stopping, *under_way}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        return under_way & going

    async def _handle(self, claim: Claim) -> None:
        """Whatever happens, the lease of the claim runs out and somebody takes over."""
        try:
            if not self._leases.check(claim.at) and claim.age is not None:
                _log.warning("the database's clock jumped; what is in doubt waits once more")
            elif claim.age is not None:
                await self._recovery.recover(claim, claim.age)
            else:
                await self._sender.send(claim)
        except LedgerError as error:
            self._down(error)
        except Exception:  # noqa: BLE001 - one message must not stop the others
            _log.exception("delivering %s %s/%d went wrong", claim.channel, claim.period, claim.part)

    def _down(self, error: LedgerError) -> None:
        if not self._is_down:
            _log.error("%s", error)
            self._is_down = True
