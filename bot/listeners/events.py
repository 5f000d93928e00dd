"""Mentions, direct messages, the Home tab, and what befalls channels. A listener only enqueues: Slack is called after the acknowledgement."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from bot import commands
from bot.inbox import Task
from bot.listeners import fates, home
from bot.listeners.channel_settings import said_act
from bot.listeners.payloads import Said
from bot.mrkdwn import plain
from bot.replies import Place
from bot.routing import route
from bot.services import Services
from bot.views.message import Message

# A message with any other subtype is an edit, a deletion, a join or another app's.
_PERSONS_SUBTYPES = {None, "file_share", "thread_broadcast"}


async def on_event(body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by type; what is not in the table is acknowledged by Bolt and left alone."""
    handler = EVENTS.get(body["event"]["type"])
    if handler is not None:
        handler(body, services)


def _on_mention(body: dict[str, Any], services: Services) -> None:
    said = _from_a_person(body, services)
    if said is not None and not said.direct:  # in a direct message the same words arrive as `message` too
        _enqueue(said, services)


def _on_message(body: dict[str, Any], services: Services) -> None:
    said = _from_a_person(body, services)
    if said is not None and said.direct:
        _enqueue(said, services)


def _from_a_person(body: dict[str, Any], services: Services) -> Said | None:
    event = body["event"]
    ours = event.get("user") in {None, "USLACKBOT", services.bot_user_id}
    if ours or event.get("bot_id") or event.get("bot_profile") or event.get("subtype") not in _PERSONS_SUBTYPES:
        return None
    return Said.read(body)


def _enqueue(said: Said, services: Services) -> None:
    run = partial(_answer, said, services)
    tell = partial(services.replies.tell, said.place)
    services.inbox.offer(Task(said.team, f"event:{said.event_id}", run, tell))


async def _answer(said: Said, services: Services) -> None:
    text = plain(said.text, bot_user_id=services.bot_user_id)
    reply = commands.reply_to(
        services.library,
        route(services.library, text),
        bot_user_id=services.bot_user_id,
        shareable=False,
        channel=said.place.channel,
    )
    refused = None
    if not said.direct and not reply.private:
        refused = await services.channels.refusal_now(said_act(said, services, reply.topics))
    send: Callable[[Place, Message], Any] = services.replies.post
    if refused is not None or (reply.private and not said.direct):
        send = services.replies.tell  # help and refusals are nobody else's business in a channel
    await send(said.place, refused or reply.message)


EVENTS: Final[Mapping[str, Callable[[dict[str, Any], Services], None]]] = {
    "app_mention": _on_mention,
    "message": _on_message,
    "app_home_opened": home.on_opened,
    "app_uninstalled": fates.on_uninstalled,
    "tokens_revoked": fates.on_revoked,
    **dict.fromkeys(fates.CLOSED, fates.on_channel_closed),
}
