"""What `/iraq` understands: a table of words, and everything else is a question."""

from collections.abc import Callable

from bot.views.answer import answer
from bot.views.help import help_message
from bot.views.message import Message
from knowledge.library import Library
from knowledge.query import parse


def reply(library: Library, text: str, *, bot_user_id: str, shareable: bool) -> Message:
    """The message for what somebody typed: pure, so that it can be the acknowledgement itself."""
    handler = _TABLE.get(text.strip().casefold())
    if handler is not None:
        return handler(library, bot_user_id)
    return ask(library, text, shareable=shareable)


def ask(library: Library, text: str, *, shareable: bool, shared_by: str | None = None) -> Message:
    """Search, and show what was found."""
    found = library.ask(parse(text))
    return answer(library, found, shareable=shareable, shared_by=shared_by)


def is_help(text: str) -> bool:
    """Whether this asks for help, which is shown to the asker alone."""
    return text.strip().casefold() in _TABLE


_TABLE: dict[str, Callable[[Library, str], Message]] = dict.fromkeys(("", "?", "help", "مساعدة"), help_message)
