"""What is said when things do not go as planned."""

from typing import Final

BUSY: Final = "The desk has more questions than it can take right now, and yours was not kept. Ask again in a minute."
FAILED: Final = (
    "Something broke, and your request was not finished. Try again; if it happens twice, "
    "tell whoever runs the desk this reference: {reference}"
)
STALE: Final = "This button belongs to an older version of the desk. Ask the question again."
