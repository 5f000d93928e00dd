"""What somebody typed -> a question: one line of visible characters, not longer than is searched."""

import re
import unicodedata

from knowledge.models import Query

MAX_LENGTH = 500
LONGEST_READ = 4 * MAX_LENGTH  # characters that are looked at, most of which may be blanks

_SPACE = re.compile(r"\s+")


def parse(raw: str) -> Query:
    """Clean a question. Never raises.

    Control characters become spaces; what has no width or turns the direction of writing goes, and so do lone
    surrogates, which no wire can carry. What is over `MAX_LENGTH` characters is cut at a word.
    """
    more = len(raw) > LONGEST_READ
    raw = raw[:LONGEST_READ]
    visible = "".join(map(_visible, raw)) if not (raw.isascii() and raw.isprintable()) else raw
    text = _SPACE.sub(" ", visible).strip()
    if len(text) <= MAX_LENGTH:
        return Query(text, truncated=more)
    head = text[: MAX_LENGTH + 1]
    cut = head.rfind(" ")
    return Query(head[: cut if cut > 0 else MAX_LENGTH], truncated=True)


def _visible(character: str) -> str:
    """The character, a space for a control, or nothing for one that does not show."""
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" | "Cs" | "Co" | "Cn":
            return ""
        case _:
            return character
