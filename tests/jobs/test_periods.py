"""When a digest is due: once a period, in every zone, at every quarter of an hour, for ten years."""

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.errors import ScheduleError
from jobs.periods import Frequency, Schedule, due_at, latest_due, next_due, period_of, span

MONDAY = 1
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
QUARTER = dt.timedelta(minutes=15)
QUARTERS = tuple(dt.time(quarter // 4, quarter % 4 * 15) for quarter in range(96))
START = dt.date(2026, 1, 5)  # a Monday
DAYS = tuple(START + n * DAY for n in range(522 * 7))  # ten years of weeks
ZONES = sorted(name for name in zoneinfo.available_timezones() if name != "localtime")
# Every weekday and time of every week is one quarter of an hour of these ten years, and each of them is one of those.


def weekly(day: dt.date, at: dt.time, zone: str) -> tuple[Schedule, str]:
    """The weekly schedule and the period of which this is the time."""
    year, week, weekday = day.isocalendar()
    return Schedule(Frequency.WEEKLY, weekday, at, zone), f"{year}-W{week:02}"


def offsets(zone: ZoneInfo, day: dt.date) -> tuple[dt.timedelta, ...]:
    """What the wall clock is ahead of UTC by, at each quarter of an hour of a day, the first of two in a fold."""
    return tuple(ahead(zone, dt.datetime.combine(day, at)) for at in QUARTERS)


def ahead(zone: ZoneInfo, wall: dt.datetime) -> dt.timedelta:
    """The offset from UTC of a wall-clock time."""
    offset = zone.utcoffset(wall)
    assert offset is not None
    return offset


@cache
def behaviours() -> tuple[tuple[str, tuple[dt.date, ...]], ...]:
    """A zone for each behaviour in these ten years, with the days on which or beside which its clock is changed.

    Zones are alike when they agree at every noon, and at every quarter of an hour of the days about each change. (A
    clock that is put forward and back within one day would be missed; there is none.)
    """
    noons = [dt.datetime.combine(day, dt.time(12)) for day in (START - DAY, *DAYS, DAYS[-1] + DAY)]
    alike: dict[object, tuple[str, tuple[dt.date, ...]]] = {}
    for name in ZONES:
        zone = ZoneInfo(name)
        seen = [ahead(zone, noon) for noon in noons]
        changed = [noon.date() for (before, after), noon in zip(pairwise(seen), noons, strict=False) if before != after]
        near = tuple(sorted({day + n * DAY for day in changed for n in (-1, 0, 1, 2)} & set(DAYS)))
        alike.setdefault((tuple(seen), tuple(offsets(zone, day) for day in near)), (name, near))
    return tuple(alike.values())


def instants(zone: ZoneInfo, day: dt.date) -> dict[dt.datetime, list[dt.datetime]]:
    """The other way round: each instant from two days before to two days after, by what the wall clock then shows."""
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    shown = defaultdict(list)
    for n in range(-2 * 96, 3 * 96):
        instant = midnight + n * QUARTER
        shown[instant.astimezone(zone).replace(tzinfo=None)].append(instant)
    return shown


def test_there_are_clocks_that_change() -> None:
    """The proof below looks at something: dozens of behaviours, and most of those with changes have some each year."""
    changes = [len(near) for _, near in behaviours() if near]

    assert len(ZONES) > 550
    assert len(behaviours()) > 50
    assert len(changes) > 20
    assert min(changes) > 20


def test_near_a_change_every_quarter_of_an_hour_is_due_once() -> None:
    """The instant at which the clock shows the time; of two the first; where none does, past the gap by as much."""
    gaps = folds = 0
    for name, near in behaviours():
        zone = ZoneInfo(name)
        for day in near:
            shown = instants(zone, day)
            for at in QUARTERS:
                due = due_at(*weekly(day, at, name))
                wall = dt.datetime.combine(day, at)
                if wall in shown:
                    assert due == shown[wall][0], (name, wall)
                    folds += len(shown[wall]) > 1
                    continue
                gaps += 1
                showing = due.astimezone(zone).replace(tzinfo=None)
                skipped = ahead(zone, wall.replace(fold=0)) - ahead(zone, wall.replace(fold=1))
                assert due in shown[showing], (name, wall)
                assert showing - wall == abs(skipped), (name, wall)
                assert wall < showing <= wall + HOUR * 2, (name, wall)
    assert gaps > 500
    assert folds > 500


def test_on_every_other_day_the_clock_runs_evenly() -> None:
    """Away from changes, both ends of each day are due where the offset says, and it is the same all day."""
    for name, near in behaviours():
        zone = ZoneInfo(name)
        for day in sorted(set(DAYS) - set(near)):
            midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
            first, last = (due_at(*weekly(day, at, name)) for at in (QUARTERS[0], QUARTERS[-1]))
            offset = ahead(zone, dt.datetime.combine(day, dt.time(12)))
            assert first == midnight - offset, (name, day)
            assert last - first == 95 * QUARTER, (name, day)


def walk(schedule: Schedule, start: dt.datetime, end: dt.datetime) -> Iterator[tuple[str, dt.datetime]]:
    """Every period that is due after `start` and not after `end`, by asking for the next one again and again."""
    period, due = next_due(schedule, start)
    while due <= end:
        yield period, due
        period, due = next_due(schedule, due)


@pytest.mark.parametrize("frequency", list(Frequency))
def test_walking_meets_every_period_once(frequency: Frequency) -> None:
    """In each behaviour, at hours about midnight and when clocks change: all periods in order, none left out or twice."""
    start, end = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
    for place, (name, _) in enumerate(behaviours()):
        schedule = Schedule(frequency, place % 7 + 1, QUARTERS[place * 5 % 17], name)
        met = [period for period, _ in walk(schedule, start, end)]
        days = {start.date() + n * DAY for n in range(730)}
        expected = sorted({period_of(schedule, dt.datetime.combine(day, dt.time(12), dt.UTC)) for day in days})
        assert met == sorted(set(met)), name
        assert set(expected) - set(met) <= {expected[0], expected[-1]}, name


SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(Frequency),
    st.integers(1, 7),
    st.times().map(lambda time: time.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
INSTANTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - the zone is given beside


@given(SCHEDULES, INSTANTS)
def test_an_instant_lies_between_two_due_times(schedule: Schedule, instant: dt.datetime) -> None:
    """The latest is not after it, the next is, nothing lies between, and both are where `due_at` says."""
    last, last_due = latest_due(schedule, instant)
    following, following_due = next_due(schedule, instant)

    assert last_due <= instant < following_due
    assert (last_due, following_due) == (due_at(schedule, last), due_at(schedule, following))
    assert span(following)[0] == span(last)[1] + DAY
    assert next_due(schedule, last_due) == (following, following_due)
    assert latest_due(schedule, following_due) == (following, following_due)


@given(SCHEDULES, INSTANTS)
def test_a_digest_is_due_in_its_own_period(schedule: Schedule, instant: dt.datetime) -> None:
    """On the weekday asked for, the first such of a month, at the time asked for unless the clock skips it."""
    period = period_of(schedule, instant)
    first, last = span(period)
    due = due_at(schedule, period).astimezone(ZoneInfo(schedule.zone))
    day = first + (schedule.weekday - first.isoweekday()) % 7 * DAY

    assert day <= due.date() <= day + DAY
    assert first <= day <= min(last, first + 6 * DAY)
    assert day.isoweekday() == schedule.weekday
    assert due.replace(tzinfo=None) >= dt.datetime.combine(day, schedule.at)


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Asia/Baghdad", "2026-11-23", "09:00", "2026-11-23T06:00"),
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30"),  # a gap: 03:30 by the new clock
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),  # a fold: the first 01:30
        ("America/Nuuk", "2027-03-27", "23:30", "2027-03-28T01:30"),  # a gap that leads past midnight
        ("Africa/Cairo", "2027-04-30", "00:00", "2027-04-29T22:00"),  # a gap at midnight: 01:00
        ("Australia/Lord_Howe", "2027-10-03", "02:15", "2027-10-02T15:45"),  # a gap of half an hour
        ("Asia/Kathmandu", "2026-11-23", "00:15", "2026-11-22T18:30"),
    ],
)
def test_known_cases(zone: str, day: str, at: str, utc: str) -> None:
    """Instants worked out by hand."""
    due = due_at(*weekly(dt.date.fromisoformat(day), dt.time.fromisoformat(at), zone))

    assert due == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert due.tzinfo is dt.UTC


def test_a_month_has_one_digest() -> None:
    """The first such weekday: in November 2026 Sunday is the 1st and Saturday the 7th."""
    days = [due_at(Schedule(Frequency.MONTHLY, n, dt.time(9), "UTC"), "2026-11").day for n in range(1, 8)]

    assert days == [2, 3, 4, 5, 6, 7, 1]


def test_spans() -> None:
    """Weeks begin on Monday and belong to the year of their Thursday; months have their days."""
    assert span("2026-W48") == (dt.date(2026, 11, 23), dt.date(2026, 11, 29))
    assert span("2026-W53") == (dt.date(2026, 12, 28), dt.date(2027, 1, 3))
    assert span("2028-02") == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert span("2026-12") == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    "period",
    ["", "2026", "2026-W00", "2026-W54", "2027-W53", "2026-13", "2026-00", "2026-1", "٢٠٢٦-11", "0000-01", "x"],
)
def test_what_is_no_period(period: str) -> None:
    """A text that names no week and no month is refused in a sentence."""
    with pytest.raises(ScheduleError, match="is neither a week such as 2026-W48 nor a month such as 2026-11"):
        span(period)


def test_a_period_of_the_other_kind() -> None:
    """A weekly digest has no month."""
    with pytest.raises(ScheduleError, match="2026-11 is not a period of a weekly digest"):
        due_at(Schedule(Frequency.WEEKLY, MONDAY, dt.time(9), "UTC"), "2026-11")


@pytest.mark.parametrize(
    ("weekday", "at", "zone", "says"),
    [
        (0, dt.time(9), "UTC", "0 is no day of the week"),
        (8, dt.time(9), "UTC", "8 is no day of the week"),
        (1, dt.time(9, 0, 30), "UTC", "09:00:30 is not a time of day to the minute"),
        (1, dt.time(9, tzinfo=dt.UTC), "UTC", "is not a time of day to the minute"),
        *((1, dt.time(9), zone, "is no time zone") for zone in ("", "Mars/Base", "America", "../x", "/etc/passwd")),
        *((1, dt.time(9), zone, "is no time zone") for zone in ("localtime", "right/UTC", "x\0", "\ud800", "x" * 5000)),
    ],
)
def test_impossible_schedules(weekday: int, at: dt.time, zone: str, says: str) -> None:
    """A day, a time or a zone that does not exist is refused in one short sentence, whatever was typed."""
    with pytest.raises(ScheduleError, match=says) as refused:
        Schedule(Frequency.WEEKLY, weekday, at, zone)

    assert len(str(refused.value)) < 200
