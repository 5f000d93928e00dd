"""What is said about a channel's digest: its settings, questions before a step, refusals, and what to do instead.

A channel stands in mrkdwn as ``<#C...>`` and elsewhere as its name; whoever fills it in decides.
"""

from typing import Final

from jobs.periods import Frequency
from jobs.ports import State
from jobs.subscriptions import Assurance, Form

# --- when
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHEN: Final = {
    Frequency.WEEKLY: "every {day} at {time}, {zone}",
    Frequency.MONTHLY: "the first {day} of every month at {time}, {zone}",
}
NO_TIME: Final = "“{word}” is no time of day. Write 9:00 or 17:30."
NO_ZONE: Final = "“{words}” is no day, no time of day and no time zone. Write, for example: monday 9:00 Asia/Baghdad."
UNCHANGED: Final = "{problem} Nothing was changed."

# --- what is set
IS_ON: Final = "The digest in {channel} is on."
IS_CHANGED: Final = "The digest in {channel} is changed."
IS_PAUSED: Final = "The digest in {channel} is paused."
PAUSED: Final = "Paused"
PAUSED_SAYS: Final = "{why}. To go on: `/iraq digest resume`"
SET_WHEN: Final = "When"
SET_NEXT: Final = "Next"
ALL_TOPICS: Final = "all"
FORMS: Final = {Form.BRIEF: "brief: one message", Form.FULL: "full: a message, and the details in its thread"}
QUIET: Final = {Frequency.WEEKLY: "Weeks without changes", Frequency.MONTHLY: "Months without changes"}
SKIPPED: Final = "skipped"
SAID: Final = "posted, and the first line says so"
TURNED_ON_BY: Final = "Turned on by"
DELIVERY: Final = "Delivery"
DELIVERED_ONCE: Final = "once: when Slack leaves a posting in doubt, I read the channel before I send it again"
ASSURANCES: Final = {
    Assurance.AT_MOST_ONCE: "at most once: when Slack leaves a posting in doubt, it is not sent again and may be missing",
    Assurance.AT_LEAST_ONCE: "at least once: when Slack leaves a posting in doubt, it is sent again and may come twice",
}
CANNOT_READ: Final = "{assurance} (I cannot read this channel to make sure)"
SET_LAST: Final = "Last"
LAST: Final = "{days}, {end}"
EXTRAS: Final = "Extra copies removed"
ENDS: Final = {
    State.DUE: "on its way",
    State.CLAIMED: "on its way",
    State.SENDING: "being sent, not confirmed yet",
    State.POSTED: "posted",
    State.FAILED: "not posted",
    State.EXPIRED: "not posted, since it could not be sent within a day",
    State.SKIPPED: "not posted",
}

# --- why it rests
WHY_ON_REQUEST: Final = "somebody who may asked for it"
WHY: Final = {
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel",
    "channel_not_found": "the channel was deleted, or I was removed from it",
}
WHY_SHARED: Final = "the channel was shared with another organisation"
WHY_ELSE: Final = "Slack does not let me post ({error})"
# To the owner, in a direct message.
TOLD: Final = (
    "The digest for {channel} is paused. {what} To go on, make sure that the channel is open and that I am in it "
    "(`/invite` me there), then type `/iraq digest on` in it. To stop it for good: `/iraq digest off`."
)
TOLD_SHARED: Final = (
    "The digest for {channel} is paused. The channel was shared with another organisation, who would read it too. To go on "
    "all the same, allow it with `/iraq settings` in the channel, then type `/iraq digest on` there. To stop it for good: "
    "`/iraq digest off`."
)
TOLD_WHAT: Final = {
    "is_archived": "{channel} was archived.",
    "not_in_channel": "I am not in {channel} any more.",
    "channel_not_found": "The channel was deleted, or I was removed from it.",
}
TOLD_ELSE: Final = "Slack does not let me post in {channel} ({error})."

# --- lists
OWN_NONE: Final = "You have turned on no digest. Type `/iraq digest on` in a channel that should get one."
OWN: Final = (
    "You have turned on 1 digest, of {all:,} in this workspace.",
    "You have turned on {own:,} digests, of {all:,} in this workspace.",
)
OWN_LINE: Final = "• {channel}: {when}"
OWN_LINE_PAUSED: Final = "• {channel}: {when} (paused)"
OWN_MORE: Final = "and {number} more"

# --- the form
TITLE: Final = "Channel digest"
TURN_ON: Final = "Turn on"
SAVE_AND_RESUME: Final = "Save and resume"
OWNER: Final = "Turned on by *{owner}*. They and workspace admins can change it."
PAUSED_HERE: Final = "Paused: {why}. Saving resumes it."
NEXT_HERE: Final = "Next: {moment}."
NO_SUCH_CHOICE: Final = "Something that was chosen is no longer offered. Close the form and open it again."
NO_CHANNEL: Final = "Choose the channel that gets the digest."
FREQUENCY: Final = "How often"
FREQUENCIES: Final = {Frequency.WEEKLY: "Every week", Frequency.MONTHLY: "Every month"}
DAY: Final = "Day"
DAY_HINT: Final = "Every month: the first such day of the month."
TIME: Final = "Time"
NO_TIME_CHOSEN: Final = "Choose a time of day, such as 09:00."
ZONE: Final = "Time zone"
ZONE_HINT: Final = "Type a city, a zone or an offset such as +3."
ZONE_PLACEHOLDER: Final = "Type a city"
FORM: Final = "Form"
FORM_CHOICES: Final = {Form.BRIEF: "Brief: one message", Form.FULL: "Full: with details in its thread"}
QUIET_WEEKS: Final = "Quiet weeks"
SKIP: Final = "Skip weeks in which nothing changed"
IN_DOUBT: Final = "When Slack does not say whether a digest arrived"
IN_DOUBT_HINT: Final = (
    "I cannot read this channel (that takes channels:history or groups:history), so I could not make sure."
)
# What is done, and what that is called.
IN_DOUBT_CHOICES: Final = {
    Assurance.AT_MOST_ONCE: ("Leave it: it may be missing", "At most once"),
    Assurance.AT_LEAST_ONCE: ("Send it again: it may come twice", "At least once"),
}

# --- stopping and pausing
PAUSE: Final = "Pause"
PAUSE_INSTEAD: Final = "Pause instead"
ASK_OFF: Final = "Stop the digest in {channel}? Its settings are forgotten; what was posted stays."
IS_OFF: Final = "The digest in {channel} is off. What was posted stays. To start again: `/iraq digest on`."

# --- the words of the command: what is typed, and what it does
MANUAL: Final = "The digest posts key issues and recommendations to a channel. Type in that channel:"
UNKNOWN: Final = "“{word}” is nothing I know of the digest. {manual}"
WORDS: Final = (
    ("/iraq digest", "choose channel, day, time, zone, topics and form"),
    (
        "/iraq digest on",
        "the usual: a brief one every Monday at 9:00 in your zone; or say when: `on friday 14:00`",
    ),
    ("/iraq digest status", "what is set, when the next one comes, how the last one went"),
    ("/iraq digest preview", "the next one, shown to you alone"),
    ("/iraq digest now", "post this week’s early"),
    ("/iraq digest pause", "rest; `resume` goes on"),
    ("/iraq digest off", "stop, and forget the settings"),
    ("/iraq digest list", "the digests that you turned on"),
)
BY_COMMAND: Final = "The digest is set by command: type `/iraq digest` in the channel that should get it."
IN_A_CHANNEL: Final = "A digest goes to a channel. Type `/iraq digest` there; `/iraq digest list` works here too."

# --- refusals
NONE_HERE: Final = "There is no digest in {channel}. To turn one on: `/iraq digest on`, or `/iraq digest`."
NOT_YOURS: Final = (
    "The digest in {channel} was turned on by {owner}. Only {owner} or a workspace admin can change or stop it."
)
NOT_YOURS_UNNAMED: Final = "The digest in {channel} was turned on by somebody else. Only that person or a workspace admin can change or stop it."
ADMINS_UNKNOWN: Final = "{text} (Iraq Desk was not granted users:read, so it knows no admins.)"
TRY_AGAIN: Final = "The settings of digests cannot be reached right now. Nothing was changed; try again in a minute."
NOT_THERE: Final = "I am not in {channel}, so I cannot post there. Type /invite @Iraq Desk in it, then try again."
IS_SHARED: Final = (
    "Another organisation reads along in {channel}, so no digest is posted there unless the channel’s settings allow it: "
    "/iraq settings."
)
IS_CLOSED: Final = "{channel} is archived. Choose a channel that is open."
NAMELESS: Final = "that channel"  # where a channel cannot be looked up
TOO_MANY: Final = (
    "This workspace has {most:,} digests, the most that can all be posted within minutes of their time. "
    "Stop one first; /iraq digest list names yours."
)
TAKEN: Final = "{channel} has a digest already. To change that one, type /iraq digest in it."
TAKEN_BY: Final = "{channel} has a digest already, turned on by {owner}. To change that one, type /iraq digest in it."
ALREADY_ON: Final = "The digest in {channel} is on already."
RESTS: Final = "The digest in {channel} is paused. First: `/iraq digest resume`."

# --- having it early
ASK_NOW: Final = "Post the digest of {days} in {channel} now? It counts as that one: no second one comes."
NOW: Final = "Post it now"
NOW_TITLE: Final = "Post it now?"
NOW_TEXT: Final = "Everybody in the channel sees it."
NOW_YES: Final = "Post it"
NOW_NO: Final = "Not yet"
ON_ITS_WAY: Final = "The digest of {days} comes to {channel} in a moment. The next: {moment}."
CAME: Final = "The digest of {days} in {channel}: {end}. The next: {moment}."
NOTHING_NEW: Final = (
    "Nothing has changed since the last digest in {channel}, and it is set to skip that. The next look: {moment}."
)

# --- a preview
PREVIEW_NEXT: Final = (
    "*Preview*, for you alone: the next digest in {channel}, due {moment}. This is what would be posted with the corpus "
    "of today."
)
PREVIEW_FIRST: Final = (
    "*Preview*, for you alone: a first digest in {channel}. This is what would be posted with the corpus of today. "
    "To turn it on: `/iraq digest on`."
)
PREVIEW_SKIPPED: Final = "{text} Nothing has changed, and this channel skips that: it would not be posted."

# --- modals that can only be closed
CITATIONS: Final = "Citations"
MORE_LINES: Final = "{number} more lines do not fit here."
