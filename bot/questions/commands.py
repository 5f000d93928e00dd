"""What the desk says to a text: one function for the slash command, mentions and direct messages.

A surface says where the reply goes; what is `private` goes to the asker alone, wherever it was asked.
"""

from dataclasses import dataclass, replace

from bot.channels import subjects
from bot.mrkdwn import literal
from bot.questions.routing import Digest, Help, Pages, Question, Route, Settings, Thanks, route
from bot.texts import commands as texts
from bot.texts import register as register_texts
from bot.views import blocks as b
from bot.views import channel_settings, notices, subscription_notices
from bot.views.answer import PASSAGES, answer
from bot.views.help import help_message
from bot.views.message import Message, shorten
from bot.views.register.choice import choice
from bot.views.register.pages import register_page, title
from knowledge.library import Library
from knowledge.models import Query

MOST_REPEATED = 80  # characters of what was typed


@dataclass(frozen=True, slots=True)
class Reply:
    """A message, whether it is for the asker alone, and the topics that it is about (see `bot.channels.subjects`)."""

    message: Message
    private: bool = False
    topics: frozenset[str] | None = None


def reply_to(library: Library, found: Route, *, bot_user_id: str, shareable: bool, channel: str = "") -> Reply:
    """The reply to what was meant: pure, so that it can be the acknowledgement itself.

    `shareable` adds the button that posts it to the channel. Where the digest's words and the settings' form can be
    answered better than by a sentence, the surface does that before it asks here; `channel` is where it was asked.
    """
    match found:
        case Question(query):
            return _answer(library, query, shareable=shareable)
        case Pages():
            return Reply(_page(library, found, shareable=shareable), topics=subjects.of_pages(library, found.keys))
        case Help(slip):
            return Reply(_help(library, bot_user_id, slip), private=True)
        case Thanks():
            return Reply(notices.glad(), private=True)
        case Digest():
            return Reply(subscription_notices.by_command(), private=True)
        case Settings():
            return Reply(channel_settings.offer(channel), private=True)


def reply(library: Library, text: str, *, bot_user_id: str, shareable: bool) -> Message:
    """The message for what somebody typed."""
    return reply_to(library, route(library, text), bot_user_id=bot_user_id, shareable=shareable).message


def is_private(found: Route) -> bool:
    """Whether this is to or about the desk itself, and so nobody's business but the asker's."""
    return isinstance(found, Help | Digest | Settings | Thanks)


def _answer(library: Library, query: Query, *, shareable: bool) -> Reply:
    found = library.ask(query, PASSAGES + 1)
    return Reply(answer(library, found, shareable=shareable), topics=subjects.of_answer(found))


def _page(library: Library, found: Pages, *, shareable: bool) -> Message:
    """The page, or the question which one was meant."""
    if len(found.keys) != 1 or found.question != register_texts.WHICH:
        return choice(library, found.question, found.rest, found.keys)
    (key,) = found.keys
    note = None
    if found.slipped:
        typed = shorten(found.typed, MOST_REPEATED)
        note = register_texts.SHOWING.format(title=title(library, key), typed=typed)
    return register_page(library, key, shareable=shareable, note=note)


def _help(library: Library, bot_user_id: str, slip: str) -> Message:
    said = help_message(library, bot_user_id)
    if not slip:
        return said
    note = texts.HELP_FOR.format(typed=literal(shorten(slip, MOST_REPEATED)))
    return replace(said, text=f"{note} {said.text}", blocks=(b.context(note), *said.blocks))
