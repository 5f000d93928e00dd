"""The settings of a channel, and what is said where they forbid something. Names in braces are filled in."""

from typing import Final

from bot.channels.policy import Mode, Refusal, Sharers

# --- the form
TITLE: Final = "Channel settings"
OPEN: Final = "Open channel settings"
MODE: Final = "Where the desk answers"
MODES: Final = {
    Mode.ON: ("On", "/iraq, shortcuts and mentions"),
    Mode.MENTIONS: ("Mentions only", "@mentions, so that everyone in the channel sees the answer"),
    Mode.OFF: ("Off", "No answers and no sharing; the digest has its own switch"),
}
TOPICS_HINT: Final = "Mentions and shared answers keep to these. What /iraq shows to one person alone does not."
SHARERS: Final = "Who may share answers here"
SHARING: Final = {
    Sharers.EVERYONE: "Everyone",
    Sharers.SETTERS: "Those who may change these settings",
    Sharers.NOBODY: "Nobody",
}
OUTSIDERS: Final = "Other organisations (Slack Connect)"
ALLOW: Final = "Answer although another organisation reads along"
OUTSIDERS_HINT: Final = "If not ticked, nothing is posted in public while the channel is shared with one."

# --- who set it, and who may
OF: Final = "Settings of <#{channel}>."
UNSET: Final = "They are the usual ones; nobody has changed them."
SET: Final = "Set by *{name}*, {when}."
IS_SHARED: Final = "The channel is shared with another organisation."
ALL_WHO_MAY: Final = "The channel’s creator, workspace admins and whoever set them last can change them."
WHO_MAY: Final = "These can change them: {names}."
CREATOR: Final = "{name} (created the channel)"
SETTER: Final = "{name} (set them last)"
UNNAMED_CREATOR: Final = "the channel’s creator"
UNNAMED_SETTER: Final = "whoever set them last"
ADMINS: Final = "workspace admins"
COMMA: Final = ", "
BLIND_TO_ADMINS: Final = "Slack did not tell me who is an admin: try again, or have {app} granted users:read."
BLIND_TO_CREATOR: Final = (
    "Slack did not tell me who created the channel: try again; in a private channel, type `/invite @{app}` first."
)
NOT_TOLD: Final = "Slack did not tell me who you are, and nothing was changed. Try again in a minute."

# --- what is set, in words
IN_WORDS: Final = "*{what}:* {how}"
MODES_IN_WORDS: Final = {
    Mode.ON: "to `/iraq`, shortcuts and mentions",
    Mode.MENTIONS: "to mentions only",
    Mode.OFF: "nowhere; it is off in this channel",
}
OUTSIDE: Final = {
    True: "answered in public although another organisation reads along",
    False: "nothing is posted in public while one reads along",
}
SAVED: Final = "Saved for <#{channel}>."
DIGEST_COMES: Final = (
    "The digest still comes to this channel: it has a switch of its own. Stop it too, if nothing should come."
)

# --- where settings cannot be opened
IN_A_CHANNEL: Final = "Settings belong to a channel. Type `/iraq settings` in the one that you mean."
PRESS: Final = "Whether I answer in <#{channel}>, on which topics, and who may share:"
TRY_AGAIN: Final = "The settings cannot be reached right now, and nothing was changed. Try again in a minute."
CHOOSE_MODE: Final = "Choose where the desk answers."
CHOOSE_SHARERS: Final = "Choose who may share."

# --- refusals
_DIRECTLY: Final = "Ask me in a direct message."
INSTEAD: Final = {
    Mode.ON: "Ask with `/iraq`: only you see the answer.",
    Mode.MENTIONS: _DIRECTLY,
    Mode.OFF: _DIRECTLY,
}
REFUSALS: Final = {
    Refusal.OFF: (
        "The desk is off in <#{channel}>. The channel’s creator, workspace admins and whoever turned it off can turn it "
        "on. A direct message to me works for everybody."
    ),
    Refusal.MENTIONS_ONLY: (
        "In <#{channel}> the desk answers mentions only, so that everyone sees the answer. Write your question after "
        "@{app} there, or send it to me in a direct message."
    ),
    Refusal.GUEST: (
        "{app} belongs to another organisation in this channel, and answers only that organisation’s members here. "
        "Somebody of theirs can ask it for you."
    ),
    Refusal.OUTSIDERS: (
        "Another organisation reads along in <#{channel}>, so I do not answer in public there. {instead} "
        "The channel’s creator and workspace admins can allow public answers in its settings."
    ),
    Refusal.UNKNOWN: (
        "Nothing was shared: Slack does not tell me whether another organisation reads along here. Try again in a "
        "minute; in a private channel, type `/invite @{app}` first."
    ),
    Refusal.NO_SHARING: "Nothing was shared: by the settings of <#{channel}>, nobody shares answers there.",
    Refusal.RESERVED: (
        "Nothing was shared: in <#{channel}> only the channel’s creator, workspace admins and whoever changed its "
        "settings last may share answers."
    ),
    Refusal.OTHER_TOPIC: ("<#{channel}> is set to {topics}, and what answers you best is about {subject}. {instead}"),
}
# The same where an answer was to be shared.
REFUSALS_TO_SHARE: Final = {
    Refusal.OUTSIDERS: (
        "Nothing was shared: another organisation reads along in <#{channel}>. The channel’s creator and workspace "
        "admins can allow it in the settings."
    ),
    Refusal.OTHER_TOPIC: "Nothing was shared: <#{channel}> is set to {topics}, and this is about {subject}.",
}
BETWEEN_TOPICS: Final = "; "  # their titles have commas
