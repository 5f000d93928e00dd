"""Every sentence of the Home tab. Names in braces are filled in."""

from typing import Final

from jobs.subscriptions import Form

# --- every button of which there are several: what a screen reader says
SPOKEN: Final = "{button}: {what}"

# --- the corpus: which one, how old, and how far its facts reach
TAGLINE: Final = "Dated, cited passages on U.S.-Iraq relations. Nothing is generated."
CORPUS: Final = "Corpus of {date}"
TODAY: Final = "curated today"
DAYS_OLD: Final = ("1 day old", "{} days old")
NEWEST: Final = "latest fact of {date}"
OLD_CORPUS: Final = (
    "*This corpus is old: it was last curated {days} days ago.* Check what is newer before you rely on it."
)
OLD_FACTS: Final = "*Its latest fact is {days} days old.* Check what is newer before you rely on it."
COUNTS: Final = (
    "{passages} passages from {sources} publications, {issues} key issues, {events} events. Version {version}"
)

# --- what changed lately
LATEST: Final = "Latest developments"
NO_EVENTS: Final = "The corpus has no dated events."
OVERTAKEN: Final = "*Overtaken:* “{old}” ({old_date}) by “{new}” ({new_date})"
PENDING: Final = "*Announced for {date}:* {text}"
OPEN_TIMELINE: Final = "Open the timeline"

# --- this person's digests
DIGESTS: Final = "Your channels and digests"
DIGESTS_NONE: Final = (
    "A digest brings key issues and recommendations to a channel every week or month, and says what changed. "
    "`/iraq digest preview` shows one to you alone."
)
DIGESTS_UNREADABLE: Final = (
    "Your digests cannot be shown right now. They go on as they are set. Come back to this tab in a minute."
)
ENTRY: Final = "*{channel}*  {when}"
PAUSED: Final = "*Paused*"
SUSPENDED: Final = "*Paused:* {why}"
TROUBLE: Final = "*Last one* ({days}): {end}"
OF_COLLEAGUE: Final = "turned on by a colleague"
ALL_TOPICS: Final = "all topics"
FORMS: Final = {Form.BRIEF: "brief", Form.FULL: "full"}
CHANGE: Final = "Change the digest"
RESUME: Final = "Change or resume"
ANOTHER: Final = "A digest for another channel:"
TURN_ON: Final = "Turn on a digest"
MORE_DIGESTS: Final = "Show the next"
FIRST_DIGESTS: Final = "Show the first"
TOO_SLOW: Final = "Slack did not open the window in time. Press the button again."

# --- key issues
ISSUES: Final = "Key issues by topic"
AND_MORE: Final = "and {} more"
STANDING: Final = "{title} ({status})"
ADVICE: Final = ("1 recommendation, with its addressee", "{} recommendations by addressee, then and now")
MORE_TOPICS: Final = "{} more topics: `/iraq issues`"

# --- questions
QUESTIONS: Final = "Three questions to start with"
HOW: Final = (
    "Type one in any channel, or search by topic, source and date. Only you see the answer. `/iraq help` tells more."
)

# --- about
ABOUT: Final = "About this desk"
