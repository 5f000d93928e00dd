"""The ids that a view emits and a listener answers to."""

from enum import StrEnum


class ActionId(StrEnum):
    """`action_id` of a control."""

    MORE = "more_passages"
    SHARE = "share_answer"
    FEEDBACK = "feedback"
    REASON = "feedback_reason"
    COMMENT = "feedback_comment"
    PASSAGE = "passage_menu"  # the menu beside a citation
    REGISTER_OPEN = "register_open"  # a menu: show another page of the register
    REGISTER_MORE = "register_more"
    REGISTER_SHARE = "register_share"
    REGISTER_BACK = "register_back"  # in a modal
    HOME_OPEN = "home_open"  # a page of the register, in a modal
    HOME_SEARCH = "home_search"
    HOME_TURN_ON = "home_turn_on"  # a digest, in a channel to be chosen
    HOME_CHANGE = "home_change"
    HOME_STOP = "home_stop"
    HOME_SETTINGS = "home_settings"  # of a channel that has a digest
    HOME_DIGESTS = "home_digests"  # the next few of somebody's digests
    DIGEST_CITATIONS = "digest_citations"
    DIGEST_SETTINGS = "digest_settings"
    DIGEST_NOW = "digest_now"
    DIGEST_OFF = "digest_off"
    DIGEST_PAUSE = "digest_pause"
    DIGEST_CHANNEL = "digest_channel"
    DIGEST_FREQUENCY = "digest_frequency"
    DIGEST_WEEKDAY = "digest_weekday"
    DIGEST_TIME = "digest_time"
    DIGEST_ZONE = "digest_zone"
    DIGEST_TOPICS = "digest_topics"
    DIGEST_FORM = "digest_form"
    DIGEST_SKIP = "digest_skip"
    DIGEST_ASSURANCE = "digest_assurance"
    CHANNEL_SETTINGS = "channel_settings"
    CHANNEL_MODE = "channel_mode"
    CHANNEL_TOPICS = "channel_topics"
    CHANNEL_SHARERS = "channel_sharers"
    CHANNEL_OUTSIDERS = "channel_outsiders"
    SEARCH_QUESTION = "search_question"
    SEARCH_TOPIC = "search_topic"
    SEARCH_SOURCE = "search_source"
    SEARCH_SINCE = "search_since"
    SEARCH_UNTIL = "search_until"
    SEARCH_MORE = "search_more"
    SEARCH_CHANGE = "search_change"
    SEARCH_SHARE = "search_share"
    SEARCH_CHANNEL = "search_channel"


class BlockId(StrEnum):
    """`block_id` of an input, the place where a modal shows an error."""

    REASON = "reason"
    COMMENT = "comment"
    CHANNEL = "channel"
    FREQUENCY = "frequency"
    WEEKDAY = "weekday"
    TIME = "time"
    ZONE = "zone"
    TOPICS = "topics"
    FORM = "form"
    SKIP = "skip"
    ASSURANCE = "assurance"
    MODE = "mode"
    SHARERS = "sharers"
    OUTSIDERS = "outsiders"
    QUESTION = "question"
    TOPIC = "topic"
    SOURCE = "source"
    SINCE = "since"
    UNTIL = "until"


class CallbackId(StrEnum):
    """`callback_id` of a modal."""

    FEEDBACK = "feedback_reason"
    THANKS = "feedback_thanks"
    FAILED = "feedback_failed"
    REPORT = "passage_report"
    PASSAGE = "passage_shown"
    DIGEST = "digest"
    DIGEST_SAID = "digest_said"
    REGISTER = "register"
    SEARCH = "search"
    SEARCH_RESULTS = "search_results"
    SEARCH_SHARE = "search_share"
    SEARCH_SAID = "search_said"
    CHANNEL = "channel_settings"
    CHANNEL_SAID = "channel_settings_said"


class ShortcutId(StrEnum):
    """`callback_id` of a shortcut, as the manifest names it."""

    BACKGROUND = "find_background"  # on a message
    SEARCH = "search_desk"  # global
