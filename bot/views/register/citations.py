"""Text of the corpus in mrkdwn, and what it is cited by."""

from collections.abc import Iterable

from bot.bidi import isolated
from bot.mrkdwn import escape, link
from bot.texts import DOT, common
from bot.texts import register as texts
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Basis, Passage, Source


def words(text: str) -> str:
    """Text of the corpus inside mrkdwn."""
    return escape(isolated(text))


def linked(source: Source) -> str:
    """A publication by its short name and date, as a link where it has an address."""
    name = isolated(source.short if source.published is None else f"{source.short}, {source.published.label}")
    return link(source.url, name) if source.url else escape(name)


def linked_all(library: Library, ids: Iterable[str]) -> str:
    """Publications, one after the other."""
    return "; ".join(linked(library.corpus.sources[id_]) for id_ in ids)


def spoken_sources(library: Library, ids: Iterable[str]) -> str:
    """The same in plain words."""
    sources = (library.corpus.sources[id_] for id_ in ids)
    return "; ".join(
        words(one.short) if one.published is None else f"{words(one.short)}, {one.published.label}" for one in sources
    )


def evidence(library: Library, passages: Iterable[str]) -> str:
    """The publications that passages rest on: those of one publication each, then all that others are compiled from."""
    alone: dict[str, None] = {}
    quoted: dict[str, None] = {}
    compiled: dict[str, None] = {}
    for id_ in passages:
        passage = library.corpus.passages[id_]
        kept = {Basis.SUMMARY: alone, Basis.VERBATIM: quoted, Basis.COMPILED: compiled}[passage.basis]
        kept.update(dict.fromkeys(passage.sources))
    parts = (
        (texts.SUMMARY_OF, alone),
        (texts.QUOTED_FROM, quoted),
        (texts.COMPILED_FROM, {id_: None for id_ in compiled if id_ not in alone and id_ not in quoted}),
    )
    return DOT.join(f"{label} {linked_all(library, ids)}" for label, ids in parts if ids)


def spoken_evidence(library: Library, passages: Iterable[str]) -> str:
    """The same publications in plain words."""
    ids = dict.fromkeys(id_ for passage in passages for id_ in library.corpus.passages[passage].sources)
    return spoken_sources(library, ids)


def fact(library: Library, passage: Passage) -> str:
    """A passage by its heading, date and publications."""
    dated = f", {passage.as_of.label}" if passage.as_of else ""
    return f"{words(passage.heading[-1])}{dated}  ({evidence(library, [passage.id])})"


def span(first: PartialDate | None, last: PartialDate | None) -> str:
    """From when to when facts are."""
    labels = dict.fromkeys(date.label for date in (first, last) if date is not None)
    return common.TO.join(labels) if labels else texts.UNDATED
