"""Why an answer did not help. It is stored before the modal closes, so that a failure loses nothing."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from bot.inbox import once
from bot.listeners.submissions import Submission
from bot.services import Services
from bot.storage.store import Feedback
from bot.texts import feedback as texts
from bot.views.answer import AnswerKey
from bot.views.feedback import COMMENT_LENGTH, Reason, thanks_modal
from bot.views.ids import ActionId, BlockId, CallbackId


async def _on_reason(body: dict[str, Any], services: Services) -> dict[str, Any]:
    view, team = body["view"], body["team"]["id"]
    values = view["state"]["values"]
    chosen = values[BlockId.REASON][ActionId.REASON].get("selected_option")
    if chosen is None:
        return {"response_action": "errors", "errors": {BlockId.REASON: texts.CHOOSE}}
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


SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.FEEDBACK: _on_reason}
