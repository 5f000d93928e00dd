"""When a listener raises, or none takes a payload: the asker gets a plain sentence and a reference, the log gets the detail.

Bolt would answer 500 or 404, and over a socket nothing at all, so that Slack shows a warning sign or delivers again.
"""

import logging
from functools import partial
from typing import Any, Final

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.errors import ModalError, OverloadError
from bot.inbox import Task, new_reference
from bot.listeners.payloads import PayloadError, reachable
from bot.listeners.submissions import push
from bot.services import Services
from bot.views import notices
from bot.views.feedback import failed_modal
from bot.views.ids import CallbackId
from bot.views.message import Message
from bot.views.trouble import not_done_modal

_log = logging.getLogger(__name__)

# What somebody does and waits for; nobody waits for an event, or for a modal to close.
_AWAITED: Final = {"block_actions", "message_action", "shortcut"}


async def on_error(error: Exception, body: dict[str, Any], *, services: Services) -> BoltResponse:
    """200 with words that fit the payload; 503 when Slack had better deliver again."""
    if isinstance(error, OverloadError):
        _log.error("a delivery was refused: %s", error)
        return BoltResponse(status=503)
    reference = new_reference()
    said = notices.failed(reference)
    if isinstance(error, ModalError):
        _log.warning("reference %s: %s", reference, error)
        said = notices.not_opened()
    elif isinstance(error, PayloadError):
        _log.warning("reference %s: a payload cannot be read: %s", reference, error)
    elif isinstance(error, BoltUnhandledRequestError):
        _log.warning("reference %s: a payload of a kind that the desk does not know", reference)
    else:
        _log.error("reference %s: a listener failed", reference, exc_info=error)
    return _answer(body, said, reference, services)


def _answer(body: dict[str, Any], said: Message, reference: str, services: Services) -> BoltResponse:
    """What is acknowledged; whoever cannot be answered so is told."""
    kind = str(body.get("type"))
    if "command" in body:
        return BoltResponse(status=200, body=said.payload())
    if kind == "view_submission":
        view = body.get("view")
        rated = isinstance(view, dict) and view.get("callback_id") == CallbackId.FEEDBACK
        shown = failed_modal(reference) if rated else not_done_modal(said)
        return BoltResponse(status=200, body=push(shown))
    if kind == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    if kind in _AWAITED:
        tell_sender(body, said, services)
    return BoltResponse(status=200)


def tell_sender(body: dict[str, Any], message: Message, services: Services) -> None:
    """Tell whoever sent an interaction in private, if it names anybody."""
    place = reachable(body)
    if place is None:
        _log.warning("an interaction names nobody who could be answered")
        return
    tell = partial(services.replies.tell, place)
    try:
        services.inbox.offer(Task(services.team, None, partial(tell, message), tell))
    except OverloadError as error:
        _log.error("nobody could be told: %s", error)
