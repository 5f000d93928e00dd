"""What Slack itself shows of the app: in its directory, its menus, and above the direct messages."""

from typing import Final

NAME: Final = "Iraq Desk"
DESCRIPTION: Final = "Dated, cited passages on U.S.-Iraq relations. No generated text."
LONG_DESCRIPTION: Final = (
    "Ask /iraq a question and get short passages from a curated corpus on U.S.-Iraq relations, each with its source, its "
    "date and its place in the source. Nothing is generated: every sentence is curated or quoted, and when no passage "
    "answers, the desk says so."
)
COMMAND: Final = "Ask about U.S.-Iraq relations"
USAGE: Final = "[question] | issues | who | timeline | digest | help"

# --- shortcuts: on a message, and in the menu of all of them
BACKGROUND: Final = "Find background"
BACKGROUND_SAYS: Final = "Shows you alone what the corpus has on this message"
SEARCH: Final = "Search the desk"
SEARCH_SAYS: Final = "Asks by topic, source and date"

# --- the agent's view: what it is, and what may be asked first
AGENT: Final = (
    "Answers questions on U.S.-Iraq relations with short passages from a curated corpus, each dated and cited. It looks "
    "them up and quotes them: nothing is generated, and when no passage answers, it says so."
)
# A title, and the message that it sends; Slack shows at most four. The bot sets the same ones when somebody opens the Messages tab.
PROMPTS: Final = (
    ("The deadline for weapons", "When must armed groups hand over their weapons?"),
    ("Advice on Iran", "What did USIP advise about Iran?"),
    ("Key issues in energy", "issues energy"),
    ("The year 2026 so far", "timeline 2026"),
)
