"""Writing down what is due: from the subscriptions alone, as often as anybody likes."""

import asyncio
import datetime as dt
from collections import Counter
from typing import Final

from jobs.periods import Period, next_due
from jobs.ports import Due, Ledger, Subscriptions
from jobs.rates import spread
from jobs.subscriptions import Subscription
from jobs.timing import Timing

_AT_ONCE: Final = 100  # rows a transaction, and subscriptions between two breaths of the event loop
_MINUTE: Final = dt.timedelta(minutes=1)  # schedules are to the minute


class Planner:
    """Plans every digest once it is due. What it remembers is when each subscription is due next, and only to save work."""

    def __init__(self, ledger: Ledger, subscriptions: Subscriptions, timing: Timing) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._timing = timing
        self._next: dict[Subscription, dt.datetime] = {}

    async def plan(self, now: dt.datetime, *, expires: bool) -> dt.datetime | None:
        """Write down what is due by `now`; returns when the next digest is due.

        What is older than `Timing.expiry` is written down as expired, if the clock can be trusted (`expires`).

        Raises:
            LedgerError: the database cannot be used; planning again later loses nothing.
        """
        coming: dict[Subscription, dt.datetime] = {}
        due: list[tuple[Subscription, Period, dt.datetime]] = []
        async for subscription in self._subscriptions.active():
            known = self._next.get(subscription)
            if known is not None and known > now:
                coming[subscription] = known
                continue
            periods, coming[subscription] = _missing(subscription, now, self._timing.catch_up)
            due += [(subscription, period, at) for period, at in periods]
            if len(coming) % _AT_ONCE == 0:
                await asyncio.sleep(0)
        rows = self._rows(due, now if expires else None)
        for start in range(0, len(rows), _AT_ONCE):
            await self._ledger.plan(rows[start : start + _AT_ONCE])
        self._next = coming  # not before the rows are there
        return min(coming.values(), default=None)

    def _rows(self, due: list[tuple[Subscription, Period, dt.datetime]], now: dt.datetime | None) -> list[Due]:
        together = Counter((subscription.team, at) for subscription, _, at in due)
        expiry = dt.timedelta(seconds=self._timing.expiry)
        rows = []
        for subscription, period, at in due:
            team, channel = subscription.team, subscription.channel
            wait = dt.timedelta(seconds=spread(team, channel, together[team, at], self._timing.rate))
            late = now is not None and at + expiry < now
            rows.append(Due(team, channel, period, at, at + wait, late))
        return rows


def _missing(
    subscription: Subscription, now: dt.datetime, catch_up: float
) -> tuple[list[tuple[Period, dt.datetime]], dt.datetime]:
    """The periods that were due since the subscription was made, a month or so at most, and when the next one is."""
    periods = []
    after = max(subscription.since, now - dt.timedelta(seconds=catch_up))
    period, due = next_due(subscription.schedule, after)
    while due <= now:
        if due >= subscription.since:
            periods.append((period, due))
        period, due = next_due(subscription.schedule, due + _MINUTE)
    return periods, due
