"""A playground, a clock that is set by hand, and a real Bolt app connected to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground

NEW_YEAR = 1_800_000_000.0
MANIFEST: dict[str, object] = {
    "display_information": {"name": "Iraq Desk"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Iraq Desk"},
        "slash_commands": [
            {"command": "/iraq", "description": "Ask", "usage_hint": "[question]"},
            {"command": "/escaped", "description": "Ask", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Find context", "type": "message", "callback_id": "context", "description": "About a message"},
            {"name": "Search", "type": "global", "callback_id": "search", "description": "With filters"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["commands", "chat:write", "app_mentions:read", "im:history", "im:read", "im:write", "users:read"],
            "bot_optional": [
                "assistant:write",
                "channels:history",
                "channels:read",
                "groups:history",
                "reactions:write",
            ],
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_archive",
                "channel_rename",
                "member_joined_channel",
                "member_left_channel",
                "message.channels",
                "message.im",
                "tokens_revoked",
            ]
        }
    },
}


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = NEW_YEAR

    def __call__(self) -> float:
        """Seconds since the epoch."""
        return self.now


@pytest.fixture(name="clock")
def _clock() -> Clock:
    return Clock()


@pytest.fixture(name="slack")
async def _slack(clock: Clock) -> AsyncIterator[Playground]:
    """A playground whose patience is short."""
    async with Playground(MANIFEST, clock=clock, ack_seconds=0.3, retry_seconds=(0.0, 0.05)) as slack:
        yield slack


@pytest.fixture(name="client")
def _client(slack: Playground) -> AsyncWebClient:
    """Slack's own client, without its retries."""
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture(name="http")
async def _http() -> AsyncIterator[aiohttp.ClientSession]:
    """A bare HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(name="app")
def _app(client: AsyncWebClient) -> AsyncApp:
    """A Bolt app without listeners."""
    return AsyncApp(client=client, process_before_response=True)


@pytest.fixture(name="handler")
async def _handler(slack: Playground, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app's socket, connected."""
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=0.2)
    await handler.connect_async()
    await slack.wait_for(lambda: slack.connected)
    yield handler
    await handler.close_async()
