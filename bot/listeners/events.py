"""The table of events. A listener only enqueues: Slack is called after the acknowledgement."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.listeners import conversation, fates, home
from bot.listeners.payloads import at_home, part
from bot.services import Services


async def on_event(body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by type; what is not in the table is acknowledged by Bolt and left alone."""
    kind = str(part(body, "event").get("type"))
    handler = EVENTS.get(kind)
    if handler is not None:
        handler(body if kind in fates.REMOVED else at_home(body, services.team), services)


def _on_home_opened(body: dict[str, Any], services: Services) -> None:
    if body["event"].get("tab") == "messages":
        conversation.on_messages_opened(body, services)
    else:
        home.on_opened(body, services)


EVENTS: Final[Mapping[str, Callable[[dict[str, Any], Services], None]]] = {
    "app_mention": conversation.on_mention,
    "message": conversation.on_message,
    "app_home_opened": _on_home_opened,
    "member_joined_channel": conversation.on_joined,
    "channel_shared": fates.on_channel_shared,
    "channel_id_changed": fates.on_channel_moved,
    "app_uninstalled": fates.on_uninstalled,
    "tokens_revoked": fates.on_revoked,
    **dict.fromkeys(fates.CLOSED, fates.on_channel_closed),
}
