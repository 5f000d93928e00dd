"""What the desk is and how to ask it: the words of the help, and of whatever else introduces the desk."""

from typing import Final

EXAMPLES: Final = (
    "what did USIP advise about Iran?",
    "how many people were displaced in 2020?",
    "why should relations go beyond security?",
)
PURPOSE: Final = (
    "Iraq Desk answers questions on U.S.-Iraq relations with short passages from a curated corpus, each with its "
    "source, its date and its place in the source. It writes nothing of its own, and says so when no passage answers."
)
PRIVACY: Final = (
    "Your questions are not logged. The last one of a thread is kept for a day, so that you can follow up; one that you "
    "rate is kept with your rating for the curators."
)
EXAMPLE: Final = "• `/iraq {}`"
EXAMPLE_SPOKEN: Final = "/iraq {}"
TRY: Final = "*Try*\n{examples}"
TRY_SPOKEN: Final = "{purpose} Try: {examples}"
WHERE: Final = (
    "*Where to ask*\n"
    "• `/iraq` in any channel: only you see the answer, and you can share it.\n"
    "• Mention <@{bot}> in a channel I was invited to: I answer in the thread, for everybody there.\n"
    "• A direct message to me: just write your question.\n"
    "• In a thread, Slack does not offer `/iraq`. Mention me there instead.\n"
    "• Under ⋮ of any message, *Find background* looks for what it is about. The lightning menu has *Search the desk*."
)
REGISTER: Final = (
    "*The register*\n"
    "• `/iraq issues`, `/iraq issue dollars`, `/iraq recommendations oil`, `/iraq who sadr`\n"
    "• `/iraq compare militias`, `/iraq timeline energy 2026`, `/iraq sources`, `/iraq source usip-2020`\n"
    "• A question that begins with one of these words: `/iraq ? ...`"
)
CHANNEL: Final = (
    "*In a channel*\n"
    "• `/iraq digest`: key issues and recommendations, every week or month, at the time you choose. "
    "`/iraq digest preview` shows the next one to you alone; `/iraq digest help` has all the words.\n"
    "• `/iraq settings`: whether I answer there, about which topics, and who may share."
)
FOOTER: Final = "{corpus}, {passages} passages  ·  {privacy}"
