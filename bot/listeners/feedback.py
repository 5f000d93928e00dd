"""Why an answer did not help. It is stored before the modal closes, so that a failure loses nothing."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from bot.inbox import once
from bot.listeners.forms import Form
from bot.listeners.submissions import Submission, errors, stale, update
from bot.services import Services
from bot.storage.store import Feedback
from bot.texts import feedback as texts
from bot.views.answer import AnswerKey
from bot.views.feedback import COMMENT_LENGTH, Reason, thanks_modal
from bot.views.ids import ActionId, BlockId, CallbackId


async def _on_reason(form: Form, services: Services) -> dict[str, Any]:
    try:
        key = AnswerKey.load(form.metadata)
    except ValueError:
        return stale()
    try:
        reason = Reason(form.chosen(BlockId.REASON, ActionId.REASON))
    except ValueError:
        return errors({BlockId.REASON: texts.CHOOSE})
    said = Feedback(
        team=form.team,
        user=form.user,
        question=key.question,
        corpus_version=key.version,
        helpful=False,
        reason=reason,
        comment=form.typed(BlockId.COMMENT, ActionId.COMMENT)[:COMMENT_LENGTH] or None,
    )
    await once(services.store, form.team, f"view:{form.view_id}", partial(services.store.add_feedback, said))
    return update(thanks_modal())


SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.FEEDBACK: _on_reason}
