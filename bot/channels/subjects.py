"""Which topics something is about, as far as a channel's topics are concerned. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from bot.views.register.key import About, PageKey
from knowledge.library import Library
from knowledge.models import Answer, Corpus


def of_answer(found: Answer) -> frozenset[str] | None:
    """Those of the best passage, which is what the answer is; None when no passage answers, since that is no topic."""
    return frozenset(found.hits[0].passage.topics) if found.confident else None


def of_pages(library: Library, keys: Iterable[PageKey]) -> frozenset[str] | None:
    """Those of pages of the register; None when one is about the whole corpus, or about nothing that it has."""
    found = [of_page(library, key) for key in keys]
    return None if None in found else frozenset[str]().union(*(one for one in found if one is not None))


def of_page(library: Library, key: PageKey) -> frozenset[str] | None:
    """Those of the subject: of an actor, the topics of the passages about them; of a publisher, of its publications."""
    find = _TOPICS.get(key.about)
    return None if find is None else frozenset(find(library.corpus, key.subject)) or None


def _of_issue(corpus: Corpus, id_: str) -> Iterable[str]:
    return corpus.issues[id_].topics if id_ in corpus.issues else ()


def _of_actor(corpus: Corpus, id_: str) -> Iterable[str]:
    passages = corpus.actors[id_].passages if id_ in corpus.actors else ()
    return {topic for passage in passages for topic in corpus.passages[passage].topics}


def _of_source(corpus: Corpus, id_: str) -> Iterable[str]:
    return corpus.sources[id_].topics if id_ in corpus.sources else ()


def _of_publisher(corpus: Corpus, short: str) -> Iterable[str]:
    return {topic for one in corpus.sources.values() if one.short == short for topic in one.topics}


_TOPICS: Final[Mapping[About, Callable[[Corpus, str], Iterable[str]]]] = {
    About.TOPIC: lambda _, id_: (id_,),
    About.ISSUE: _of_issue,
    About.ACTOR: _of_actor,
    About.SOURCE: _of_source,
    About.PUBLISHER: _of_publisher,
}
