"""Feedback: the modals that ask why an answer did not help or what has changed since a passage, and the thanks."""

from enum import StrEnum
from typing import Final

from bot.bidi import isolated
from bot.mrkdwn import literal
from bot.texts import common
from bot.texts import feedback as texts
from bot.texts import passage as passage_texts
from bot.views import blocks as b
from bot.views import inputs
from bot.views.blocks import Block, View
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.message import Message
from knowledge.models import Passage

COMMENT_LENGTH: Final = 1_000


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSING = "missing"
    UNCLEAR = "unclear"
    OTHER = "other"


REASON_WORDS = {
    Reason.WRONG: texts.WRONG,
    Reason.OUTDATED: texts.OUTDATED,
    Reason.MISSING: texts.MISSING,
    Reason.UNCLEAR: texts.UNCLEAR,
    Reason.OTHER: texts.OTHER,
}


def reason_modal(private_metadata: str) -> View:
    """Asks for the reason; `private_metadata` carries the answer's key to the submission."""
    reasons = inputs.radio(ActionId.REASON, REASON_WORDS)
    body = [
        inputs.field(BlockId.REASON, texts.WHY, reasons),
        _comment(texts.SHOULD),
        b.context(texts.ANSWER_SEEN),
    ]
    return b.modal(
        CallbackId.FEEDBACK,
        texts.WRONG_TITLE,
        body,
        submit=texts.SEND,
        close=common.CANCEL,
        metadata=private_metadata,
    )


def thanks_modal(said: str = texts.STORED) -> View:
    """Shown when a note was stored; `said` is mrkdwn."""
    return b.modal(CallbackId.THANKS, texts.THANKS_TITLE, [b.section(said)], close=common.CLOSE)


def report_modal(private_metadata: str, passage: Passage) -> View:
    """Asks what has changed since a passage; `private_metadata` carries the passage's key to the submission."""
    dated = texts.AS_OF.format(date=passage.as_of.label) if passage.as_of else ""
    shown = b.rich_text(
        b.rich_section(b.run(isolated(passage.heading[-1]), bold=True)),
        *([b.rich_section(b.run(dated, italic=True))] if dated else []),
        b.rich_quote(*b.quoted(passage.text, (), 0, len(passage.text))),
    )
    return b.modal(
        CallbackId.REPORT,
        passage_texts.REPORT,
        [shown, _comment(texts.CHANGED), b.context(texts.PASSAGE_SEEN)],
        submit=texts.REPORT,
        close=common.CANCEL,
        metadata=private_metadata,
    )


def reported_modal(passage: Passage, *, again: bool) -> View:
    """Shown when a report was stored, or took the place of an older one by the same reader."""
    said = texts.REPORTED_AGAIN if again else texts.REPORTED
    return thanks_modal(said.format(heading=literal(isolated(passage.heading[-1]))))


def thanks_message() -> Message:
    """Shown to whoever pressed Helpful, when it was stored."""
    return Message.saying(texts.RATED)


def failed_modal(reference: str) -> View:
    """Laid over a form when it failed, so that what was written can be sent again."""
    failed = b.section(texts.FAILED.format(reference=reference))
    return b.modal(CallbackId.FAILED, common.NOT_DONE, [failed], close=common.BACK)


def _comment(label: str) -> Block:
    element = inputs.words(ActionId.COMMENT, COMMENT_LENGTH) | {"multiline": True}
    return inputs.field(BlockId.COMMENT, label, element, hint=texts.HINT, optional=True)
