"""Every time zone of the IANA database, found by parts of its name, by a city that it lacks, or by its offset. Pure."""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.texts import zones as texts

MOST: Final = 100  # options that Slack takes
FIRST: Final = ("Asia/Baghdad", "America/New_York", "Europe/London", "UTC")  # shown before anything is typed
_NO_ZONES: Final = {"Factory", "localtime", "posixrules"}
_APART: Final = re.compile(r"[\s_/,]+")
_OFFSET: Final = re.compile(r"(?:utc|gmt)? ?([+-])(\d{1,2})(?::(\d{2}))?")
_CLOSE: Final = 75  # of 100; below it a suggestion is a guess


@functools.cache
def names() -> tuple[str, ...]:
    """All of them, in alphabetical order."""
    return tuple(sorted(name for name in available_timezones() if name not in _NO_ZONES))


def label(name: str, now: dt.datetime) -> str:
    """``Asia/Baghdad (UTC+3)``, by the offset that holds at `now`."""
    return texts.LABEL.format(name=name.replace("_", " "), offset=_offset(name, now))


def search(typed: str, now: dt.datetime, *, first: Sequence[str] = ()) -> list[str]:
    """At most a hundred names, the likeliest first; `first`, then the usual ones, when nothing is typed."""
    words = _folded(typed)
    if not words:
        return list(dict.fromkeys((*first, *FIRST, *names())))[:MOST]
    if match := _OFFSET.fullmatch(words):
        minutes = f":{match[3]}" if match[3] not in {None, "00"} else ""
        wanted = f"{match[1]}{int(match[2])}{minutes}"
        named = [name for name, text in _texts().items() if words == text[0]]  # GMT+0 is both
        same = (name for name in names() if _offset(name, now) == wanted)
        return list(dict.fromkeys((*named, *same)))[:MOST]
    found = [(rank, name) for name, text in _texts().items() if (rank := _rank(words, text)) is not None]
    if found:
        return [name for _, name in sorted(found)][:MOST]
    return [name for _, name in _alike(words)]


def find(typed: str) -> str | None:
    """The one zone that is meant: a name whatever its case, or words that lead to one zone before all others."""
    words = _folded(typed)
    exact = [name for name, text in _texts().items() if words == text[0]]
    if exact or not words:
        return exact[0] if exact else None
    if _OFFSET.fullmatch(words):
        return None  # many zones have an offset; and Etc/GMT+3 is, of all things, UTC-3
    ranked = sorted((rank, name) for name, text in _texts().items() if (rank := _rank(words, text)) is not None)
    if ranked and (len(ranked) == 1 or ranked[0][0] < ranked[1][0]):
        return ranked[0][1]
    return None


@functools.cache
def _texts() -> dict[str, tuple[str, str]]:
    """Name -> it as it may be typed, and what else it is called."""
    return {name: (_folded(name), texts.ALSO.get(name, "")) for name in names()}


def _rank(words: str, text: tuple[str, str]) -> tuple[int, int] | None:
    """Less is likelier: the whole name, its city or another name, a city's beginning, words' beginnings."""
    name, also = text
    city = name.rpartition(" ")[2]
    if words == name or words in also.split() or name.endswith(f" {words}"):
        return 0, len(name) * (words != name)
    if city.startswith(words):
        return 1, len(name)
    everything = f" {name} {also}"
    parts = words.split()
    if all(f" {part}" in everything for part in parts):
        return 2, len(name)
    return (3, len(name)) if all(part in everything for part in parts) else None


def _alike(words: str) -> list[tuple[float, str]]:
    """For a slip of the keys."""
    cities = {name: f"{text[0].rpartition(' ')[2]} {text[1]}" for name, text in _texts().items()}
    found = process.extract(words, cities, scorer=fuzz.partial_ratio, score_cutoff=_CLOSE, limit=10)
    return [(score, name) for _, score, name in found]


def _folded(text: str) -> str:
    return _APART.sub(" ", text.casefold()).strip()


def _offset(name: str, now: dt.datetime) -> str:
    minutes = round((now.astimezone(ZoneInfo(name)).utcoffset() or dt.timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours}" + (f":{rest:02}" if rest else "")
