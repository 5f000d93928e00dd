"""A name that may mean several things: which one?"""

from collections.abc import Sequence
from typing import Final

from bot.bidi import isolated
from bot.mrkdwn import literal
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.answer import AnswerKey
from bot.views.ids import ActionId
from bot.views.message import Message, shorten
from bot.views.register.citations import words
from bot.views.register.frame import open_menu
from bot.views.register.key import PageKey
from bot.views.register.pages import title
from knowledge.library import Library

MOST_REPEATED: Final = 80  # characters of what was typed


def choice(library: Library, question: str, typed: str, keys: Sequence[PageKey]) -> Message:
    """What `typed` may name, in a menu; a button searches the passages for it instead.

    `question` is a sentence of `texts` with a place for `typed`, `keys` are the pages to choose from.
    """
    typed = shorten(typed, MOST_REPEATED)
    labels = [title(library, key) for key in keys]
    asked = question.format(typed=isolated(typed))
    found = "\n".join(f"• {words(label)}" for label in labels)
    search = b.button(texts.SEARCH_INSTEAD, ActionId.MORE, AnswerKey(typed, 0, library.corpus.version).dump())
    return Message(
        f"{question.format(typed=literal(isolated(typed)))} {'; '.join(map(words, labels))}.",
        (
            b.rich_text(b.rich_section(b.run(asked, bold=True))),
            b.section(found),
            b.actions(open_menu(texts.CHOOSE, list(zip(labels, keys, strict=True))), search),
        ),
    )
