"""Short private sentences for when things do not go as planned: what happened, and what to do."""

from bot.texts import notices as texts
from bot.views.message import Message


def busy() -> Message:
    """The queue is full."""
    return Message.saying(texts.BUSY)


def failed(reference: str) -> Message:
    """Something broke; `reference` is in the log beside the detail."""
    return Message.saying(texts.FAILED.format(reference=reference))


def glad() -> Message:
    """Somebody thanked."""
    return Message.saying(texts.GLAD)


def not_opened() -> Message:
    """A modal did not open."""
    return Message.saying(texts.NOT_OPENED)


def stale_button() -> Message:
    """A button of an older version was pressed."""
    return Message.saying(texts.STALE)


def stale_form() -> Message:
    """A form of an older version was submitted."""
    return Message.saying(texts.STALE_FORM)
