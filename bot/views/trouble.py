"""What is laid over a form that could not be taken, so that what was entered can be sent again."""

from bot.texts import common
from bot.views import blocks as b
from bot.views.blocks import View
from bot.views.ids import CallbackId
from bot.views.message import Message


def not_done_modal(message: Message) -> View:
    """Why, as a modal that leads back to the form."""
    return b.modal(CallbackId.FAILED, common.NOT_DONE, message.blocks, close=common.BACK)
