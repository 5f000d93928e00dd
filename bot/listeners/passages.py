"""The menu of a passage. What it opens is a modal over the message, or on top of the modal that the passage stands in."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.listeners.actions import Handler, enqueue
from bot.listeners.forms import Form
from bot.listeners.payloads import Press
from bot.listeners.submissions import Submission, stale, update
from bot.services import Services
from bot.storage.store import Feedback
from bot.texts import passage as texts
from bot.views import notices
from bot.views.blocks import View
from bot.views.feedback import COMMENT_LENGTH, Reason, report_modal, reported_modal
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.passage import citation_modal, context_modal, gone_modal, message_modal
from bot.views.passage_menu import Act, PassageKey, issue_of
from bot.views.ranking import ranking_modal
from bot.views.register.key import About, Page, PageKey
from bot.views.register.pages import register_page
from knowledge.library import Library
from knowledge.models import Passage


async def _on_menu(press: Press, services: Services) -> None:
    library = services.library
    try:
        key, act = PassageKey.load(press.block_id), Act(press.value)
    except ValueError:
        await _show(press, services, message_modal(notices.stale_button()))
        return
    passage = library.passage(key.passage)
    if passage is None:
        await _show(press, services, gone_modal())
    elif act is Act.ISSUE:
        await _show_issue(press, services, passage)
    else:
        await _show(press, services, _VIEWS[act](library, key, passage))


async def _show_issue(press: Press, services: Services, passage: Passage) -> None:
    """The page of the issue: beside a message as a private message with its controls, over a modal as another."""
    issue = issue_of(services.library, passage)
    if issue is None:  # the register was revised since
        await _show(press, services, gone_modal())
        return
    key = PageKey(Page.ISSUE, About.ISSUE, issue.id)
    if press.view_id is not None:
        page = register_page(services.library, key, shareable=False)
        await _show(press, services, message_modal(page, texts.ISSUE))
        return

    async def run() -> None:
        await services.replies.tell(press.place, register_page(services.library, key, shareable=press.is_private))

    enqueue(press, services, run)


async def _show(press: Press, services: Services, view: View) -> None:
    show = services.replies.push_modal if press.view_id is not None else services.replies.open_modal
    await show(press.trigger_id, view)


def _report(_library: Library, key: PassageKey, passage: Passage) -> View:
    return report_modal(str(key.dump()), passage)


_VIEWS: Final[Mapping[Act, Callable[[Library, PassageKey, Passage], View]]] = {
    Act.CONTEXT: context_modal,
    Act.RANKING: ranking_modal,
    Act.CITE: citation_modal,
    Act.REPORT: _report,
}


async def _on_report(form: Form, services: Services) -> dict[str, Any]:
    """Stored before the modal closes, so that a failure loses nothing; a passage is reported once a person."""
    try:
        key = PassageKey.load(form.metadata)
    except ValueError:
        return stale()
    passage = services.library.passage(key.passage)
    if passage is None:
        return update(gone_modal())
    said = Feedback(
        team=form.team,
        user=form.user,
        question=key.question,
        corpus_version=key.version,
        helpful=False,
        reason=Reason.OUTDATED,
        comment=form.typed(BlockId.COMMENT, ActionId.COMMENT)[:COMMENT_LENGTH] or None,
        passage=passage.id,
    )
    again = not await services.store.add_report(said)
    return update(reported_modal(passage, again=again))


ACTIONS: Final[Mapping[str, Handler]] = {ActionId.PASSAGE: _on_menu}
SUBMISSIONS: Final[Mapping[str, Submission]] = {CallbackId.REPORT: _on_report}
