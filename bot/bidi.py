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


def right_to_left(text: str) -> bool:
    """Whether it has right-to-left letters."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """The text, set apart from the line around it where it has right-to-left letters."""
    return f"{ISOLATE}{text}{POP}" if right_to_left(text) else text


def line(text: str) -> str:
    """A line of ours that may begin with somebody's right-to-left words, which must not make it run as they do."""
    first = next(filter(str.isalpha, text), "")
    return f"{LEFT_TO_RIGHT}{text}" if right_to_left(first) else text
