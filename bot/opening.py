"""Which library a command or the bot works with, by the settings."""

from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from knowledge import snapshot
from knowledge.library import Library


def library(settings: Settings) -> Library:
    """The library of the corpus, from the last start's snapshot when nothing has changed since.

    Raises:
        CorpusError: the corpus has problems.
    """
    return snapshot.load(settings.corpus, settings.cache)


def library_of(documents: Sequence[Path], settings: Settings) -> Library:
    """A library of a reader's own documents alone, read with the thesaurus and the stop words of the corpus."""
    from knowledge import documents as own  # noqa: PLC0415 - most commands have none

    return Library(own.load(documents, library(settings).corpus))
