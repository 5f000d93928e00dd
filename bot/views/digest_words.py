"""Words that the parts of a digest share: days, reasons, advice and who gave it."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from bot.bidi import isolated
from bot.mrkdwn import escape, literal
from bot.texts import digest as texts
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
    return escape(isolated(shorten(text, MOST_LINE)))


def lead(text: str) -> str:
    """A text of at most about two lines: of a longer one the first sentence, or what stands before its semicolon."""
    if len(text) > LEAD and (sentence := _SENTENCE.search(text)):
        text = f"{text[: sentence.end()]} …"
    if len(text) > LEAD + 2 and (clause := _CLAUSE.search(text)):
        text = f"{text[: clause.start()]} …"
    return shorten(text, MOST_LINE)


def label(day: dt.date) -> str:
    """``23 Nov 2026``."""
    return PartialDate(day.year, day.month, day.day).label


def day_label(day: dt.date, near: dt.date) -> str:
    """``23 Nov``, with the year where it is not the one of `near`."""
    return label(day) if day.year != near.year else label(day).rpartition(" ")[0]


def days_label(first: dt.date, last: dt.date) -> str:
    """``23 to 29 Nov 2026``, ``30 Nov to 6 Dec 2026``, ``28 Dec 2026 to 3 Jan 2027``."""
    start = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else day_label(first, last)
    return texts.DAYS.format(first=start, last=label(last))


def moment(instant: dt.datetime) -> str:
    """A date and time in the reader's own zone, and in UTC where Slack cannot show it."""
    utc = instant.astimezone(dt.UTC)
    words = texts.MOMENT_WORDS.format(day=label(utc.date()), time=f"{utc:%H:%M}")
    return texts.MOMENT.format(seconds=int(utc.timestamp()), words=words)


def reason(library: Library, digest: Digest, item: Item) -> str:
    """Why an issue is in this digest."""
    issue = item.issue
    day = item.since or (digest.changes.since if digest.changes and item.reason is not Reason.STANDING else None)
    words = texts.REASONS[item.reason].format(status=texts.STATUS[issue.status], day=issue.as_of.label)
    if day is not None and item.reason is not Reason.NEW:
        more = texts.REASON_LAST if item.reason is Reason.STANDING else texts.REASON_SINCE
        words = more.format(reason=words, day=day_label(day, digest.first))
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
        said_by = texts.ADVICE_BY.format(names=escape(isolated(_few(by))), date=advice.as_of.label)
        return cls(literal(_few(who)), cut(advice.text), said_by)

    def line(self, mark: str) -> str:
        """One line of mrkdwn."""
        return f"{mark} *{self.who}:* {self.what} _({self.by})_"

    def spoken(self) -> str:
        """For a message's plain text."""
        return texts.ADVICE_TO.format(who=self.who, what=self.what, by=self.by)


def newest_first(library: Library, ids: Sequence[str]) -> list[Source]:
    """Sources without repeats, the latest first, those of one date in the order of the corpus."""
    found = [library.corpus.sources[id_] for id_ in dict.fromkeys(ids)]
    return sorted(found, key=lambda one: one.published.earliest if one.published else dt.date.min, reverse=True)


def _few(names: Sequence[str]) -> str:
    few = ", ".join(names[:NAMES])
    return texts.AND_MORE.format(names=few, number=len(names) - NAMES) if len(names) > NAMES else few
