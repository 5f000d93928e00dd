"""The composition root: the one place that makes the store, the client, the queue and the app, and joins them.

How it is then connected to Slack is `bot.serving`.
"""

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import opening
from bot.channels.desk import REFRESH, ChannelDesk
from bot.digests.clock import DigestClock
from bot.digests.desk import DigestDesk
from bot.digests.overview import Overview
from bot.digests.rendering import render
from bot.errors import SlackError
from bot.homes import Homes
from bot.inbox import Inbox
from bot.listeners import register
from bot.services import Services
from bot.settings import Settings, token
from bot.slack.agent import Agent
from bot.slack.directory import Directory
from bot.slack.publisher import SlackPublisher
from bot.slack.replies import CALL_SECONDS, Replies
from bot.storage.channels import Channels
from bot.storage.conversations import Conversations
from bot.storage.engine import open_database
from bot.storage.greetings import Greetings
from bot.storage.ledger import Ledger
from bot.storage.moves import move_channel
from bot.storage.purge import Purge
from bot.storage.store import Store
from bot.storage.subscriptions import Subscriptions
from jobs.delivery import Delivery
from jobs.housekeeping import forget_questions, forget_seen
from jobs.scheduler import Clock
from jobs.timing import Timing
from knowledge.library import Library
from knowledge.register import register_of

HOUSEKEEPING: Final = timedelta(hours=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Runtime:
    """The running bot, not yet connected to Slack's events."""

    app: AsyncApp
    client: AsyncWebClient
    services: Services
    purge: Purge


@asynccontextmanager
async def runtime(
    settings: Settings,
    *,
    library: Library | None = None,
    clock: Callable[[], float] = time.time,
    signing_secret: str = "",
    timing: Timing = Timing(),  # noqa: B008 - frozen
) -> AsyncIterator[Runtime]:
    """Everything made and joined; on leaving, the queue is drained before the database closes.

    What is queued and the digest that is being posted end side by side: within ten seconds, so that a process that is
    asked to end does within fifteen.

    Raises:
        CorpusError: the corpus has a problem.
        SettingsError: the bot token is missing or of another kind.
        DatabaseError: the database cannot be opened.
        SlackError: Slack does not take the bot token, or does not answer.
    """
    bot_token = token(settings.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-")
    library = library or opening.library(settings)
    register_of(library).prepare()
    async with AsyncExitStack() as stack:
        engine = await open_database(settings.database_url)
        store, conversations = Store(engine, clock), Conversations(engine, clock)
        stack.push_async_callback(store.close)

        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = _client(settings, bot_token, session)
        authorized = await _authorize(client, settings.slack_api_url)
        team = str(authorized.team_id)
        purge = Purge(engine, team)
        lookups = _client(settings, bot_token, session, repeats=0)
        channels = await stack.enter_async_context(_channels(library, engine, lookups, team=team, clock=clock))
        digests = _digests(settings, bot_token, team, library, engine, channels=channels, clock=clock, timing=timing)
        delivery, desk, overview = await stack.enter_async_context(digests)
        inbox = await stack.enter_async_context(Inbox(store, size=settings.queue_size, workers=settings.workers))
        stack.callback(delivery.stop)  # at once; the tick ends while the queue is drained

        replies = Replies(client, session)

        async def forget(which: str) -> None:
            if which == team and await _is_accepted(client):
                _log.warning("Slack told that the app was removed from %s, and takes its token: told late", team)
                return
            if which == team:
                delivery.stop()
            _log.warning("the app was removed from %s: %d rows were dropped", which, await purge.forget(which))

        async def move(old: str, new: str) -> None:
            await move_channel(engine, team, old, new)
            await channels.refresh()

        async def tidy() -> None:
            if purge.has_left:
                await purge.again()
            else:
                now = datetime.fromtimestamp(clock(), UTC)
                await forget_seen(store, now)
                await forget_questions(conversations, now)

        services = Services(
            team=team,
            library=library,
            store=store,
            inbox=inbox,
            replies=replies,
            bot_user_id=str(authorized.bot_user_id),
            digests=desk,
            channels=channels,
            homes=Homes(library, overview, replies, clock),
            conversations=conversations,
            greetings=Greetings(engine, clock),
            agent=Agent(lookups),
            forget=forget,
            move=move,
        )
        await stack.enter_async_context(Clock().every(HOUSEKEEPING, tidy))
        yield Runtime(_bolt(authorized, client, services, signing_secret), client, services, purge)


@asynccontextmanager
async def _channels(
    library: Library, engine: AsyncEngine, client: AsyncWebClient, *, team: str, clock: Callable[[], float]
) -> AsyncIterator[ChannelDesk]:
    """The desk of the channels' settings, which are in memory before the first question and kept fresh.

    Raises:
        LedgerError: the database cannot be read.
    """
    subscriptions = Subscriptions(engine, team=team)
    desk = ChannelDesk(library, Channels(engine), subscriptions, Directory(client), team=team, clock=clock)
    await desk.refresh()
    async with Clock().every(REFRESH, desk.keep_fresh):
        yield desk


@asynccontextmanager
async def _digests(
    settings: Settings,
    bot_token: str,
    team: str,
    library: Library,
    engine: AsyncEngine,
    *,
    channels: ChannelDesk,
    clock: Callable[[], float],
    timing: Timing,
) -> AsyncIterator[tuple[Delivery, DigestDesk, Overview]]:
    """The delivery of digests, at work, the desk where people set them, and the overview of what they set.

    They have a client of their own: no answer waits behind a digest, and nothing is sent again behind the ledger's back.
    """
    async with aiohttp.ClientSession() as session:
        client = _client(settings, bot_token, session, repeats=0)
        subscriptions, ledger = Subscriptions(engine, team=team), Ledger(engine, timing, team=team)
        delivery = Delivery(
            ledger,
            subscriptions,
            SlackPublisher(client, timing),
            partial(render, library),
            clock=lambda: datetime.fromtimestamp(clock(), UTC),
            timing=timing,
        )
        beat, directory = DigestClock(delivery.tick), Directory(client)
        desk = DigestDesk(
            library,
            subscriptions,
            ledger,
            directory,
            advance=delivery.advance,
            nudge=beat.nudge,
            outsiders=lambda channel: channels.policy(channel).outsiders,
            clock=clock,
        )
        async with beat.running(timedelta(seconds=timing.tick)):
            yield delivery, desk, Overview(subscriptions, ledger, directory, clock)


def _client(settings: Settings, bot_token: str, session: aiohttp.ClientSession, *, repeats: int = 2) -> AsyncWebClient:
    # At most the handler for 429: slack_sdk's default one also repeats a call whose connection broke, and Slack may have
    # posted the first.
    return AsyncWebClient(
        bot_token,
        base_url=settings.slack_api_url,
        timeout=CALL_SECONDS,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=repeats)] if repeats else [],
    )


async def _authorize(client: AsyncWebClient, url: str) -> AuthorizeResult:
    try:
        tested = await client.auth_test()
    except SlackApiError as error:
        raise SlackError(url, f"refuses SLACK_BOT_TOKEN: {error.response.get('error')}") from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SlackError(url, f"cannot be reached: {error}") from error
    return AuthorizeResult.from_auth_test_response(bot_token=client.token, auth_test_response=tested)


async def _is_accepted(client: AsyncWebClient) -> bool:
    """Whether Slack certainly takes the token."""
    try:
        await client.auth_test()
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError):
        return False
    return True


def _bolt(authorized: AuthorizeResult, client: AsyncWebClient, services: Services, signing_secret: str) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return authorized

    app = AsyncApp(
        name="iraq-desk",
        signing_secret=signing_secret,
        client=AsyncWebClient(base_url=client.base_url, session=client.session),
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # so that it is acknowledged all the same (bot.listeners.errors)
        attaching_conversation_kwargs_enabled=False,
    )
    register(app, services)
    return app
