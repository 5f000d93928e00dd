"""A worker of the suite: the product's delivery over the product's ledger and publisher, in a process of its own."""

import asyncio
import datetime as dt
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any, cast

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.slack.publisher import SlackPublisher
from bot.storage.engine import open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from jobs.delivery import Delivery
from jobs.digest import Past
from jobs.ports import Found, Publisher, Reading, Rendered
from jobs.ports import Ledger as LedgerPort
from jobs.ports import Subscriptions as SubscriptionsPort
from jobs.scheduler import Clock
from jobs.subscriptions import Subscription
from tests.chaos.orders import Orders, leave
from tests.chaos.points import Points

_SENTENCE = "What changed in Baghdad this week, why it matters, and who should do what about it. "


def main(orders: Orders) -> None:
    """Work until SIGTERM."""
    logging.disable(logging.ERROR)
    asyncio.run(_work(orders))


async def _work(orders: Orders) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    if (parent := multiprocessing.parent_process()) is not None:
        asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)  # the suite itself was killed
    async with AsyncExitStack() as stack:
        engine = await _opened(orders)
        stack.push_async_callback(engine.dispose)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        ledger = Points(Ledger(engine, orders.timing), orders)
        ledger.hang_on(engine)
        delivery = Delivery(
            cast("LedgerPort", ledger),
            cast("SubscriptionsPort", Points(Subscriptions(engine), orders)),
            cast("Publisher", Points(_Workspaces(orders, session), orders)),
            Composer(orders.parts),
            timing=orders.timing,
            clock=orders.clocks.now,
        )
        if orders.watches_loop:
            stack.callback(asyncio.create_task(_watch(orders)).cancel)
        await stack.enter_async_context(Clock().every(dt.timedelta(seconds=orders.timing.tick), delivery.tick))
        await stop.wait()
        delivery.stop()


async def _opened(orders: Orders) -> AsyncEngine:
    engine = await open_database(orders.database)
    if engine.dialect.name == "sqlite":
        await engine.dispose()  # so that the next connection is opened under the conditions of the suite

        def connected(connection: Any, _: object) -> None:  # noqa: ANN401 - SQLAlchemy's own adapter has no type
            if orders.pages is not None:
                connection.execute(f"PRAGMA max_page_count = {orders.pages}")
            if orders.steps_database_clock:
                clocks = orders.clocks
                connection.create_function("julianday", 1, lambda _: _julian_day(time.time() + clocks.database))

        event.listen(engine.sync_engine, "connect", connected)
    return engine


def _julian_day(now: float) -> float:
    return now / 86_400 + 2_440_587.5


async def _watch(orders: Orders) -> None:
    """Leave the longest time for which the loop was blocked, in milliseconds: by the clock, and by work of its own.

    On cores that are shared with the whole suite the former has the waiting for a core in it.
    """
    longest, working = 0.0, 0.0
    while True:
        begun, worked = time.monotonic(), time.thread_time()
        await asyncio.sleep(0.01)
        blocked, work = (time.monotonic() - begun - 0.01) * 1000, (time.thread_time() - worked) * 1000
        if blocked > longest or min(work, blocked) > working:
            longest, working = max(longest, blocked), max(working, min(work, blocked))
            leave(orders.folder, f"blocked {longest:.1f} {working:.1f}")


class Composer:
    """Digests whose texts name channel, period and part, with blocks as long as real ones."""

    def __init__(self, parts: int) -> None:
        self._parts = parts

    def __call__(
        self, subscription: Subscription, period: str, history: Sequence[Past], missed: Sequence[str]
    ) -> Rendered:
        """The digest; its manifest is as long as the corpus's, and it is compared with the last one."""
        manifest = {f"passage:{number}": f"{number:012x}" for number in range(600)}
        changed = sorted(key for key in manifest if history and history[0].manifest.get(key) != manifest[key])
        section = {"type": "section", "text": {"type": "mrkdwn", "text": _SENTENCE * 5}}
        texts = [f"{subscription.channel} {period} {part}" for part in range(self._parts)]
        messages = tuple({"text": text, "blocks": [section] * 12} for text in texts)
        return Rendered(messages, manifest, (*changed[:5], *missed))


class _Workspaces:
    """One publisher a workspace. Without read-back it finds nothing, ever."""

    def __init__(self, orders: Orders, session: aiohttp.ClientSession) -> None:
        self._reads_back = orders.reads_back
        self._each = {}
        for team in orders.teams:
            client = AsyncWebClient(f"xoxb-{team}", base_url=orders.slack, session=session, retry_handlers=[])
            self._each[team] = SlackPublisher(client, orders.timing)

    async def post(self, team: str, channel: str, *args: Any, **named: Any) -> object:  # noqa: ANN401 - passed on
        return await self._each[team].post(team, channel, *args, **named)

    async def find(self, team: str, channel: str, **named: Any) -> Reading:  # noqa: ANN401 - passed on
        return await self._each[team].find(team, channel, **named) if self._reads_back else Found(())

    async def delete(self, team: str, channel: str, ts: str) -> object:
        return await self._each[team].delete(team, channel, ts)

    async def tell_owner(self, subscription: Subscription) -> object:
        return await self._each[subscription.team].tell_owner(subscription)
