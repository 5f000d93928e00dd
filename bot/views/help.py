"""The command's help, also for a bare mention: one screen."""

from bot.texts import help as texts
from bot.views import blocks as b
from bot.views.answer import corpus_line
from bot.views.message import Message
from knowledge.library import Library


def help_message(library: Library, bot_user_id: str) -> Message:
    """Purpose, examples, where to ask, the register, a channel's digest and settings, privacy, corpus."""
    footer = texts.FOOTER.format(
        corpus=corpus_line(library), passages=len(library.corpus.passages), privacy=texts.PRIVACY
    )
    spoken = "; ".join(map(texts.EXAMPLE_SPOKEN.format, texts.EXAMPLES))
    return Message(
        texts.TRY_SPOKEN.format(purpose=texts.PURPOSE, examples=spoken),
        (
            b.section(texts.PURPOSE),
            b.section(texts.TRY.format(examples=examples())),
            b.section(texts.WHERE.format(bot=bot_user_id)),
            b.section(texts.REGISTER),
            b.section(texts.CHANNEL),
            b.context(footer),
        ),
    )


def examples() -> str:
    """A few questions, a line each."""
    return "\n".join(texts.EXAMPLE.format(example) for example in texts.EXAMPLES)
