"""What is said about how a text was read. Names in braces are filled in."""

from typing import Final

HELP_FOR: Final = (
    "Showing the help for “{typed}”. To search for the word instead, put a question mark first: “/iraq ? {typed}”."
)
