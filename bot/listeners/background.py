"""“Find background”: the message shortcut. It works in every conversation and thread, and needs no right to read them."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from bot.inbox import Task
from bot.listeners.payloads import Chosen, PayloadError
from bot.listeners.permissions import shortcut_refused
from bot.listeners.shortcuts import Shortcut
from bot.questions import message_text
from bot.services import Services
from bot.views.background import background
from bot.views.ids import ShortcutId


async def _on_background(chosen: Chosen, services: Services) -> None:
    place, message = chosen.place, chosen.message
    if place is None or message is None:
        raise PayloadError("message")
    tell = partial(services.replies.tell, place)
    refused = shortcut_refused(chosen, place.channel, services)

    async def run() -> None:
        await tell(refused or background(services.library, message_text.question(message)))

    services.inbox.offer(Task(chosen.team, chosen.key, run, tell))


SHORTCUTS: Final[Mapping[str, Shortcut]] = {ShortcutId.BACKGROUND: _on_background}
