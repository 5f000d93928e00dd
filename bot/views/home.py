"""The Home tab."""

from typing import Any

from bot.views import blocks as b
from bot.views.answer import corpus_line
from bot.views.help import EXAMPLES, PRIVACY, PURPOSE
from knowledge.library import Library


def home(library: Library) -> dict[str, Any]:
    """A `home` view (docs.slack.dev/reference/views/home-tab-views)."""
    corpus = library.corpus
    examples = "\n".join(f"• `/iraq {example}`" for example in EXAMPLES)
    counts = (
        f"{len(corpus.passages)} passages from {len(corpus.sources)} publications, {len(corpus.issues)} key issues, "
        f"{len(corpus.topics)} topics"
    )
    return {
        "type": "home",
        "blocks": [
            b.header("Iraq Desk"),
            b.section(PURPOSE),
            b.divider(),
            b.header("Three questions to start with"),
            b.section(examples),
            b.context("Type one in any channel. Only you see the answer. `/iraq help` tells more."),
            b.divider(),
            b.header("The weekly digest"),
            b.section(
                "Key issues and recommendations for a channel, every week or month, and what changed since the last. Type "
                "`/iraq digest` there to choose when; `/iraq digest preview` shows one to you alone."
            ),
            b.divider(),
            b.header("The corpus"),
            b.section(f"{corpus_line(library)}\n{counts}"),
            b.context(PRIVACY),
        ],
    }
