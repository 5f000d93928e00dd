"""Finding a publication by what somebody types into a menu."""

import functools
from collections.abc import Sequence
from typing import Final

from knowledge.analysis import folded
from knowledge.library import Library
from knowledge.models import Source

KEPT_CATALOGUES: Final = 2


def suggestions(library: Library, typed: str, most: int) -> list[Source]:
    """The sources of which every typed word begins a word: of the publisher, title, authors, date or id; newest first.

    Those whose publisher begins with what was typed come first.
    """
    wanted = _words(typed)
    found = [
        (not all(map(str.startswith, words, wanted)), source)
        for words, source in _catalogue(library)
        if all(any(word.startswith(one) for word in words) for one in wanted)
    ]
    return [source for _, source in sorted(found, key=lambda one: one[0])][:most]


def label(source: Source) -> str:
    """A publication in a menu."""
    dated = f", {source.published.label}" if source.published else ""
    return f"{source.short}{dated}: {source.title}"


@functools.lru_cache(KEPT_CATALOGUES)  # a library never changes
def _catalogue(library: Library) -> Sequence[tuple[tuple[str, ...], Source]]:
    """Every source with its words, newest first, those without a date last."""
    sources = library.corpus.sources.values()
    newest = sorted(sources, key=lambda one: one.published.earliest.toordinal() if one.published else 0, reverse=True)
    return [(_words_of(source), source) for source in newest]


def _words_of(source: Source) -> tuple[str, ...]:
    dated = source.published.label if source.published else ""
    return _words(" ".join((source.short, source.title, source.publisher or "", *source.authors, dated, source.id)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.term for token in folded(text))
