"""The names of a corpus: topics, issues, actors and publications by what readers call them."""

import functools
from collections.abc import Iterable

from knowledge.analysis import Analyzer, folded
from knowledge.models import Corpus, Issue, Source
from knowledge.names import Names


class Naming:
    """Look-ups by name in one corpus, each made when it is first used."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._stem = Analyzer(corpus.stopwords).stem

    def prepare(self) -> None:
        """Make every table now."""
        for table in (self.topics, self.keywords, self.issues, self.actors, self.sources):
            table.find("")
        self.knows("a")

    @functools.cached_property
    def topics(self) -> Names:
        """Topics by id, a word of the id, or title."""
        topics = self._corpus.topics.values()
        return self._names((one.id, (one.title, one.id, *one.id.split("-"))) for one in topics)

    @functools.cached_property
    def keywords(self) -> Names:
        """Topics by everything that they are about: a keyword, or words of keywords and names together."""
        topics = self._corpus.topics.values()
        return self._names(((one.id, (one.title, *one.id.split("-"), *one.keywords)) for one in topics), together=True)

    @functools.cached_property
    def issues(self) -> Names:
        """Issues by id or title, or by words of them and of other names of the actors in the title."""
        return self._names(((one.id, self._issue_names(one)) for one in self._corpus.issues.values()), together=True)

    @functools.cached_property
    def actors(self) -> Names:
        """Actors by id, name or alias."""
        forms = {entry.name: entry.cautious for entry in self._corpus.thesaurus}
        actors = self._corpus.actors.values()
        return self._names(
            ((one.id, (one.name, *one.aliases, one.id)) for one in actors),
            cautious=(form for one in actors for form in forms.get(one.name, ())),
        )

    @functools.cached_property
    def sources(self) -> Names:
        """Publications by id, title, or publisher."""
        return self._names((one.id, _source_names(one)) for one in self._corpus.sources.values())

    def knows(self, word: str) -> bool:
        """Whether a word stands in a passage or a name: then it is no slip of another."""
        return all(token.term in self._vocabulary for token in folded(word))

    @functools.cached_property
    def _vocabulary(self) -> frozenset[str]:
        texts = (text for one in self._corpus.passages.values() for text in (*one.heading, one.text, *one.asks))
        names = (form for entry in self._corpus.thesaurus for form in (entry.name, *entry.aliases))
        words = {token.term for text in (*texts, *names) for token in folded(text)}
        return frozenset(words | self._corpus.stopwords)

    def _issue_names(self, issue: Issue) -> Iterable[str]:
        yield from (issue.id, issue.title)
        for actor in dict.fromkeys(self.actors.named_in(issue.title)):
            yield from self._corpus.actors[actor].aliases

    def _names(
        self,
        entries: Iterable[tuple[str, Iterable[str]]],
        *,
        together: bool = False,
        cautious: Iterable[str] = (),
    ) -> Names:
        return Names(
            entries,
            stem=self._stem,
            stopwords=self._corpus.stopwords,
            known=lambda: self._vocabulary,
            together=together,
            cautious=frozenset(cautious),
        )


def _source_names(source: Source) -> Iterable[str]:
    yield from (source.id, source.title, source.short)
    if source.publisher:
        yield source.publisher
