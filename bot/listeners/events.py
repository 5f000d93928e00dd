"""The table of events. A listener only enqueues: Slack is called after the acknowledgement."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from bot.inbox import Task
from bot.listeners import conversation, fates
from bot.replies import Place
from bot.services import Services
from bot.views.home import home


async def on_event(body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by type; what is not in the table is acknowledged by Bolt and left alone."""
    handler = EVENTS.get(body["event"]["type"])
    if handler is not None:
        handler(body, services)


def _on_home_opened(body: dict[str, Any], services: Services) -> None:
    event = body["event"]
    if event.get("tab") == "messages":
        conversation.on_messages_opened(body, services)
    if event.get("tab") != "home":
        return
    place = Place(event["channel"], event["user"])
    run = partial(services.replies.publish_home, event["user"], home(services.library))
    services.inbox.offer(Task(body["team_id"], None, run, partial(services.replies.tell, place)))


EVENTS: Final[Mapping[str, Callable[[dict[str, Any], Services], None]]] = {
    "app_mention": conversation.on_mention,
    "message": conversation.on_message,
    "app_home_opened": _on_home_opened,
    "member_joined_channel": conversation.on_joined,
    "app_uninstalled": fates.on_uninstalled,
    "tokens_revoked": fates.on_revoked,
    **dict.fromkeys(fates.CLOSED, fates.on_channel_closed),
}
