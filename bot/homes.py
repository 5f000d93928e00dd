"""Publishing Home tabs: everything is gathered first, so that a tab comes in one piece or, at worst, without a part."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Final
from weakref import WeakValueDictionary

from bot.digests.overview import Overview
from bot.slack.replies import Replies
from bot.views.blocks import View
from bot.views.home import Digests, home
from bot.views.message import Message
from jobs.ports import LedgerError
from knowledge.library import Library

SECONDS: Final = 2.5  # for what a tab can do without

_log = logging.getLogger(__name__)


class Homes:
    """`clock` gives seconds since 1970.

    One person's tab is published by one task at a time, so that of two the later one has read later. Other processes
    are kept apart by Slack's hash of the tab: where it is another than `known`, somebody published since; what is read
    from then on is no older than what they knew, and takes its place.
    """

    def __init__(self, library: Library, overview: Overview, replies: Replies, clock: Callable[[], float]) -> None:
        self._library = library
        self._overview = overview
        self._replies = replies
        self._clock = clock
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def publish(
        self, team: str, user: str, *, known: str | None = None, start: int = 0, notice: str = ""
    ) -> None:
        """Set somebody's tab. `start` is the first digest shown; `notice` (mrkdwn) says what has just happened."""
        turn = self._turns.setdefault((team, user), asyncio.Lock())
        async with turn:
            for hash_ in dict.fromkeys((known, None)):
                digests = await self._digests(team, user, start)
                if await self._replies.publish_home(user, self._view(digests, notice), hash_):
                    return

    async def tell(self, user: str, message: Message) -> None:
        """Set somebody's tab with a message at its top and nothing of their own: for when not even a tab can be made."""
        await self._replies.publish_home(user, self._view(None, message.text))

    async def _digests(self, team: str, user: str, start: int) -> Digests | None:
        try:
            async with asyncio.timeout(SECONDS):
                return await self._overview.of(team, user, start)
        except (LedgerError, TimeoutError) as error:
            _log.warning("a Home tab is published without digests: %s", str(error) or type(error).__name__)
            return None

    def _view(self, digests: Digests | None, notice: str) -> View:
        today = dt.datetime.fromtimestamp(self._clock(), dt.UTC).date()
        return home(self._library, digests, today, notice=notice)
