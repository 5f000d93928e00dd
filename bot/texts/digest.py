"""What a posted digest says: the message, the replies in its thread, and its citations."""

from typing import Final

from jobs.digest import Reason
from knowledge.contents import Kind
from knowledge.models import Stance, Status

# --- the message
WEEKLY: Final = "U.S.-Iraq weekly · {days}"
MONTHLY: Final = "U.S.-Iraq monthly · {days}"
UNCHANGED_TITLE: Final = "{title}: nothing changed"
DAYS: Final = "{first} to {last}"
TOPICS: Final = "Topics: {topics}"
IN_THREAD: Final = "More in the thread"
MISSED: Final = (
    "Missed: the digest of {periods}, which could not be sent within a day of the time set",
    "Missed: the digests of {periods}, which could not be sent within a day of the time set",
)
FIRST: Final = "The first digest here: {shown} of {issues}, the others take turns"
UNCHANGED: Final = "No change since {day}"
UNCHANGED_TURNS: Final = "No change since {day}, so these issues take their turn"
CHANGED: Final = "Since {day}: {counts}"
ALSO: Final = "Also new or changed: {titles}"
NO_ISSUES: Final = "The corpus has no key issues"
NO_TOPIC: Final = "No key issue touches the topics of this channel"
ALL_SHOWN: Final = "Every key issue on this channel’s topics was in one of the last five digests"
EVENTS_WEEKLY: Final = "This week in other years"
EVENTS_MONTHLY: Final = "This month in other years"
# Slack shows a moment in the reader's own zone; {{date_short_pretty}} and {{time}} are its own names.
MOMENT: Final = "<!date^{seconds}^{{date_short_pretty}} at {{time}}|{words}>"
MOMENT_WORDS: Final = "{day}, {time} UTC"
ASKED_BY: Final = "Asked for by {name}"
SHOW_CITATIONS: Final = "Show citations"

# --- counted things: one, several
KEY_ISSUES: Final = ("1 key issue", "{:,} key issues")
KINDS: Final = {
    Kind.PASSAGE: ("1 passage", "{:,} passages"),
    Kind.ISSUE: ("1 issue", "{:,} issues"),
    Kind.RECOMMENDATION: ("1 recommendation", "{:,} recommendations"),
    Kind.EVENT: ("1 event", "{:,} events"),
}
NEW: Final = "new"
CHANGED_WORD: Final = "changed"
WITHDRAWN: Final = "withdrawn"
KIND_CHANGES: Final = "{counted} {state}"  # 2 issues new
MORE_CHANGES: Final = "{number:,} {state}"  # 1 changed
AND_MORE: Final = "{names} and {number} more"

# --- why an issue is here
REASONS: Final = {
    Reason.NEW: "new",
    Reason.CHANGED: "changed",
    Reason.ADVISED: "new advice",
    Reason.STANDING: "{status}, as of {day}",
}
REASON_SINCE: Final = "{reason} since {day}"
REASON_LAST: Final = "{reason}, last here {day}"
STATUS: Final = {Status.OPEN: "open", Status.EASED: "eased", Status.SETTLED: "settled"}
ADVICE_TO: Final = "Advice to {who}: {what} ({by})"
ADVICE_BY: Final = "{names}, {date}"

# --- the thread
POSITIONS: Final = "Who wants what"
STANCE: Final = {Stance.INTEREST: "interest", Stance.EXPECTATION: "expectation"}
ADVICE: Final = "Advice, the newest first"
COMPILED_FROM: Final = "Compiled from {links}"
MORE_BEHIND: Final = "{number} more behind “Show citations”"

# --- citations
GONE: Final = "What this digest showed is no longer in the corpus."
