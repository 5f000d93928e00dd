"""Background to a message, for whoever asked: an answer like every other, that says what it is about."""

from bot.texts import search as texts
from bot.views import blocks as b
from bot.views.answer import PASSAGES, answer
from bot.views.message import Message
from knowledge.library import Library
from knowledge.models import Query


def background(library: Library, asked: Query) -> Message:
    """The passages that the words of a message find. The answer's own first line repeats the beginning of them."""
    if not asked.text:
        return Message.saying(texts.NO_WORDS)
    found = library.ask(Query(asked.text), PASSAGES + 1)
    shown = answer(library, found, shareable=True)
    about = texts.BACKGROUND_CUT if asked.truncated else texts.BACKGROUND
    return Message(f"{about}: {shown.text}", (b.context(about), *shown.blocks))
