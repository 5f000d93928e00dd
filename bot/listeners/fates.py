"""What befalls channels and the app itself: archived, deleted, left, shared, given another id, revoked, uninstalled.

Nothing here is answered, and all of it may be done twice; so no key is kept, and after an uninstall no row remains.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from bot.inbox import Task
from bot.listeners.payloads import part, word
from bot.services import Services
from jobs.subscriptions import IS_SHARED

# Slack tells a bot of its own leaving by channel_left and group_left; member_left_channel is about others.
_DELETED: Final = {"channel_deleted", "group_deleted"}
CLOSED: Final = {
    "channel_archive": "is_archived",
    "group_archive": "is_archived",
    "channel_deleted": "channel_not_found",
    "group_deleted": "channel_not_found",
    "channel_left": "not_in_channel",
    "group_left": "not_in_channel",
}

# What is told of a workspace by its own id.
REMOVED: Final = {"app_uninstalled", "tokens_revoked"}


def on_channel_closed(body: dict[str, Any], services: Services) -> None:
    """Its digest rests at once, and the owner is told. The settings of one that was deleted go; else they are kept."""
    event, team = part(body, "event"), services.team
    kind, channel = event["type"], word(event, "channel")
    _enqueue(team, partial(services.digests.suspend, team, channel, CLOSED[kind]), services)
    if kind in _DELETED:
        _enqueue(team, partial(services.channels.forget, channel), services)


def on_channel_shared(body: dict[str, Any], services: Services) -> None:
    """Another organisation came into a channel (docs.slack.dev/reference/events/channel_shared).

    Its digest rests, unless the channel's settings allow that others read it, and the owner is told.
    """
    channel, team = word(part(body, "event"), "channel"), services.team

    async def run() -> None:
        if not await services.channels.admits_outsiders(channel):
            await services.digests.suspend(team, channel, IS_SHARED)

    _enqueue(team, run, services)


def on_channel_moved(body: dict[str, Any], services: Services) -> None:
    """A private channel that is being shared gets another id (docs.slack.dev/reference/events/channel_id_changed)."""
    event = part(body, "event")
    old, new = word(event, "old_channel_id"), word(event, "new_channel_id")
    _enqueue(services.team, partial(services.move, old, new), services)


def on_revoked(body: dict[str, Any], services: Services) -> None:
    """Without its token the bot is out of the workspace; Slack tells this before `app_uninstalled`, after it, or alone.

    A person's own token (`oauth`) is none of ours.
    """
    bots = part(body, "event", "tokens").get("bot") or ()
    if isinstance(bots, list | tuple) and services.bot_user_id in bots:
        on_uninstalled(body, services)


def on_uninstalled(body: dict[str, Any], services: Services) -> None:
    """Drop the workspace's rows (docs.slack.dev/reference/events/app_uninstalled)."""
    team = word(body, "team_id")
    _enqueue(team, partial(services.forget, team), services)


def _enqueue(team: str, run: Callable[[], Awaitable[None]], services: Services) -> None:
    services.inbox.offer(Task(team, None, run))
