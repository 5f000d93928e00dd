"""When a digest is due: an ISO week or a month, a weekday, a wall-clock time and a zone -> one instant.

A week has one due time, on its weekday; a month has one, on the first such weekday. Wall-clock times that a zone skips (the
gap of a clock put forward) mean the same time by the clock before, so they fall just after the gap; times that come
twice (the fold of a clock put back) mean the first. So every period is due exactly once. Pure: the rules of the zones
are those of `zoneinfo`, and the time is an argument.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jobs.errors import ScheduleError

Period: TypeAlias = str  # "2026-W48", a week of ISO 8601, or "2026-11", a month

WEEK: Final = dt.timedelta(days=7)
_WEEK: Final = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_NO_ZONES: Final = {"localtime", "posix", "posixrules", "right"}  # in the folders of some machines, and of no place


class Frequency(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A wall-clock time `at` (to the minute) on a `weekday` (ISO: Monday is 1) in a `zone` of the IANA database.

    Raises:
        ScheduleError: when one of them does not exist.
    """

    frequency: Frequency
    weekday: int
    at: dt.time
    zone: str

    def __post_init__(self) -> None:
        if not 1 <= self.weekday <= 7:  # noqa: PLR2004 - the days of a week
            raise ScheduleError(f"{self.weekday} is no day of the week: 1 is Monday and 7 is Sunday.")
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise ScheduleError(f"{self.at} is not a time of day to the minute, such as 09:00.")
        _zone(self.zone)


def due_at(schedule: Schedule, period: Period) -> dt.datetime:
    """The instant (UTC) at which the digest of a period is due.

    Raises:
        ScheduleError: the period is none, or not of this frequency.
    """
    first, _ = span(period)
    if _frequency(period) is not schedule.frequency:
        raise ScheduleError(f"{period} is not a period of a {schedule.frequency} digest.")
    day = first + dt.timedelta(days=(schedule.weekday - first.isoweekday()) % 7)
    # fold=0 is the first of two; in a gap it is the offset before it, which leads past the gap.
    return dt.datetime.combine(day, schedule.at, _zone(schedule.zone)).astimezone(dt.UTC)


def period_of(schedule: Schedule, instant: dt.datetime) -> Period:
    """The week or month in which an instant falls, by the calendar of the zone."""
    return _period(schedule.frequency, instant.astimezone(_zone(schedule.zone)).date())


def next_due(schedule: Schedule, after: dt.datetime) -> tuple[Period, dt.datetime]:
    """The first period that is due later than `after`, and when."""
    return next((period, due) for period, due in _around(schedule, after) if due > after)


def latest_due(schedule: Schedule, at_or_before: dt.datetime) -> tuple[Period, dt.datetime]:
    """The last period that was due by then, and when."""
    return [(period, due) for period, due in _around(schedule, at_or_before) if due <= at_or_before][-1]


def span(period: Period) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period.

    Raises:
        ScheduleError: the text is no period.
    """
    try:
        if match := _WEEK.fullmatch(period):
            first = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return first, first + WEEK - dt.timedelta(days=1)
        if match := _MONTH.fullmatch(period):
            first = dt.date(int(match[1]), int(match[2]), 1)
            return first, _month_after(first, 1) - dt.timedelta(days=1)
    except ValueError:
        pass  # of the right form, but not in the calendar
    raise ScheduleError(f"{period[:20]!r} is neither a week such as 2026-W48 nor a month such as 2026-11.")


def _around(schedule: Schedule, instant: dt.datetime) -> Iterator[tuple[Period, dt.datetime]]:
    """Periods and due times about an instant, in order.

    Two to each side: a gap may push a due time into the next period, and a fold about midnight may put the calendar
    back into the last one.
    """
    first, _ = span(period_of(schedule, instant))
    for steps in range(-2, 3):
        weekly = schedule.frequency is Frequency.WEEKLY
        period = _period(schedule.frequency, first + steps * WEEK if weekly else _month_after(first, steps))
        yield period, due_at(schedule, period)


def _period(frequency: Frequency, day: dt.date) -> Period:
    if frequency is Frequency.MONTHLY:
        return f"{day.year:04}-{day.month:02}"
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _frequency(period: Period) -> Frequency:
    return Frequency.WEEKLY if "W" in period else Frequency.MONTHLY


def _month_after(first: dt.date, steps: int) -> dt.date:
    """The first of a month so many months later."""
    months = first.year * 12 + first.month - 1 + steps
    return dt.date(months // 12, months % 12 + 1, 1)


def _zone(name: str) -> ZoneInfo:
    try:
        if name.partition("/")[0] not in _NO_ZONES:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is an OSError
        pass
    raise ScheduleError(f"{name[:60]!r} is no time zone of the IANA database, such as Asia/Baghdad.")
