"""Posting digests to Slack, finding them again, and telling an owner that it cannot be done (`jobs.ports.Publisher`).

Nothing here is repeated: slack_sdk's own handlers send a post again when its connection breaks, and Slack may have taken
the first. What goes wrong is a value, since it decides what the ledger does next.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.texts import subscription as texts
from jobs.ports import (
    Found,
    InDoubt,
    Outcome,
    Payload,
    Posted,
    Reading,
    Refusal,
    Refused,
    Throttled,
    Unreadable,
)
from jobs.subscriptions import IS_SHARED, Subscription
from jobs.timing import Timing

_Call: TypeAlias = Coroutine[Any, Any, AsyncSlackResponse]

EVENT_TYPE: Final = "iraq_desk_digest"
PAGE: Final = 200  # messages a call; Slack's advice, and a limited app gets 15 whatever it asks for
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
_RETRY_AFTER: Final = 30.0  # seconds, when a 429 does not say

# The errors of docs.slack.dev/reference/methods/chat.postMessage. What may have been done all the same:
_DOUBTFUL: Final = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
# What only a person can change:
_CLOSED: Final = {
    "access_denied",
    "account_inactive",
    "as_user_not_supported",
    "channel_not_found",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "is_archived",
    "is_inactive",
    "messages_tab_disabled",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "not_in_channel",
    "org_login_required",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
}
# What will never be taken in this form:
_UNFIT: Final = {
    "cannot_reply_to_message",
    "invalid_arguments",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "message_not_found",
    "metadata_too_large",
    "msg_too_long",
    "no_text",
    "restricted_action_thread_locked",
    "thread_not_found",
}
# What will be taken without its blocks:
_BLOCKS: Final = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
# What reading a channel needs and posting does not (a private channel is "not found" without groups:history):
_UNREADABLE: Final = {"channel_not_found", "missing_scope", "no_permission", "not_allowed_token_type", "not_in_channel"}


class SlackPublisher:
    """`client` must have no retry handlers and a session; one workspace, so `team` is not looked at.

    Raises:
        ValueError: the client would send again what Slack may have taken.
    """

    def __init__(self, client: AsyncWebClient, timing: Timing = Timing()) -> None:  # noqa: B008 - frozen
        if client.retry_handlers:
            raise ValueError("the client for digests must be made with retry_handlers=[]")
        self._client = client
        self._timing = timing

    async def post(self, team: str, channel: str, payload: Payload, *, key: str, thread_ts: str | None) -> Outcome:
        """Post a message that carries the key as metadata; as plain text if Slack does not take its blocks."""
        del team
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        body = {**payload, "channel": channel, "metadata": metadata}
        if thread_ts is not None:
            body["thread_ts"] = thread_ts
        try:
            async with asyncio.timeout(self._timing.call):
                outcome = await _answer(self._client.chat_postMessage(**body))
                if isinstance(outcome, Refused) and outcome.error in _BLOCKS and body.pop("blocks", None):
                    outcome = await _answer(self._client.chat_postMessage(**body))
        except TimeoutError:
            return InDoubt("timeout")
        return _posted(outcome)

    async def find(self, team: str, channel: str, *, key: str, within: float, thread_ts: str | None) -> Reading:
        """Our messages with this key: in the thread, or in the channel as far back as `within` seconds from Slack's now."""
        del team
        body: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        method: Callable[..., _Call] = self._client.conversations_history
        if thread_ts is not None:
            method, body["ts"] = self._client.conversations_replies, thread_ts
        found: set[str] = set()
        try:
            async with asyncio.timeout(self._timing.lease - self._timing.margin - self._timing.call):
                while True:
                    page = await _answer(method(**body))
                    if isinstance(page, Refused) and page.error in _UNREADABLE:
                        return Unreadable(page.error)
                    if not isinstance(page, AsyncSlackResponse):
                        return page
                    oldest = _slack_now(page) - within if thread_ts is None else 0.0
                    found.update(_with_key(page, key))
                    body["cursor"] = (page.get("response_metadata") or {}).get("next_cursor") or ""
                    if not body["cursor"] or _reaches(page, oldest):
                        return Found(tuple(sorted(found)))
        except TimeoutError:
            return InDoubt("timeout")

    async def delete(self, team: str, channel: str, ts: str) -> Outcome:
        """Remove a message of ours; `Posted` when it is gone, even if it was before."""
        del team
        try:
            async with asyncio.timeout(self._timing.call):
                outcome = await _answer(self._client.chat_delete(channel=channel, ts=ts))
        except TimeoutError:
            return InDoubt("timeout")
        if isinstance(outcome, Refused) and outcome.error == "message_not_found":
            return Posted(ts)
        return _posted(outcome)

    async def tell_owner(self, subscription: Subscription) -> Outcome:
        """Tell the owner in private why the subscription rests and what to do."""
        said = self._client.chat_postMessage(
            channel=subscription.owner, text=suspended(subscription), unfurl_links=False
        )
        try:
            async with asyncio.timeout(self._timing.call):
                return _posted(await _answer(said))
        except TimeoutError:
            return InDoubt("timeout")


def suspended(subscription: Subscription) -> str:
    """What an owner is told, in mrkdwn."""
    channel = f"<#{subscription.channel}>"
    if subscription.paused == IS_SHARED:
        return texts.TOLD_SHARED.format(channel=channel)
    what = texts.TOLD_WHAT.get(str(subscription.paused), texts.TOLD_ELSE)
    return texts.TOLD.format(channel=channel, what=what.format(channel=channel, error=subscription.paused))


async def _answer(call: _Call) -> AsyncSlackResponse | Throttled | Refused | InDoubt:
    try:
        return await call
    except SlackApiError as error:
        return _refusal(error.response)
    except aiohttp.ClientConnectorError as error:
        return Refused(f"no connection: {error.os_error}", Refusal.NOW)  # not a byte of the message has left
    except TimeoutError:
        raise
    except (aiohttp.ClientError, OSError) as error:
        return InDoubt(str(error) or type(error).__name__)


def _posted(outcome: AsyncSlackResponse | Throttled | Refused | InDoubt) -> Outcome:
    if not isinstance(outcome, AsyncSlackResponse):
        return outcome
    ts = outcome.get("ts")
    return Posted(ts) if isinstance(ts, str) else InDoubt("Slack's answer has no timestamp")


def _refusal(response: Any) -> Throttled | Refused | InDoubt:  # noqa: ANN401 - slack_sdk has two kinds of them here
    """What a failed call means. An answer that is not JSON has no `error`."""
    status = response.status_code if isinstance(response, AsyncSlackResponse) else _SERVER_ERROR
    error = str(response.get("error") or status) if isinstance(response, AsyncSlackResponse) else "no JSON"
    if status == _TOO_MANY or error in {"ratelimited", "rate_limited"}:
        return Throttled(_seconds(response.headers.get("Retry-After")))
    if status >= _SERVER_ERROR or error in _DOUBTFUL or error == str(status):
        return InDoubt(error)
    about = Refusal.CHANNEL if error in _CLOSED else Refusal.MESSAGE if error in _UNFIT else Refusal.NOW
    return Refused(error, about)


def _seconds(header: str | None) -> float:
    return float(header) if header is not None and header.isdecimal() else _RETRY_AFTER


def _slack_now(page: AsyncSlackResponse) -> float:
    """The time by Slack's clock, from the answer's Date header; neither our clock nor the database's need agree with it."""
    date = page.headers.get("Date")
    return parsedate_to_datetime(date).timestamp() if date else datetime.now(UTC).timestamp()


def _with_key(page: AsyncSlackResponse, key: str) -> Iterator[str]:
    for message in page.get("messages") or []:
        metadata = message.get("metadata") or {}
        if metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("key") == key:
            yield message["ts"]


def _reaches(page: AsyncSlackResponse, oldest: float) -> bool:
    """Whether a page of a channel's history, newest first, goes back far enough."""
    messages = page.get("messages") or []
    return bool(messages) and float(messages[-1]["ts"]) < oldest
