"""Right-to-left words in a left-to-right line (Unicode Standard Annex 9)."""

import re
from typing import Final

# The bidirectional controls that keep right-to-left words from turning the line around them (UAX 9, isolates).
ISOLATE: Final = "\u2068"
POP: Final = "\u2069"
# A mark that makes a line begin left to right: a browser takes its direction from the first letter, in an isolate or not.
LEFT_TO_RIGHT: Final = "\u200e"
# Hebrew to Arabic Extended-A, and the presentation forms of both.
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATED: Final = re.compile(f"{ISOLATE}[^{POP}]*{POP}")
_ADDRESS: Final = re.compile(r"<[^<>|]*[|]")  # of a link in mrkdwn, which nobody sees


def right_to_left(text: str) -> bool:
    """Whether it has right-to-left letters."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """The text, set apart from the line around it where it has right-to-left letters."""
    return f"{ISOLATE}{text}{POP}" if right_to_left(text) else text


def line(text: str) -> str:
    """A line that may begin with somebody's isolated right-to-left words: they must not make ours after them run as they do.

    A line of nothing else runs from right to left, as it should.
    """
    if ISOLATE not in text:
        return text
    seen = _ADDRESS.sub("", text)
    ours = _ISOLATED.sub("", seen)
    turned = right_to_left(next(filter(str.isalpha, seen), "")) and any(map(str.isalpha, ours))
    return f"{LEFT_TO_RIGHT}{text}" if turned else text


def lines(text: str) -> str:
    """The same for every line of a text."""
    return "\n".join(map(line, text.split("\n"))) if ISOLATE in text else text
