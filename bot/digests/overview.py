"""Somebody's digests: those they turned on, and those of channels that they are in as far as Slack tells."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Final

from bot.digests.wishes import coming
from bot.slack.directory import Directory, Person
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from bot.views.home import Digests, Entry
from jobs.periods import next_due
from jobs.subscriptions import ON_REQUEST, Subscription

MOST: Final = 5  # that are shown at once


class Overview:
    """`clock` gives seconds since 1970."""

    def __init__(
        self, subscriptions: Subscriptions, ledger: Ledger, directory: Directory, clock: Callable[[], float]
    ) -> None:
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._directory = directory
        self._clock = clock

    async def of(self, team: str, user: str, start: int = 0) -> Digests:
        """A few of them: their own first, and of those what cannot be posted, then what comes next.

        A guest, or somebody of whom Slack tells nothing, sees no others.

        Raises:
            LedgerError: the database cannot be read.
        """
        person, channels = await asyncio.gather(self._directory.person(user), self._directory.channels_of(user))
        if person is None or person.is_guest:
            channels = ()
        now = dt.datetime.fromtimestamp(self._clock(), dt.UTC)
        found = await self._subscriptions.of_person(team, user, channels)
        found.sort(key=lambda one: (one.owner != user, *_urgency(one, now)))
        start = start if start < len(found) else 0
        entries = [await self._entry(one, user, person, now) for one in found[start : start + MOST]]
        return Digests(tuple(entries), start, len(found))

    async def _entry(self, subscription: Subscription, user: str, person: Person | None, now: dt.datetime) -> Entry:
        last = await self._ledger.status(subscription.team, subscription.channel)
        is_own = subscription.owner == user
        return Entry(
            subscription,
            coming(subscription, last, now)[1] if subscription.paused is None else None,
            last,
            is_own,
            may_change=is_own or (person is not None and person.is_admin),
        )


def _urgency(subscription: Subscription, now: dt.datetime) -> tuple[int, dt.datetime]:
    """A key that sorts what needs somebody's help first, then what comes next, and last what rests on request."""
    due = next_due(subscription.schedule, now)[1]
    if subscription.paused is None:
        return 1, due
    return (2 if subscription.paused == ON_REQUEST else 0), due
