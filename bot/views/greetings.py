"""What somebody is told once: the welcome to the direct messages, and the hello to whoever invited the bot."""

from bot.texts import conversation as texts
from bot.views import blocks as b
from bot.views.message import Message


def welcome() -> Message:
    """For whoever opens the direct messages for the first time."""
    return Message(
        f"{texts.WELCOME} {texts.WELCOME_FOLLOW_UP}",
        (b.section(texts.WELCOME), b.section(texts.WELCOME_FOLLOW_UP), b.context(texts.WELCOME_MORE)),
    )


def hello(bot_user_id: str) -> Message:
    """For whoever invited the bot to a channel, and for nobody else there."""
    said = texts.HELLO.format(bot=bot_user_id)
    return Message(f"{said}\n{texts.HELLO_MORE}", (b.section(said), b.section(texts.HELLO_MORE)))
