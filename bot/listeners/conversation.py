"""Mentions and direct messages: an answer in the thread, follow-ups read with the thread's last question, one welcome."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.inbox import Task
from bot.listeners.payloads import ID, Said, maybe, part, word
from bot.listeners.permissions import mention_refused
from bot.mrkdwn import plain
from bot.questions import commands, routing
from bot.questions.routing import Command, Pages, Question, Route
from bot.services import Services
from bot.slack.replies import Place
from bot.storage.greetings import DIRECT_MESSAGES
from bot.texts import conversation as texts
from bot.texts.manifest import PROMPTS
from bot.views.greetings import hello, welcome
from jobs.ports import LedgerError
from knowledge.library import Library
from knowledge.models import Query
from knowledge.query import parse

# A message with any other subtype is an edit, a deletion, a join or another app's.
_PERSONS_SUBTYPES: Final = (None, "file_share", "thread_broadcast")

_log = logging.getLogger(__name__)


def on_mention(body: dict[str, Any], services: Services) -> None:
    """Somebody mentioned the bot; in a direct message the same words arrive as a message too."""
    said = _from_a_person(body, services)
    if said is not None and not said.direct:
        _enqueue(said, services)


def on_message(body: dict[str, Any], services: Services) -> None:
    """Somebody wrote to the bot alone. In a channel a message without a mention is not for it, whatever thread it is in."""
    said = _from_a_person(body, services)
    if said is not None and said.direct:
        _enqueue(said, services)


def on_messages_opened(body: dict[str, Any], services: Services) -> None:
    """The Messages tab: prompts every time, since Slack forgets them, and a welcome once."""
    event, team = part(body, "event"), services.team
    place = Place(word(event, "channel"), word(event, "user"))

    async def run() -> None:
        await services.agent.suggest(place.channel, texts.PROMPTS_TITLE, PROMPTS)
        await _greet(team, place, DIRECT_MESSAGES, partial(services.replies.post, place, welcome()), services)

    services.inbox.offer(Task(team, None, run))


def on_joined(body: dict[str, Any], services: Services) -> None:
    """The bot was invited to a channel: whoever did it is told how it behaves there."""
    event, team = part(body, "event"), services.team
    inviter = maybe(event, "inviter", ID)
    if event.get("user") != services.bot_user_id or inviter is None:
        return
    place = Place(word(event, "channel"), inviter)
    told = partial(services.replies.tell, place, hello(services.bot_user_id))
    services.inbox.offer(Task(team, None, partial(_greet, team, place, place.channel, told, services)))


def _from_a_person(body: dict[str, Any], services: Services) -> Said | None:
    event = body["event"]
    ours = event.get("user") in (None, "USLACKBOT", services.bot_user_id)
    if ours or event.get("bot_id") or event.get("bot_profile") or event.get("subtype") not in _PERSONS_SUBTYPES:
        return None
    return Said.read(body)


def _enqueue(said: Said, services: Services) -> None:
    run = partial(_answer, said, services)
    if said.direct:
        run = partial(_with_status, run, said, services)
    tell = partial(services.replies.tell, said.place)
    services.inbox.offer(Task(said.team, f"event:{said.event_id}", run, tell))


async def _with_status(run: Callable[[], Awaitable[None]], said: Said, services: Services) -> None:
    async with services.agent.working(said.place, texts.STATUS):
        await run()


async def _answer(said: Said, services: Services) -> None:
    library = services.library
    found = routing.route(library, plain(said.text, bot_user_id=services.bot_user_id))
    if not commands.is_private(found) and (last := await _last_question(said, services)) is not None:
        found = _follow(library, last, found)
    reply = commands.reply_to(
        library, found, bot_user_id=services.bot_user_id, shareable=False, channel=said.place.channel
    )
    if not said.direct:
        refused = None if reply.private else await mention_refused(said, services, reply.topics)
        if reply.private or refused is not None:  # help and refusals are nobody else's business in a channel
            await services.replies.tell(said.place, refused or reply.message)
            return
    await services.replies.post(said.place, reply.message)
    if isinstance(found, Question):
        await _keep_question(said, found.query, services)


def _follow(library: Library, last: Query, found: Route) -> Route:
    """What is meant after a last question; in the middle of a conversation a bare "who?" is a question too."""
    match found:
        case Question(query):
            return Question(library.follow(last, query))
        case Pages(command=Command.WHO, rest=""):
            return Question(library.follow(last, parse(found.typed)))
        case _:
            return found


async def _last_question(said: Said, services: Services) -> Query | None:
    """What was asked before in this thread; in direct messages, where people seldom open the thread, what was asked last."""
    if not (said.direct or said.in_thread):
        return None
    place = said.place
    try:
        found = await services.conversations.last(said.team, place.channel, str(place.thread_ts), or_newest=said.direct)
    except LedgerError:  # the question is answered by itself
        _log.exception("the last question of a thread could not be read")
        return None
    return None if found is None else parse(found)


async def _keep_question(said: Said, question: Query, services: Services) -> None:
    try:
        await services.conversations.keep(said.team, said.place.channel, str(said.place.thread_ts), question.whole)
    except LedgerError:  # it was answered; to say that something broke would be wrong, and to answer again worse
        _log.exception("the last question of a thread could not be kept")


async def _greet(team: str, place: Place, where: str, greet: Callable[[], Awaitable[None]], services: Services) -> None:
    """Greet somebody, if nobody did. A greeting that Slack refuses is tried again on the next occasion."""
    if not await services.greetings.claim(team, place.user, where):
        return
    try:
        await greet()
    except SlackApiError as error:
        await services.greetings.release(team, place.user, where)
        _log.warning("a greeting was refused: %s", error.response.get("error"))
