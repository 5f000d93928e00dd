"""What Slack offers to agents alone: suggested prompts in the Messages tab, and a status while an answer is on its way.

They need a paid plan, and the prompts the scope `assistant:write` (docs.slack.dev/ai). Nothing depends on them: no call here
ever raises, and after the first refusal that is not about the moment none is made until the next start.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.replies import Place

# Most answers are there before anybody notices a wait (0.4 s: Doherty and Thadhani 1982); for them a status would be a second
# call and a flicker.
PATIENCE: Final = 0.4
SECONDS: Final = 3.0  # for a call; nobody's answer waits for it
# Refusals that say nothing of the next call; all others (missing_scope, feature_not_enabled, not_allowed, ...) say that this
# installation has no agents.
_PASSING: Final = frozenset(
    {
        "ratelimited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "channel_not_found",
        "invalid_thread_ts",
        "message_not_found",
    }
)

_log = logging.getLogger(__name__)


class Agent:
    """`client` should have no retry handlers. `patience`: seconds of work after which a status is shown."""

    def __init__(self, client: AsyncWebClient, *, patience: float = PATIENCE) -> None:
        self._client = client
        self._patience = patience
        self._offered = True

    async def suggest(self, channel: str, title: str, prompts: Sequence[tuple[str, str]]) -> None:
        """Pin up to four prompts, each a (title, message), to the top of a direct message channel."""
        given = [{"title": name, "message": message} for name, message in prompts]
        # Without thread_ts: for agents a call that has one fails in silence (assistant.threads.setSuggestedPrompts).
        await self._try(
            lambda: self._client.assistant_threads_setSuggestedPrompts(channel_id=channel, title=title, prompts=given)
        )

    @asynccontextmanager
    async def working(self, place: Place, status: str) -> AsyncIterator[None]:
        """Show a status in a thread while the work inside takes long; the work does not wait for it."""
        begun = asyncio.Event()
        showing = asyncio.create_task(self._show(place, status, begun))
        try:
            yield
        finally:
            if not begun.is_set():
                showing.cancel()
            await asyncio.wait([showing])
            if begun.is_set():  # a reply clears it, but may have come before it
                await self._set(place, "")

    async def _show(self, place: Place, status: str, begun: asyncio.Event) -> None:
        await asyncio.sleep(self._patience)
        begun.set()
        await self._set(place, status)

    async def _set(self, place: Place, status: str) -> None:
        await self._try(
            lambda: self._client.assistant_threads_setStatus(
                channel_id=place.channel, thread_ts=str(place.thread_ts), status=status
            )
        )

    async def _try(self, call: Callable[[], Awaitable[object]]) -> None:
        if not self._offered:
            return
        try:
            async with asyncio.timeout(SECONDS):
                await call()
        except SlackApiError as error:
            reason = str(error.response.get("error"))
            self._offered = reason in _PASSING
            _log.info("no prompts and no status%s: %s", "" if self._offered else " from now on", reason)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.info("no prompts and no status: %s", str(error) or type(error).__name__)
