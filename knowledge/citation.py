"""Citations of a passage to be copied: in plain words, and as a note by The Chicago Manual of Style (18th edition).

A note for a web page names the author, the title in quotation marks, the publisher, the date and the address, with
commas between; what is not known is left out, but for the date ("n.d."). Of more than two authors the first is named;
several publications stand in one note with semicolons between. The words of a passage that is no quotation are this
corpus's own, so the note says where the publications are summarised.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from knowledge.dates import PartialDate
from knowledge.models import Basis, Passage, Source

DESK: Final = "Iraq Desk"
NO_DATE: Final = "n.d."
NAMED_AUTHORS: Final = 2  # of more, the first and "et al." (18th edition, notes)
_BASIS: Final = {
    Basis.SUMMARY: "Summary of",
    Basis.COMPILED: "Compiled from",
    Basis.VERBATIM: "Quoted from",
}
_HELD: Final = {
    Basis.SUMMARY: "summarized in",
    Basis.COMPILED: "compiled in",
    Basis.VERBATIM: "quoted in",
}
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DOUBLE: Final = re.compile('“([^”]*)”|"([^"]*)"')

Apart = Callable[[str], str]


def plain(passage: Passage, sources: Sequence[Source], *, apart: Apart = str) -> str:
    """One line in plain words: basis, publications, place, addresses, the passage's id and date.

    `apart` is done to every name and title: what keeps words of another script from turning the line around them.
    """
    named = "; ".join(_publication(source, apart) for source in sources)
    place = f" ({apart(passage.locator)})" if passage.locator else ""
    urls = "".join(f" {source.url}" for source in sources if source.url)
    return f"{_BASIS[passage.basis]}: {named}{place}.{urls} [{_held(passage)}]"


def chicago(passage: Passage, sources: Sequence[Source], *, apart: Apart = str) -> str:
    """A note of The Chicago Manual of Style; `apart` as for `plain`."""
    alone = len(sources) == 1
    notes = "; ".join(_note(source, passage.locator if alone else "", apart) for source in sources)
    return f"{notes}; {_HELD[passage.basis]} {_held(passage)}."


def _publication(source: Source, apart: Apart) -> str:
    parts = [_and(source.authors, apart), apart(source.short), apart(source.title), _label(source.published)]
    return ", ".join(filter(None, parts))


def _label(date: PartialDate | None) -> str:
    return date.label if date else ""


def _note(source: Source, locator: str, apart: Apart) -> str:
    title = f"“{apart(_inner(source.title))},”"
    parts = [_authors(source.authors, apart), title]
    parts += [f"{apart(source.publisher)}," if source.publisher else ""]
    parts += [f"{written(source.published) if source.published else NO_DATE},"]
    parts += [f"{apart(locator)}," if locator else "", source.url or ""]
    return " ".join(filter(None, parts)).rstrip(",")


def _authors(names: Sequence[str], apart: Apart) -> str:
    if not names:
        return ""
    return f"{apart(names[0])} et al.," if len(names) > NAMED_AUTHORS else f"{_and(names, apart)},"


def _and(names: Sequence[str], apart: Apart) -> str:
    *others, last = [apart(name) for name in names] or [""]
    return " and ".join(filter(None, [", ".join(others), last]))


def _inner(title: str) -> str:
    """A title that stands in quotation marks: those within it become single ones."""
    return _DOUBLE.sub(lambda match: f"‘{match[1] if match[1] is not None else match[2]}’", title)


def written(date: PartialDate) -> str:
    """A date as Chicago writes it: ``June 4, 2020``, ``June 2020`` or ``2020``."""
    if date.month is None:
        return str(date.year)
    month = _MONTHS[date.month - 1]
    return f"{month} {date.year}" if date.day is None else f"{month} {date.day}, {date.year}"


def _held(passage: Passage) -> str:
    """Where the passage is, and of when its facts are."""
    dated = f", as of {written(passage.as_of)}" if passage.as_of else ""
    return f"{DESK}, passage {passage.id}{dated}"
