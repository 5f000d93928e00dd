"""Feedback: the modal that asks why an answer did not help, and the thanks."""

from enum import StrEnum
from typing import Any, Final

from bot.views import blocks as b
from bot.views.ids import ActionId, BlockId, CallbackId
from bot.views.message import Message

COMMENT_LENGTH: Final = 1_000


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSING = "missing"
    UNCLEAR = "unclear"
    OTHER = "other"


REASON_WORDS = {
    Reason.WRONG: "The passages do not answer the question",
    Reason.OUTDATED: "It is out of date",
    Reason.MISSING: "Something important is missing",
    Reason.UNCLEAR: "It is hard to understand",
    Reason.OTHER: "Something else",
}


def reason_modal(private_metadata: str) -> dict[str, Any]:
    """Asks for the reason; `private_metadata` carries the answer's key to the submission."""
    options = [{"text": b.plain_text(words), "value": reason} for reason, words in REASON_WORDS.items()]
    return {
        "type": "modal",
        "callback_id": CallbackId.FEEDBACK,
        "private_metadata": private_metadata,
        "title": b.plain_text("What was wrong?"),
        "submit": b.plain_text("Send"),
        "close": b.plain_text("Cancel"),
        "blocks": [
            {
                "type": "input",
                "block_id": BlockId.REASON,
                "label": b.plain_text("Why did this answer not help?"),
                "element": {"type": "radio_buttons", "action_id": ActionId.REASON, "options": options},
            },
            {
                "type": "input",
                "block_id": BlockId.COMMENT,
                "optional": True,
                "label": b.plain_text("What should it have said?"),
                "hint": b.plain_text("A source or a date helps the curators most."),
                "element": {
                    "type": "plain_text_input",
                    "action_id": ActionId.COMMENT,
                    "multiline": True,
                    "max_length": COMMENT_LENGTH,
                },
            },
            b.context("The curators see your question, this answer and what you write here."),
        ],
    }


def thanks_modal() -> dict[str, Any]:
    """Shown when the reason was stored."""
    return {
        "type": "modal",
        "callback_id": CallbackId.THANKS,
        "title": b.plain_text("Thank you"),
        "close": b.plain_text("Close"),
        "blocks": [b.section("Your note is stored. The curators read every one when they revise the corpus.")],
    }


def thanks_message() -> Message:
    """Shown to whoever pressed Helpful, when it was stored."""
    text = "Thank you. Your rating is stored for the curators."
    return Message(text, (b.section(text),))


def failed_modal(reference: str) -> dict[str, Any]:
    """Laid over a form when it failed, so that what was written can be sent again."""
    text = (
        "Something broke, and nothing was done. Go back and send it again; if that fails too, tell whoever runs the desk this "
        f"reference: {reference}"
    )
    return {
        "type": "modal",
        "callback_id": CallbackId.FAILED,
        "title": b.plain_text("Not done"),
        "close": b.plain_text("Back"),
        "blocks": [b.section(text)],
    }
