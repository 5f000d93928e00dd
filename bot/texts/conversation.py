"""Mentions and direct messages: the note over a follow-up, the welcome, the hello, prompts and status."""

from typing import Final

READ_WITH: Final = "Read with the previous question: “{question}”"

STATUS: Final = "is searching the corpus…"  # stands after the app's name
PROMPTS_TITLE: Final = "Questions to start with"
WELCOME: Final = (
    "Hello, I am Iraq Desk. Write me a question on U.S.-Iraq relations, and I answer with short passages from a curated "
    "corpus, each with its source and its date. I am a program that searches; I write nothing of my own."
)
WELCOME_FOLLOW_UP: Final = (
    "Follow up as you would with a colleague: “and the Kurds?” or “what about 2026?” is read with your previous question. "
    "For that I keep the last question of a thread for a day."
)
WELCOME_MORE: Final = "`help` shows what else I can do. In channels, `/iraq` answers you alone."

HELLO: Final = (
    "Thank you for the invitation. I speak here only when somebody mentions me: <@{bot}> with a question gets an answer in its "
    "thread, for everybody here."
)
HELLO_MORE: Final = (
    "• `/iraq` with a question: only you see the answer, and you can share it.\n"
    "• `/iraq digest`: key issues and what changed, every week or month.\n"
    "• `/iraq settings`: whether I answer here, on which topics, and who may share."
)
