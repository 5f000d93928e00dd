"""The ids that a view emits and a listener answers to."""

from enum import StrEnum


class ActionId(StrEnum):
    """`action_id` of a control."""

    MORE = "more_passages"
    SHARE = "share_answer"
    FEEDBACK = "feedback"
    REASON = "feedback_reason"
    COMMENT = "feedback_comment"


class BlockId(StrEnum):
    """`block_id` of an input, the place where a modal shows an error."""

    REASON = "reason"
    COMMENT = "comment"


class CallbackId(StrEnum):
    """`callback_id` of a modal."""

    FEEDBACK = "feedback_reason"
    THANKS = "feedback_thanks"
    FAILED = "feedback_failed"
