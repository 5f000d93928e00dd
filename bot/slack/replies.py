"""Sending a message to Slack: to a thread, to one person, or to an interaction's response URL.

Posting is never repeated on a broken connection: Slack may have taken the first one (there is no idempotency key).
Only a 429, which says that nothing was posted, is tried again, by slack_sdk's own handler.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import ModalError, SlackError
from bot.views.blocks import View
from bot.views.message import Message

CALL_SECONDS: Final = 10
# A trigger_id lives three seconds, and so does the acknowledgement that waits for this call.
MODAL_SECONDS: Final = 2.5
_BLOCK_ERRORS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an interaction happened. `response_url` is the only way to a message that only one person sees."""

    channel: str
    user: str
    thread_ts: str | None = None
    response_url: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether there is nothing but a person: Slack takes a person's id for their direct messages with the bot."""
        return self.channel == self.user


class Replies:
    """Everything the bot says after the acknowledgement."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session

    async def post(self, place: Place, message: Message) -> None:
        """Say it in the thread, for everybody there."""
        await self._say(message, self._client.chat_postMessage, channel=place.channel, thread_ts=place.thread_ts)

    async def tell(self, place: Place, message: Message) -> None:
        """Say it to one person."""
        if place.response_url is not None:
            await self.respond(place, message, response_type="ephemeral", replace_original=False)
            return
        if place.is_person:
            await self.post(place, message)
            return
        await self._say(
            message,
            self._client.chat_postEphemeral,
            channel=place.channel,
            user=place.user,
            thread_ts=place.thread_ts,
        )

    async def respond(self, place: Place, message: Message, **how: str | bool) -> None:
        """Use the response URL: at most five times within thirty minutes (handling-user-interaction).

        What is new goes to the place's thread; without `thread_ts` Slack would put it beside the thread.
        """
        url = place.response_url
        if url is None:  # a control that only private messages have was pressed elsewhere
            raise SlackError("the response URL of an interaction", "there is none")
        if place.thread_ts is not None and not how.get("replace_original"):
            how["thread_ts"] = place.thread_ts
        webhook = AsyncWebhookClient(
            url,
            timeout=CALL_SECONDS,
            session=self._session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )
        response = await webhook.send_dict({**message.payload(), **how})
        if response.status_code != 200:  # noqa: PLR2004 - HTTP's own number for success
            raise SlackError("the response URL of an interaction", f"{response.status_code} {response.body}")

    async def open_modal(self, trigger_id: str, view: View) -> None:
        """Open a modal while the trigger lives; raises ModalError."""
        await _opened(self._client.views_open(trigger_id=trigger_id, view=view))

    async def push_modal(self, trigger_id: str, view: View) -> None:
        """Lay a modal over the one that the trigger came from, while the trigger lives; raises ModalError."""
        await _opened(self._client.views_push(trigger_id=trigger_id, view=view))

    async def update_modal(self, view_id: str, view: View) -> None:
        """Give an open modal other content."""
        await self._client.views_update(view_id=view_id, view=view)

    async def publish_home(self, user: str, view: View, known: str | None = None) -> bool:
        """Set a person's Home tab; False when it is not any more the one whose hash is `known`, and nothing was set."""
        try:
            await self._client.views_publish(user_id=user, view=view, hash=known)
        except SlackApiError as error:
            if error.response.get("error") != "hash_conflict":
                raise
            return False
        return True

    async def _say(self, message: Message, method: Callable[..., Awaitable[object]], **where: str | None) -> None:
        try:
            await method(**where, **message.payload())
        except SlackApiError as error:
            if error.response.get("error") not in _BLOCK_ERRORS:
                raise
            await method(**where, **message.without_blocks().payload())


async def _opened(call: Awaitable[object]) -> None:
    try:
        async with asyncio.timeout(MODAL_SECONDS):
            await call
    except SlackApiError as error:
        raise ModalError(str(error.response.get("error"))) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ModalError(str(error) or type(error).__name__) from error
