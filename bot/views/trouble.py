"""What is laid over a form that could not be taken, so that what was entered can be sent again."""

from typing import Any

from bot.texts import common
from bot.views import blocks as b
from bot.views.ids import CallbackId
from bot.views.message import Message


def not_done_modal(message: Message) -> dict[str, Any]:
    """Why, as a modal that leads back to the form."""
    return {
        "type": "modal",
        "callback_id": CallbackId.FAILED,
        "title": b.plain_text(common.NOT_DONE),
        "close": b.plain_text(common.BACK),
        "blocks": list(message.blocks),
    }
