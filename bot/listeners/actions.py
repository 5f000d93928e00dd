"""What handlers of buttons and menus have in common."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final, TypeAlias

from bot.errors import ModalError, OverloadError
from bot.inbox import Task
from bot.listeners.payloads import Press
from bot.services import Services
from bot.views.blocks import View
from bot.views.message import Message

SECONDS: Final = 2.8  # of the three that Slack waits for the acknowledgement, and that a trigger_id lives

Handler: TypeAlias = Callable[[Press, Services], Awaitable[None]]


def enqueue(
    press: Press,
    services: Services,
    run: Callable[[], Awaitable[None]],
    tell: Callable[[Message], Awaitable[None]] | None = None,
) -> None:
    """Do it after the acknowledgement, once; when that fails the presser hears, by `tell` where no message can be posted."""
    services.inbox.offer(Task(press.team, press.key, run, tell or partial(services.replies.tell, press.place)))


async def open_made(making: Awaitable[View | Message], trigger_id: str, services: Services) -> Message | None:
    """Open a modal that must be made first; returns what was made instead of one, if anything.

    Raises:
        LedgerError, TimeoutError: it was not made.
        ModalError: it did not open.
    """
    made: View | Message | None = None
    try:
        async with asyncio.timeout(SECONDS):
            made = await making
            if isinstance(made, Message):
                return made
            await services.replies.open_modal(trigger_id, made)
    except TimeoutError:
        if made is None:
            raise
        raise ModalError("no time was left") from None
    return None


def refresh_home(team: str, user: str, services: Services) -> None:
    """Publish somebody's Home anew after a change in a modal, which it stands behind; without room for it, do without."""
    with suppress(OverloadError):
        services.inbox.offer(Task(team, None, partial(services.homes.publish, team, user)))
