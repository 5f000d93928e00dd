"""What the desk is and how to ask it, for the command's help and for a bare mention."""

from bot.views import blocks as b
from bot.views.answer import corpus_line
from bot.views.message import Message
from knowledge.library import Library

EXAMPLES = (
    "what did USIP advise about Iran?",
    "how many people were displaced in 2020?",
    "why should relations go beyond security?",
)
PURPOSE = (
    "Iraq Desk answers questions on U.S.-Iraq relations with short passages from a curated corpus, each with its "
    "source, its date and its place in the source. It writes nothing of its own, and says so when no passage answers."
)
PRIVACY = (
    "Your questions are not logged. The last one of a thread is kept for a day, so that you can follow up. If you rate an answer, "
    "the question is kept with your rating for the curators."
)


def help_message(library: Library, bot_user_id: str) -> Message:
    """Purpose, examples, where to ask, privacy, corpus."""
    examples = "\n".join(f"• `/iraq {example}`" for example in EXAMPLES)
    where = (
        "*Where to ask*\n"
        "• `/iraq` in any channel: only you see the answer, and you can share it.\n"
        f"• Mention <@{bot_user_id}> in a channel I was invited to: I answer in the thread, for everybody there.\n"
        "• A direct message to me: just write your question.\n"
        "• In a thread, Slack does not offer `/iraq`. Mention me there instead."
    )
    weekly = (
        "*The weekly digest*\n"
        "• `/iraq digest` in a channel: key issues and recommendations, every week or month, at the time you choose.\n"
        "• `/iraq digest preview` shows the next one to you alone; `/iraq digest help` has all the words."
    )
    register = (
        "*The register*\n"
        "• `/iraq issues`, `/iraq issue dollars`, `/iraq recommendations oil`, `/iraq who sadr`\n"
        "• `/iraq compare militias`, `/iraq timeline energy 2026`, `/iraq sources`, `/iraq source usip-2020`\n"
        "• A question that begins with one of these words: `/iraq ? ...`"
    )
    footer = f"{corpus_line(library)}, {len(library.corpus.passages)} passages  ·  {PRIVACY}"
    text = f"{PURPOSE} Try: " + "; ".join(f"/iraq {example}" for example in EXAMPLES)
    return Message(
        text,
        (
            b.section(PURPOSE),
            b.section(f"*Try*\n{examples}"),
            b.section(where),
            b.section(register),
            b.section(weekly),
            b.context(footer),
        ),
    )
