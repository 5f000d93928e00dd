"""Right-to-left words in a left-to-right line (Unicode Standard Annex 9)."""

from typing import Final

# The bidirectional controls that keep right-to-left words from turning the line around them (UAX 9, isolates).
ISOLATE: Final = "\u2068"
POP: Final = "\u2069"
_FIRST_RIGHT_TO_LEFT: Final = "\u0590"
_LAST_RIGHT_TO_LEFT: Final = "\u08ff"


def right_to_left(text: str) -> bool:
    """Whether it has right-to-left letters."""
    return any(_FIRST_RIGHT_TO_LEFT <= character <= _LAST_RIGHT_TO_LEFT for character in text)


def isolated(text: str) -> str:
    """The text, set apart from the line around it where it has right-to-left letters."""
    return f"{ISOLATE}{text}{POP}" if right_to_left(text) else text
