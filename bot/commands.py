"""What `/iraq` understands: a table of words, and everything else is a question."""

from collections.abc import Callable

from bot.digests import commands as digest_commands
from bot.views.answer import PASSAGES, answer
from bot.views.help import help_message
from bot.views.message import Message
from bot.views.subscription_notices import by_command
from knowledge.library import Library
from knowledge.query import parse


def reply(library: Library, text: str, *, bot_user_id: str, shareable: bool) -> Message:
    """The message for what somebody typed: pure, so that it can be the acknowledgement itself."""
    query = parse(text)
    handler = _TABLE.get(query.text.casefold())
    if handler is not None:
        return handler(library, bot_user_id)
    if digest_commands.read(text) is not None:
        return by_command()
    return answer(library, library.ask(query, PASSAGES + 1), shareable=shareable)


def is_help(text: str) -> bool:
    """Whether this asks for help or settings, which are shown to the asker alone."""
    return parse(text).text.casefold() in _TABLE or digest_commands.read(text) is not None


_TABLE: dict[str, Callable[[Library, str], Message]] = dict.fromkeys(("", "?", "help", "مساعدة"), help_message)
