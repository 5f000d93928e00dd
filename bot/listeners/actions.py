"""What handlers of buttons and menus have in common."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import OverloadError
from bot.inbox import Task
from bot.listeners.payloads import Press
from bot.services import Services
from bot.views.message import Message

Handler: TypeAlias = Callable[[Press, Services], Awaitable[None]]

# How a modal fails to open: the trigger has expired, three are open already, or Slack cannot be reached in time.
NOT_OPENED: Final = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)


def enqueue(press: Press, services: Services, run: Callable[[], Awaitable[None]]) -> None:
    """Do it after the acknowledgement, once; the presser hears when that fails."""
    services.inbox.offer(Task(press.team, press.key, run, partial(services.replies.tell, press.place)))


def refresh_home(team: str, user: str, services: Services) -> None:
    """Publish somebody's Home anew after a change in a modal, which it stands behind; without room for it, do without."""
    with suppress(OverloadError):
        services.inbox.offer(Task(team, None, partial(services.homes.publish, team, user), _nobody))


async def _nobody(_message: Message) -> None:
    """Nobody asked, so nobody is told that it failed: the log has it."""
