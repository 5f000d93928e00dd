"""Short private sentences for when things do not go as planned: what happened, and what to do."""

from bot.views import blocks as b
from bot.views.message import Message


def busy() -> Message:
    """The queue is full."""
    return _notice(
        "The desk has more questions than it can take right now, and yours was not kept. Ask again in a minute."
    )


def failed(reference: str) -> Message:
    """Something broke; `reference` is in the log beside the detail."""
    return _notice(
        f"Something broke, and your request was not finished. Try again; if it happens twice, "
        f"tell whoever runs the desk this reference: {reference}"
    )


def stale_button() -> Message:
    """A button of an older version was pressed."""
    return _notice("This button belongs to an older version of the desk. Ask the question again.")


def _notice(text: str) -> Message:
    return Message(text, (b.section(text),))
