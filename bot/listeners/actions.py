"""What handlers of buttons and menus have in common."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias

from bot.inbox import Task
from bot.listeners.payloads import Press
from bot.services import Services

Handler: TypeAlias = Callable[[Press, Services], Awaitable[None]]


def enqueue(press: Press, services: Services, run: Callable[[], Awaitable[None]]) -> None:
    """Do it after the acknowledgement, once; the presser hears when that fails."""
    services.inbox.offer(Task(press.team, press.key, run, partial(services.replies.tell, press.place)))
