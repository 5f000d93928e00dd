"""Words that the parts of a digest share: days, reasons, advice and who gave it."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from bot.mrkdwn import escape, literal
from bot.views.message import shorten
from jobs.digest import Digest, Item, Reason
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Recommendation, Source

MOST_LINE: Final = 400  # characters of one text of an issue; the shipped corpus has none as long
NAMES: Final = 3  # addressees or publishers that are named in one line
LEAD: Final = 150  # characters that stand in two lines of a message
_SENTENCE: Final = re.compile(r"[^\s.;]{3,}[.](?=\s+\S)")  # not after an initial, or inside "U.S."
_CLAUSE: Final = re.compile(r";(?=\s)")


def cut(text: str) -> str:
    """A text of the corpus, escaped, and shortened if it is of a length that no reader wants."""
    return escape(shorten(text, MOST_LINE))


def lead(text: str) -> str:
    """A text of at most about two lines: of a longer one the first sentence, or what stands before its semicolon."""
    if len(text) > LEAD and (sentence := _SENTENCE.search(text)):
        text = f"{text[: sentence.end()]} …"
    if len(text) > LEAD + 2 and (clause := _CLAUSE.search(text)):
        text = f"{text[: clause.start()]} …"
    return shorten(text, MOST_LINE)


def many(number: int, noun: str) -> str:
    """``1 issue``, ``2 issues``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def label(day: dt.date) -> str:
    """``23 Nov 2026``."""
    return PartialDate(day.year, day.month, day.day).label


def day_label(day: dt.date, near: dt.date) -> str:
    """``23 Nov``, with the year where it is not the one of `near`."""
    return label(day) if day.year != near.year else label(day).rpartition(" ")[0]


def days_label(first: dt.date, last: dt.date) -> str:
    """``23 to 29 Nov 2026``, ``30 Nov to 6 Dec 2026``, ``28 Dec 2026 to 3 Jan 2027``."""
    start = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else day_label(first, last)
    return f"{start} to {label(last)}"


def reason(library: Library, digest: Digest, item: Item) -> str:
    """Why an issue is in this digest."""
    day = item.since or (digest.changes.since if digest.changes else None)
    since = f" since {day_label(day, digest.first)}" if day else ""
    words = {
        Reason.NEW: "new",
        Reason.CHANGED: f"changed{since}",
        Reason.ADVISED: f"new advice{since}",
        Reason.STANDING: f"{item.issue.status}, as of {item.issue.as_of.label}",
    }[item.reason]
    if item.reason is Reason.STANDING and item.since is not None:
        words += f", last here {day_label(item.since, digest.first)}"
    if item.topic is not None and len(digest.topics) > 1:
        words += f" · {library.corpus.topics[item.topic].title}"
    return words


class Told(NamedTuple):
    """A recommendation in words, escaped: who should do what, by whose advice and when."""

    who: str
    what: str
    by: str

    @classmethod
    def of(cls, library: Library, advice: Recommendation) -> Self:
        """The words of one."""
        who = [library.corpus.actors[id_].name for id_ in advice.addressees]
        by = list(dict.fromkeys(library.corpus.sources[id_].short for id_ in advice.sources))
        return cls(literal(_few(who)), cut(advice.text), f"{escape(_few(by))}, {advice.as_of.label}")

    def line(self, mark: str) -> str:
        """One line of mrkdwn."""
        return f"{mark} *{self.who}:* {self.what} _({self.by})_"

    def spoken(self) -> str:
        """For a message's plain text."""
        return f"Advice to {self.who}: {self.what} ({self.by})"


def newest_first(library: Library, ids: Sequence[str]) -> list[Source]:
    """Sources without repeats, the latest first, those of one date in the order of the corpus."""
    found = [library.corpus.sources[id_] for id_ in dict.fromkeys(ids)]
    return sorted(found, key=lambda one: one.published.earliest if one.published else dt.date.min, reverse=True)


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return ", ".join(names[:NAMES]) + more
