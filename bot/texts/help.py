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
    "Your questions are not logged. The last one of a thread is kept for a day, for follow-ups. When you rate an answer or "
    "report a passage, the curators get your question with it."
)
EXAMPLE: Final = "• `/iraq {}`"
EXAMPLE_SPOKEN: Final = "/iraq {}"
TRY: Final = "*Try*\n{examples}"
TRY_SPOKEN: Final = "{purpose} Try: {examples}"
WHERE: Final = (
    "*Where to ask*\n"
    "• `/iraq` in any channel: only you see the answer, and you can share it.\n"
    "• <@{bot}> in a channel that I was invited to: I answer in the thread, for everybody.\n"
    "• In a thread, Slack does not offer `/iraq`. Mention me there instead.\n"
    "• A direct message to me: just write your question.\n"
    "• *Find background*, under ⋮ of any message: what the corpus has on it, for you alone.\n"
    "• *Search the desk*, among the shortcuts and on my Home tab: a question by topic, source and date."
)
REGISTER: Final = (
    "*What to look up*\n"
    "• `/iraq issues`, `/iraq issue dollars`: key issues, and what each party wants\n"
    "• `/iraq recommendations oil`: who should do what, and by whose advice\n"
    "• `/iraq who sadr`, `/iraq compare militias`: one party; the parties side by side\n"
    "• `/iraq timeline energy 2026`, `/iraq source usip-2020`: what happened; what a publication says\n"
    "• To search for one of these words instead, put a question mark first: `/iraq ? issues`"
)
CHANNEL: Final = (
    "*In a channel*\n"
    "• `/iraq digest`: key issues and recommendations, every week or month, at the time you choose. "
    "`/iraq digest preview` shows the next one to you alone; `/iraq digest help` has all the words.\n"
    "• `/iraq settings`: whether I answer there, on which topics, and who may share."
)
FOOTER: Final = "{corpus}, {passages} passages  ·  {privacy}"
