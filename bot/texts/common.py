"""What several surfaces say: one thing has one name everywhere. Names in braces are filled in."""

from typing import Final

# --- controls of every window
SAVE: Final = "Save"
CANCEL: Final = "Cancel"
CLOSE: Final = "Close"
BACK: Final = "Back"
OPEN: Final = "Open"
NOT_DONE: Final = "Not done"

# --- passages, and sharing them
MORE_PASSAGES: Final = "More passages"
SHOW_CLOSEST: Final = "Show closest passages"
SHARE: Final = "Share to channel"
SHARE_YES: Final = "Share"
SHARE_NO: Final = "Keep private"
SHARED_BY: Final = "Shared by {name}"
PASSAGES: Final = ("1 passage", "{} passages")
NOT_GENERATED: Final = "Nothing here was generated"

# --- what stands in lists and forms
AS_OF: Final = "as of {date}"
NEXT: Final = "Next: {moment}"
RANGE: Final = "{first} to {last} of {all}"
TO: Final = " to "
AND: Final = " and "
CHANNEL: Final = "Channel"
TOPICS: Final = "Topics"
ALL_TOPICS: Final = "All topics"
EVENTS: Final = "Events"
RECOMMENDATIONS: Final = "Recommendations"

# --- a channel's digest
CHANGE_DIGEST: Final = "Change or stop"
STOP_DIGEST: Final = "Stop the digest"
STOP_TITLE: Final = "Stop the digest?"
STOP_TEXT: Final = "Its settings are forgotten. What was posted stays."
STOP_YES: Final = "Stop it"
STOP_NO: Final = "Keep it"
