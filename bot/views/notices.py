"""Short private sentences for when things do not go as planned: what happened, and what to do."""

from bot.texts import notices as texts
from bot.views import blocks as b
from bot.views.message import Message


def busy() -> Message:
    """The queue is full."""
    return _notice(texts.BUSY)


def failed(reference: str) -> Message:
    """Something broke; `reference` is in the log beside the detail."""
    return _notice(texts.FAILED.format(reference=reference))


def glad() -> Message:
    """Somebody thanked."""
    return _notice(texts.GLAD)


def not_opened() -> Message:
    """A modal did not open."""
    return _notice(texts.NOT_OPENED)


def stale_button() -> Message:
    """A button of an older version was pressed."""
    return _notice(texts.STALE)


def stale_form() -> Message:
    """A form of an older version was submitted."""
    return _notice(texts.STALE_FORM)


def _notice(text: str) -> Message:
    return Message(text, (b.section(text),))
