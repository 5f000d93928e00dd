"""`monday 9:00 Europe/Berlin`: a schedule in words, every part of which may be left out. Pure."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from bot.digests.zones import find
from bot.texts import subscription as texts
from jobs.errors import ScheduleError
from jobs.periods import Frequency, Schedule

DAYS: Final = texts.WEEKDAYS
MOST_REPEATED: Final = 60  # characters of what was typed
_SHORTEST: Final = 3  # letters of a day: mon
_FILLERS: Final = {"at", "every", "each", "in", "on", "the"}
_FREQUENCIES: Final[Mapping[str, Frequency]] = {
    "week": Frequency.WEEKLY,
    "weekly": Frequency.WEEKLY,
    "month": Frequency.MONTHLY,
    "monthly": Frequency.MONTHLY,
}
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?", re.IGNORECASE)
_SPACED: Final = re.compile(r"(\d) +(am|pm)\b", re.IGNORECASE)
_NOON: Final = 12


def read(words: str, base: Schedule) -> Schedule:
    """`base` with what the words say.

    Raises:
        ScheduleError: a word is none of a schedule, or names a time that does not exist.
    """
    schedule = base
    left = []
    for word in _SPACED.sub(r"\1\2", words.replace(",", " ")).split():
        changed = None if word.casefold() in _FILLERS else _with(schedule, word)
        if changed is not None:
            schedule = changed
        elif word.casefold() not in _FILLERS:
            left.append(word)
    return dataclasses.replace(schedule, zone=_zone(" ".join(left))) if left else schedule


def _with(schedule: Schedule, word: str) -> Schedule | None:
    folded = word.casefold()
    if folded in _FREQUENCIES:
        return dataclasses.replace(schedule, frequency=_FREQUENCIES[folded])
    day = next((n for n, name in enumerate(DAYS, 1) if _is_day(folded, name.casefold())), None)
    if day is not None:
        return dataclasses.replace(schedule, weekday=day)
    if match := _TIME.fullmatch(word):
        return dataclasses.replace(schedule, at=_time(word, *match.groups()))
    return None


def _is_day(word: str, name: str) -> bool:
    return len(word) >= _SHORTEST and (name.startswith(word) or word == f"{name}s")


def _time(word: str, hours: str, minutes: str | None, half: str | None) -> dt.time:
    try:
        hour = int(hours)
        if half is not None:
            afternoon = _NOON if half.casefold() == "pm" else 0
            hour = hour % _NOON + afternoon if 1 <= hour <= _NOON else -1
        return dt.time(hour, int(minutes or 0))
    except ValueError:
        raise ScheduleError(texts.NO_TIME.format(word=word)) from None


def _zone(words: str) -> str:
    zone = find(words)
    if zone is None:
        raise ScheduleError(texts.NO_ZONE.format(words=words[:MOST_REPEATED]))
    return zone
