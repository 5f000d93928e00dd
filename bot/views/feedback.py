"""Feedback: the modals that ask why an answer did not help or what has changed since a passage, and the thanks."""

from enum import StrEnum
from typing import Any, Final

from bot.bidi import isolated
from bot.mrkdwn import literal
from bot.texts import common
from bot.texts import feedback as texts
from bot.texts import passage as passage_texts
from bot.views import blocks as b
from bot.views.blocks import Block
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


def reason_modal(private_metadata: str) -> dict[str, Any]:
    """Asks for the reason; `private_metadata` carries the answer's key to the submission."""
    options = [{"text": b.plain_text(words), "value": reason} for reason, words in REASON_WORDS.items()]
    return {
        "type": "modal",
        "callback_id": CallbackId.FEEDBACK,
        "private_metadata": private_metadata,
        "title": b.plain_text(texts.WRONG_TITLE),
        "submit": b.plain_text(texts.SEND),
        "close": b.plain_text(common.CANCEL),
        "blocks": [
            {
                "type": "input",
                "block_id": BlockId.REASON,
                "label": b.plain_text(texts.WHY),
                "element": {"type": "radio_buttons", "action_id": ActionId.REASON, "options": options},
            },
            _comment(texts.SHOULD),
            b.context(texts.ANSWER_SEEN),
        ],
    }


def thanks_modal(said: str = texts.STORED) -> dict[str, Any]:
    """Shown when a note was stored; `said` is mrkdwn."""
    return {
        "type": "modal",
        "callback_id": CallbackId.THANKS,
        "title": b.plain_text(texts.THANKS_TITLE),
        "close": b.plain_text(common.CLOSE),
        "blocks": [b.section(said)],
    }


def report_modal(private_metadata: str, passage: Passage) -> dict[str, Any]:
    """Asks what has changed since a passage; `private_metadata` carries the passage's key to the submission."""
    dated = texts.AS_OF.format(date=passage.as_of.label) if passage.as_of else ""
    return {
        "type": "modal",
        "callback_id": CallbackId.REPORT,
        "private_metadata": private_metadata,
        "title": b.plain_text(passage_texts.REPORT),
        "submit": b.plain_text(texts.REPORT),
        "close": b.plain_text(common.CANCEL),
        "blocks": [
            b.rich_text(
                b.rich_section(b.run(isolated(passage.heading[-1]), bold=True)),
                *([b.rich_section(b.run(dated, italic=True))] if dated else []),
                b.rich_quote(*b.quoted(passage.text, (), 0, len(passage.text))),
            ),
            _comment(texts.CHANGED),
            b.context(texts.PASSAGE_SEEN),
        ],
    }


def reported_modal(passage: Passage, *, again: bool) -> dict[str, Any]:
    """Shown when a report was stored, or took the place of an older one by the same reader."""
    said = texts.REPORTED_AGAIN if again else texts.REPORTED
    return thanks_modal(said.format(heading=literal(isolated(passage.heading[-1]))))


def thanks_message() -> Message:
    """Shown to whoever pressed Helpful, when it was stored."""
    return Message(texts.RATED, (b.section(texts.RATED),))


def failed_modal(reference: str) -> dict[str, Any]:
    """Laid over a form when it failed, so that what was written can be sent again."""
    return {
        "type": "modal",
        "callback_id": CallbackId.FAILED,
        "title": b.plain_text(common.NOT_DONE),
        "close": b.plain_text(common.BACK),
        "blocks": [b.section(texts.FAILED.format(reference=reference))],
    }


def _comment(label: str) -> Block:
    return {
        "type": "input",
        "block_id": BlockId.COMMENT,
        "optional": True,
        "label": b.plain_text(label),
        "hint": b.plain_text(texts.HINT),
        "element": {
            "type": "plain_text_input",
            "action_id": ActionId.COMMENT,
            "multiline": True,
            "max_length": COMMENT_LENGTH,
        },
    }
