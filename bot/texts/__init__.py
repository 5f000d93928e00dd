"""Every text that a reader sees, by surface: what a translator opens, and nothing else.

A module holds constants alone. Names in braces are filled in with `str.format`; what goes into markup is escaped by whoever
fills it in. A pair is one thing and several of it (`counted`).
"""

from typing import Final

DOT: Final = "  ·  "  # between the facts of a line


def counted(number: int, words: tuple[str, str]) -> str:
    """A number with what is counted."""
    return words[0] if number == 1 else words[1].format(number)
