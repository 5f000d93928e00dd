"""What Slack knows of people and channels, as far as the digest's settings need it.

Every look-up ends soon and fails softly: a scope that was not granted, or a slow Slack, leaves a gap and not an error.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

SECONDS: Final = 0.8  # a trigger_id lives three seconds, and opening the modal takes its part of them
MOST_CHANNELS: Final = 999  # in one answer of users.conversations
_LONGEST_NAME: Final = 80

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace, or somebody of another `team` in a shared channel; `zone` is of the IANA database.

    A guest is somebody of another organisation whom the workspace invited to some channels.
    """

    name: str
    zone: str
    is_admin: bool
    team: str | None = None
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class Footing:
    """How the bot stands in a channel. None where Slack did not tell.

    `can_read` says whether the channel's history may be read, `is_there` whether the bot is a member; `is_open` is False
    for an archived channel. `name` is for plain text, where a mention of the channel would be its id. `creator` is a
    user's id; `is_shared` says whether another organisation listens (Slack Connect).
    """

    name: str | None = None
    is_there: bool | None = None
    is_open: bool = True
    can_read: bool | None = None
    creator: str | None = None
    is_shared: bool | None = None


class Directory:
    """`client` should have no retry handlers: what is not answered at once is done without."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def person(self, user: str) -> Person | None:
        """Somebody's name, zone and rank (users.info; scope users:read)."""
        try:
            async with asyncio.timeout(SECONDS):
                found: dict[str, Any] = (await self._client.users_info(user=user)).get("user") or {}
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.info("users.info: %s", _words(error))
            return None
        name = (found.get("profile") or {}).get("display_name") or found.get("real_name") or found.get("name") or user
        is_admin = bool(found.get("is_admin") or found.get("is_owner"))
        is_guest = bool(found.get("is_restricted") or found.get("is_ultra_restricted"))
        return Person(str(name)[:_LONGEST_NAME], str(found.get("tz") or ""), is_admin, found.get("team_id"), is_guest)

    async def channels_of(self, user: str) -> tuple[str, ...]:
        """Channels that somebody is in (users.conversations; scopes channels:read and groups:read).

        At most a thousand, and of the private ones those that the bot is in as well; none where Slack does not tell.
        """
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._client.users_conversations(
                    user=user, types="public_channel,private_channel", exclude_archived=True, limit=MOST_CHANNELS
                )
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.info("users.conversations: %s", _words(error))
            return ()
        return tuple(str(one["id"]) for one in answer.get("channels") or ())

    async def footing(self, channel: str) -> Footing:
        """How the bot stands in a channel (conversations.info; scopes channels:read and groups:read).

        Slack tells with every answer which scopes the token has; so whether a channel can be read costs no call.
        """
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._client.conversations_info(channel=channel)
        except SlackApiError as error:
            code = error.response.get("error")
            _log.info("conversations.info: %s", code)
            scopes = _scopes(getattr(error.response, "headers", {}))
            is_there = False if code == "channel_not_found" else None
            return Footing(is_there=is_there, can_read=None if scopes is None else "channels:history" in scopes)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.info("conversations.info: %s", _words(error))
            return Footing()
        found: dict[str, Any] = answer.get("channel") or {}
        scopes = _scopes(answer.headers)
        needed = "groups:history" if found.get("is_private") else "channels:history"
        return Footing(
            name=found.get("name"),
            is_there=found.get("is_member"),
            is_open=not found.get("is_archived"),
            can_read=None if scopes is None else needed in scopes,
            creator=found.get("creator"),
            is_shared=bool(found.get("is_ext_shared")),
        )


def _scopes(headers: Any) -> set[str] | None:  # noqa: ANN401 - slack_sdk leaves the kind of mapping open
    told = headers.get("X-OAuth-Scopes")
    return {scope.strip() for scope in told.split(",")} if told else None


def _words(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return str(error) or type(error).__name__
