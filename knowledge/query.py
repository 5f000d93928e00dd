"""What somebody typed -> a question: one line of visible characters, not longer than is searched.

A follow-up carries what it is read with at its end: ``and the Kurds? re:"what did USIP advise about Iran?"``.
"""

import re
import unicodedata

from knowledge.models import Query

MAX_LENGTH = 500
MAX_BEFORE = 250  # characters of what a follow-up is read with
LONGEST_READ = 4 * MAX_LENGTH  # characters that are looked at, most of which may be blanks

_SPACE = re.compile(r"\s+")
_BEFORE = re.compile(r'(?:^|\s)re:"([^"]+)"$')


def parse(raw: str) -> Query:
    """Clean a question. Never raises.

    Control characters become spaces; what has no width or turns the direction of writing goes, and so do lone
    surrogates, which no wire can carry. What is over `MAX_LENGTH` characters is cut at a word.
    """
    more = len(raw) > LONGEST_READ
    raw = raw[:LONGEST_READ]
    visible = "".join(map(_visible, raw)) if not (raw.isascii() and raw.isprintable()) else raw
    text, before = _SPACE.sub(" ", visible).strip(), ""
    if match := _BEFORE.search(text):
        text, before = text[: match.start()].rstrip(), cut(match[1].strip(), MAX_BEFORE)
    head = cut(text, MAX_LENGTH)
    return Query(head, truncated=more or head != text, before=before)


def cut(text: str, most: int) -> str:
    """At most `most` characters of a text, whole words where there are spaces."""
    if len(text) <= most:
        return text
    end = text.rfind(" ", 0, most + 1)
    return text[: end if end > 0 else most]


def _visible(character: str) -> str:
    """The character, a space for a control, or nothing for one that does not show."""
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" | "Cs" | "Co" | "Cn":
            return ""
        case _:
            return character
