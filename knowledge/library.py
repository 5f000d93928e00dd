"""The library: an immutable snapshot of a corpus, ready to be asked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Self

import numpy as np

from knowledge import curated, query
from knowledge.analysis import Analyzer, Token, words
from knowledge.bm25 import BM25
from knowledge.confidence import Evidence, things
from knowledge.models import Answer, Corpus, Hit, Passage, Query, Source
from knowledge.snippets import Snippets
from knowledge.spelling import Speller
from knowledge.thesaurus import Thesaurus

# Measured on the questions of tests/knowledge; a typed word in a passage's text counts one.
HEADING = 2  # times that a heading's words count
ASKS = 1  # times that the words of a passage's `asks` count
CONCEPT = 0.5  # weight of a concept beside the words typed for it
CORRECTION = 0.7  # weight of a word that was put right


class Library:
    """A corpus and its index. Never changes: a new corpus is a new library, and readers of the old one go on."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._analyzer = Analyzer(corpus.stopwords)
        self._thesaurus = Thesaurus(corpus.thesaurus, self._analyzer, CONCEPT)
        self._passages = tuple(corpus.passages.values())
        documents = [self._document(passage) for passage in self._passages]
        self._index = BM25(documents)
        self._terms_of = tuple(frozenset(document) for document in documents)
        self._snippets = tuple(Snippets.of(passage.text, self._tokens(passage.text)) for passage in self._passages)
        self._speller = Speller(self._vocabulary())
        self._places = {passage.id: place for place, passage in enumerate(self._passages)}

    @classmethod
    def load(cls, root: Traversable | None = None) -> Self:
        """The library of a corpus folder, or of the one that is shipped.

        Raises:
            CorpusError: the corpus has problems.
        """
        return cls(curated.load(curated.packaged() if root is None else root))

    def ask(self, question: Query | str, limit: int = 10) -> Answer:
        """The passages that match best, at most `limit`; the same question and corpus give the same answer.

        Equal scores stand in the order of the corpus. Never raises for what somebody may type.
        """
        asked = query.parse(question) if isinstance(question, str) else question
        weights, evidence = self._weigh(asked.text)
        scores = self._index.scores(weights.items())
        order = np.argsort(-scores, kind="stable")[:limit].tolist()
        hits = tuple(self._hit(place, float(scores[place]), weights) for place in order if scores[place] > 0)
        best = (self._terms_of[place] for place in order[:3])
        confident = bool(hits) and evidence.suffices(hits[0].score, best)
        return Answer(asked, hits, confident)

    def passage(self, id_: str) -> Passage | None:
        """The passage of an id, if there is one (an old message may name one that has gone)."""
        return self.corpus.passages.get(id_)

    def source(self, id_: str) -> Source | None:
        """The source of an id, if there is one."""
        return self.corpus.sources.get(id_)

    def sources_of(self, passage: Passage) -> tuple[Source, ...]:
        """The publications that a passage cites, in its order."""
        return tuple(self.corpus.sources[id_] for id_ in passage.sources)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after one in its file."""
        place = self._places[passage.id]
        return self._sibling(passage, place - 1), self._sibling(passage, place + 1)

    def _sibling(self, passage: Passage, place: int) -> Passage | None:
        if not 0 <= place < len(self._passages):
            return None
        other = self._passages[place]
        return other if other.id.partition("/")[0] == passage.id.partition("/")[0] else None

    def _weigh(self, text: str) -> tuple[dict[str, float], Evidence]:
        """What a question looks for: its terms with their weights, and what each of its words may be matched by."""
        tokens = self._analyzer.tokens(text)
        concepts = self._thesaurus.concepts(tokens, text)
        corrected = [self._correct(token, text, concepts) for token in tokens]
        if corrected != tokens:
            concepts = self._thesaurus.concepts(corrected, text)
        weights = {
            meant.term: 1.0 if meant is token else CORRECTION for token, meant in zip(tokens, corrected, strict=True)
        }
        weights.update((concept.term, CONCEPT) for concept in concepts)
        return weights, Evidence.of(things(corrected, concepts), self._index.idf, len(self._passages))

    def _correct(self, token: Token, text: str, concepts: Sequence[Token]) -> Token:
        """The token with the term that was meant, when no passage has it and it is no part of a known name."""
        if token.term in self._index.idf or any(one.start <= token.start and token.end <= one.end for one in concepts):
            return token
        word = self._speller.correct("".join(words(text[token.start : token.end])))
        return token if word is None else token._replace(term=self._analyzer.stem(word))

    def _hit(self, place: int, score: float, weights: Mapping[str, float]) -> Hit:
        snippets = self._snippets[place]
        return Hit(self._passages[place], score, snippets.highlights(weights), snippets.best(weights))

    def _tokens(self, text: str) -> list[Token]:
        """The words of a text and the concepts that it names."""
        tokens = self._analyzer.tokens(text)
        return tokens + self._thesaurus.concepts(tokens, text)

    def _terms(self, text: str) -> list[str]:
        return [token.term for token in self._tokens(text)]

    def _vocabulary(self) -> Iterator[str]:
        """Every word that a correction may lead to, those of the passages first, the most frequent of them first."""
        parts = (part for one in self._passages for part in (*one.heading, one.text, *one.asks))
        names = (form for entry in self.corpus.thesaurus for form in (entry.name, *entry.aliases))
        for word, _ in Counter(word for part in parts for word in words(part)).most_common():
            if word not in self.corpus.stopwords:
                yield word
        for name in names:
            yield from words(name)

    def _document(self, passage: Passage) -> list[str]:
        heading = [term for part in passage.heading for term in self._terms(part)]
        asks = [term for ask in passage.asks for term in self._terms(ask)]
        return HEADING * heading + self._terms(passage.text) + ASKS * asks
