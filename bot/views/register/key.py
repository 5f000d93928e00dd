"""Which page of the register: all that a control must remember to draw it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from knowledge.dates import PartialDate

SEPARATOR: Final = "|"


class Page(StrEnum):
    """The kinds of pages."""

    ISSUES = "issues"
    ISSUE = "issue"
    RECOMMENDATIONS = "recommendations"
    ACTORS = "actors"
    ACTOR = "actor"
    POSITIONS = "positions"
    COMPARE = "compare"
    TIMELINE = "timeline"
    SOURCES = "sources"
    SOURCE = "source"


class About(StrEnum):
    """What the id of a page's subject is the id of."""

    ALL = ""
    TOPIC = "topic"
    ISSUE = "issue"
    ACTOR = "actor"
    SOURCE = "source"
    PUBLISHER = "publisher"  # by the short name


@dataclass(frozen=True, slots=True)
class PageKey:
    """A page: its kind, its subject, the first item shown, and for a timeline the time.

    The same corpus and the same key give the same page, so nothing is stored. As text it is far below the 150
    characters of an option's value; see `dump`.
    """

    page: Page
    about: About = About.ALL
    subject: str = ""
    start: int = 0
    since: PartialDate | None = None
    until: PartialDate | None = None

    def dump(self) -> str:
        """As a control's value: ``timeline|topic|iran|10|2025|2026-07``, without what is empty at the end."""
        parts = (self.page, self.about, self.subject, self.start or "", self.since or "", self.until or "")
        return SEPARATOR.join(map(str, parts)).rstrip(SEPARATOR)

    @classmethod
    def load(cls, value: str) -> Self:
        """From a control's value; raises ValueError when it is not one of ours."""
        parts = value.split(SEPARATOR)
        try:
            page, about, subject, start, since, until = parts + [""] * (6 - len(parts))
            return cls(
                Page(page),
                About(about),
                subject,
                _whole(start) if start else 0,
                PartialDate.parse(since) if since else None,
                PartialDate.parse(until) if until else None,
            )
        except ValueError as error:
            raise ValueError(f"not the value of a control of the register: {value[:40]!r}") from error


def _whole(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):  # noqa: PLR2004 - no list has a million items
        raise ValueError(digits)
    return int(digits)
