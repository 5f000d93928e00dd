"""What is said when things do not go as planned."""

from typing import Final

BUSY: Final = "The desk has more questions than it can take right now, and yours was not kept. Ask again in a minute."
FAILED: Final = (
    "Something broke, and your request was not finished. Try again; if it happens twice, "
    "tell whoever runs the desk this reference: {reference}"
)
GLAD: Final = "Glad to help. Ask me another question any time."
NOT_OPENED: Final = (
    "The window did not open: Slack was slow, or three were open already. Close one if they are, and choose again."
)
STALE_FORM: Final = (
    "This form belongs to an older version of the desk. Copy what you entered, close it, and open it again."
)
STALE: Final = "This button belongs to an older version of the desk. Ask the question again."
