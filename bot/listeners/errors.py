"""When a listener raises: the asker gets a plain sentence and a reference, the log gets the detail.

Bolt would answer 500, and over a socket nothing at all, so that Slack shows a warning sign or delivers again.
"""

import logging
from functools import partial
from typing import Any

from slack_bolt.response import BoltResponse

from bot.errors import OverloadError
from bot.inbox import Task, new_reference
from bot.listeners.payloads import Press
from bot.replies import Place
from bot.services import Services
from bot.views import notices
from bot.views.feedback import failed_modal

_log = logging.getLogger(__name__)


async def on_error(error: Exception, body: dict[str, Any], *, services: Services) -> BoltResponse:
    """200 with words that fit the payload; 503 when Slack had better deliver again."""
    if isinstance(error, OverloadError):
        _log.error("a delivery was refused: %s", error)
        return BoltResponse(status=503)
    reference = new_reference()
    _log.error("reference %s: a listener failed", reference, exc_info=error)
    if "command" in body:
        return BoltResponse(status=200, body=notices.failed(reference).payload())
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body={"response_action": "push", "view": failed_modal(reference)})
    if body.get("type") == "block_actions" and body.get("container", {}).get("type") == "message":
        _tell_presser(body, reference, services)
    if body.get("type") == "message_action" and body.get("response_url"):
        _tell_chooser(body, reference, services)
    return BoltResponse(status=200)


def _tell_presser(body: dict[str, Any], reference: str, services: Services) -> None:
    press = Press.read(body)
    tell = partial(services.replies.tell, press.place)
    services.inbox.offer(Task(press.team, None, partial(tell, notices.failed(reference)), tell))


def _tell_chooser(body: dict[str, Any], reference: str, services: Services) -> None:
    """Of a message shortcut: by its response URL, which reaches its user alone."""
    channel, user, team = ((body.get(part) or {}).get("id") or "" for part in ("channel", "user", "team"))
    tell = partial(services.replies.tell, Place(channel, user, response_url=body["response_url"]))
    services.inbox.offer(Task(team, None, partial(tell, notices.failed(reference)), tell))
