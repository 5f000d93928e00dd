"""“Find background”: the message shortcut. It works in every conversation and thread, and needs no right to read them."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from bot import message_text
from bot.channels.policy import Act, Way
from bot.inbox import Task
from bot.listeners.shortcuts import Shortcut
from bot.replies import Place
from bot.services import Services
from bot.views.background import background
from bot.views.ids import ShortcutId


async def _on_background(body: dict[str, Any], services: Services) -> None:
    message, user = body["message"], body["user"]["id"]
    place = Place(body["channel"]["id"], user, _thread(message), body["response_url"])
    tell = partial(services.replies.tell, place)

    guest = not services.channels.is_ours(body["user"].get("team_id"))
    refused = services.channels.refusal(Act(place.channel, user, Way.SHORTCUT, guest=guest))

    async def run() -> None:
        await tell(refused or background(services.library, message_text.question(message)))

    services.inbox.offer(Task(body["team"]["id"], f"shortcut:{user}:{body['action_ts']}", run, tell))


def _thread(message: dict[str, Any]) -> str | None:
    """The thread in which the presser certainly reads.

    A reply is seen in its open thread alone. The message that a thread hangs on is mostly seen in the channel, where a
    private word in the thread would stay unseen.
    """
    root = message.get("thread_ts")
    return None if root == message["ts"] or message.get("subtype") == "thread_broadcast" else root


SHORTCUTS: Final[Mapping[str, Shortcut]] = {ShortcutId.BACKGROUND: _on_background}
