"""Dates as precise as a source gives them: a year, a month or a day."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in any locale
_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (ISO 8601, reduced precision).

    Raises:
        ValueError: from `parse`, when the text has another form or names no day of the calendar.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of the three forms."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None:  # the pattern always gives one; this tells the type checker
            raise ValueError(text)
        try:
            dt.date(year, month or 1, day or 1)
        except ValueError as error:
            raise ValueError(f"{text!r} is not a day of the calendar") from error
        return cls(year, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def earliest(self) -> dt.date:
        """The first day that it may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day that it may mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """As a reader sees it: ``2020``, ``Jun 2020`` or ``21 Nov 2026``."""
        if self.month is None:
            return f"{self.year}"
        month = _MONTHS[self.month - 1]
        return f"{month} {self.year}" if self.day is None else f"{self.day} {month} {self.year}"
