"""When a form could not be taken."""

from typing import Final

TITLE: Final = "Not done"
BACK: Final = "Back"
