"""Submitted modals. What was written is stored before the modal closes, so that a failure loses nothing."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.inbox import once
from bot.listeners import digest_form
from bot.services import Services
from bot.storage.store import Feedback
from bot.views.answer import AnswerKey
from bot.views.feedback import COMMENT_LENGTH, Reason, thanks_modal
from bot.views.ids import ActionId, BlockId, CallbackId


async def on_submission(ack: AsyncAck, body: dict[str, Any], *, services: Services) -> None:
    """Dispatch by `callback_id`."""
    handler = _TABLE.get(body["view"]["callback_id"])
    response = {} if handler is None else await handler(body, services)
    await ack(response)


async def _on_reason(body: dict[str, Any], services: Services) -> dict[str, Any]:
    view, team = body["view"], body["team"]["id"]
    values = view["state"]["values"]
    chosen = values[BlockId.REASON][ActionId.REASON].get("selected_option")
    if chosen is None:
        return {"response_action": "errors", "errors": {BlockId.REASON: "Choose what comes closest."}}
    key = AnswerKey.load(view["private_metadata"])
    comment = values[BlockId.COMMENT][ActionId.COMMENT].get("value")
    said = Feedback(
        team=team,
        user=body["user"]["id"],
        question=key.question,
        corpus_version=key.version,
        helpful=False,
        reason=Reason(chosen["value"]),
        comment=comment[:COMMENT_LENGTH] if comment else None,
    )
    await once(services.store, team, f"view:{view['id']}", partial(services.store.add_feedback, said))
    return {"response_action": "update", "view": thanks_modal()}


_TABLE: dict[str, Callable[[dict[str, Any], Services], Awaitable[dict[str, Any]]]] = {
    CallbackId.FEEDBACK: _on_reason,
    CallbackId.DIGEST: digest_form.on_submission,
}
