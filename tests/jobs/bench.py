"""A delivery on the bench: a real ledger in memory, a Slack on loopback, and clocks that a test turns."""

import datetime as dt
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.slack.publisher import SlackPublisher
from bot.storage.engine import open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from jobs.delivery import Delivery
from jobs.digest import Past
from jobs.periods import Frequency, Schedule
from jobs.ports import Publisher, Rendered
from jobs.subscriptions import Assurance, Form, Subscription
from jobs.timing import Timing
from tests.chaos.slack import FakeSlack

DUE = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)  # a Monday, in 2026-W48
WEEK = dt.timedelta(days=7)
MINUTE = dt.timedelta(minutes=1)
# As in production, but for a bucket that a test need not wait for, and ticks that wait for nothing that is far off.
TIMING = Timing(tick=3, rate=200, channel_gap=0.005)


def weekly(channel: str = "C1", **changes: object) -> Subscription:
    """Mondays at 09:00 in UTC, since the day before the first."""
    one = Subscription(
        team="T1",
        channel=channel,
        owner="U1",
        schedule=Schedule(Frequency.WEEKLY, 1, dt.time(9), "UTC"),
        topics=(),
        form=Form.FULL,
        skip_unchanged=False,
        assurance=Assurance.AT_MOST_ONCE,
        paused=None,
        since=DUE - dt.timedelta(days=1),
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # names and values are the test's


@dataclass(slots=True)
class Composer:
    """Digests of so many parts, whose texts name channel, period and part; and a record of what it was given."""

    parts: int = 3
    skip: bool = False
    fails: bool = False
    given: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def __call__(
        self, subscription: Subscription, period: str, history: Sequence[Past], missed: Sequence[str]
    ) -> Rendered:
        """The digest."""
        self.given.append((period, tuple(past.period for past in history), tuple(missed)))
        if self.fails:
            raise ZeroDivisionError
        messages = tuple({"text": f"{subscription.channel} {period} {part}"} for part in range(self.parts))
        return Rendered(messages, {"passage:a": period}, ("oil",), self.skip)


@dataclass(slots=True)
class Bench:
    """One worker. `now` is what it took for the time when it began; `turn` lets time pass for every clock there is."""

    slack: FakeSlack
    engine: AsyncEngine
    ledger: Ledger
    subscriptions: Subscriptions
    client: AsyncWebClient
    publisher: Publisher
    compose: Composer
    now: dt.datetime
    delivery: Delivery = field(init=False)
    began: float = field(default_factory=time.monotonic)
    database_ahead: float = 0
    monotonic_ahead: float = 0

    def __post_init__(self) -> None:
        self.delivery = self.worker()

    def clock(self) -> dt.datetime:
        """The time: what the test set, and what has passed since it began."""
        return self.now + dt.timedelta(seconds=time.monotonic() - self.began)

    def turn(self, **delta: float) -> None:
        """Time passes, and all clocks agree on how much."""
        passed = dt.timedelta(**delta)
        self.now += passed
        self.database_ahead += passed.total_seconds()
        self.monotonic_ahead += passed.total_seconds()

    def worker(self, **changes: object) -> Delivery:
        """Another worker on the same ledger."""
        timing = replace(TIMING, **changes)  # type: ignore[arg-type]  # names and values are the test's
        return Delivery(
            Ledger(self.engine, timing),
            self.subscriptions,
            self.publisher,
            self.compose,
            timing=timing,
            clock=self.clock,
            monotonic=lambda: time.monotonic() + self.monotonic_ahead,
        )

    def impatient(self, call: float = 0.5) -> None:
        """From now on a call to Slack that does not end is given up soon."""
        timing = replace(TIMING, call=call, margin=5, lease=call + 5.5)  # and half a second for reading back
        self.publisher = SlackPublisher(self.client, timing)
        self.delivery = self.worker()

    async def tick(self, **delta: float) -> dt.datetime | None:
        """Let time pass, then tick."""
        self.turn(**delta)
        return await self.delivery.tick()

    async def state(self, channel: str = "C1") -> tuple[str, str | None]:
        """How the newest digest of a channel stands."""
        status = await self.ledger.status("T1", channel)
        return ("none", None) if status is None else (status.state.value, status.error)

    def texts(self) -> list[str]:
        """What stands in the channels, in the order in which it came."""
        return [message.text for message in self.slack.messages if not message.deleted]


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    """A minute before the digest is due, with nobody subscribed."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        engine = await open_database("sqlite://")
        stack.push_async_callback(engine.dispose)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = AsyncWebClient("xoxb-T1", base_url=slack.url, session=session, retry_handlers=[])
        publisher, subscriptions = SlackPublisher(client, TIMING), Subscriptions(engine)
        compose, ledger = Composer(), Ledger(engine, TIMING)
        made = Bench(slack, engine, ledger, subscriptions, client, publisher, compose, DUE - MINUTE)
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            if driver is not None:
                # The one connection of a database in memory; so this is the database's clock.
                await driver.create_function("julianday", 1, lambda _: _julian_day(made.database_ahead))
        yield made


def _julian_day(ahead: float) -> float:
    return (time.time() + ahead) / 86_400 + 2_440_587.5
