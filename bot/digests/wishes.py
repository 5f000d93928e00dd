"""What is asked of a digest's settings, and what is kept of it: the rules, without Slack and without the database. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.views.ids import BlockId
from jobs.errors import ScheduleError
from jobs.periods import Frequency, Period, Schedule, next_due
from jobs.ports import Status
from jobs.subscriptions import Assurance, Form, Subscription

MONDAY: Final = 1
NINE: Final = dt.time(9)
UTC_ZONE: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and about which channel; Slack's ids."""

    team: str
    channel: str
    user: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form as it was submitted. `assurance` is None where it was not asked for."""

    channel: str
    schedule: Schedule
    topics: tuple[str, ...]
    form: Form
    skip_unchanged: bool
    assurance: Assurance | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a form, in plain text, and the block to show it at."""

    block: BlockId
    text: str


def usual(asked: Asked, zone: str, now: dt.datetime) -> Subscription:
    """What is turned on when nothing is said: a brief one, Mondays at nine where the asker is (in UTC if nobody knows)."""
    try:
        schedule = Schedule(Frequency.WEEKLY, MONDAY, NINE, zone)
    except ScheduleError:
        schedule = Schedule(Frequency.WEEKLY, MONDAY, NINE, UTC_ZONE)
    return Subscription(
        team=asked.team,
        channel=asked.channel,
        owner=asked.user,
        schedule=schedule,
        topics=(),
        form=Form.BRIEF,
        skip_unchanged=False,
        assurance=Assurance.AT_MOST_ONCE,
        paused=None,
        since=now,
    )


def coming(subscription: Subscription, last: Status | None, now: dt.datetime) -> tuple[Period, dt.datetime]:
    """The next period that will have a digest: not the one that had its own early."""
    period, due = next_due(subscription.schedule, now)
    return next_due(subscription.schedule, due) if last is not None and last.period == period else (period, due)


def same(existing: Subscription, asked: Asked, wanted: Wanted) -> bool:
    """Whether this very form was saved a moment ago: Slack delivers more than once."""
    said = (existing.owner, existing.schedule, existing.topics, existing.form, existing.skip_unchanged)
    return said == (asked.user, wanted.schedule, wanted.topics, wanted.form, wanted.skip_unchanged)


def merged(existing: Subscription | None, asked: Asked, wanted: Wanted, now: dt.datetime) -> Subscription:
    """What is saved. Who turned it on stays its owner, and what is due stays due unless the time itself was changed."""
    keeps = existing is not None and existing.paused is None and existing.schedule == wanted.schedule
    return Subscription(
        team=asked.team,
        channel=wanted.channel,
        owner=existing.owner if existing else asked.user,
        schedule=wanted.schedule,
        topics=wanted.topics,
        form=wanted.form,
        skip_unchanged=wanted.skip_unchanged,
        assurance=wanted.assurance or (existing.assurance if existing else Assurance.AT_MOST_ONCE),
        paused=None,
        since=existing.since if existing and keeps else now,
    )
