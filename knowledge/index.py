"""The passages as fields in postings: heading, text, and the questions that each answers (`asks` and `wordings`)."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from knowledge.analysis import Token
from knowledge.bm25 import BM25, Posting, Scores
from knowledge.lexicon import Lexicon, Related
from knowledge.meaning import Meaning
from knowledge.models import Basis, Passage
from knowledge.snippets import Snippets
from knowledge.thesaurus import MARK

# How often the words of a field count, where those of the text count once. Measured: tests/evaluation.
HEADING = 2  # of a heading that is the passage's own; one over many quotations counts once
ASKS = 1
RELATED = 0.7  # weight of a related word in a passage that has not the word itself; less for a word in several sets
PAIRS = 0.1  # weight of two neighbouring words that stand so in a passage, beside the words


class Index:
    """The passages of a corpus, searchable by number. `tokens_of` gives the words and concepts of a text."""

    def __init__(self, passages: Sequence[Passage], tokens_of: Callable[[str], list[Token]], lexicon: Lexicon) -> None:
        fields = [_Fields(passage, tokens_of, lexicon) for passage in passages]
        self._words = BM25(one.document for one in fields)
        self._pairs = BM25(one.pairs for one in fields)
        self._related = BM25(one.related for one in fields)
        self.terms = tuple(frozenset((*one.document, *one.related)) for one in fields)
        self.seen = tuple(frozenset(one.seen) for one in fields)
        self.shown = tuple(one.shown for one in fields)
        self.snippets = tuple(
            Snippets.of(passage.text, one.text) for passage, one in zip(passages, fields, strict=True)
        )
        self._nearby: dict[Related, Posting] = {}
        self._held: dict[tuple[bool, str], Posting] = {}
        self.idf = self._words.idf

    def scores(self, meaning: Meaning) -> Scores:
        """The score of every passage."""
        return self._words.total(self._postings(meaning))

    def _postings(self, meaning: Meaning) -> Iterator[Posting]:
        for one in meaning.sought:
            if (posting := self._posting(one.term)) is not None:
                yield posting[0], one.weight * posting[1]
        for related in meaning.related:
            yield self._near(related)
        for pair in meaning.pairs:
            if (posting := self._posting(pair, pair=True)) is not None:
                yield posting[0], PAIRS * posting[1]

    def _posting(self, term: str, *, pair: bool = False) -> Posting | None:
        """The posting of a word or of a pair; there are not many, so each is worked out once."""
        found = self._held.get((pair, term))
        if found is None:
            found = (self._pairs if pair else self._words).posting(term)
            if found is not None:
                self._held[pair, term] = found
        return found

    def share(self, term: str, place: int) -> float:
        """What a term, at weight one, adds to a passage's score."""
        return self._words.share(term, place)

    def related_share(self, related: Related, place: int) -> float:
        """What the words related to one add to a passage's score."""
        if self._words.share(related.term, place):
            return 0.0
        weight = RELATED / math.sqrt(len(related.sets))
        return weight * max(self._related.share(name, place) for name in related.sets)

    def _near(self, related: Related) -> Posting:
        """The same for every passage that gets any of it; few words are related, so each is worked out once."""
        found = self._nearby.get(related)
        if found is None:
            found = self._nearby[related] = self._worked_out(related)
        return found

    def _worked_out(self, related: Related) -> Posting:
        most = np.zeros(self._words.corpus_size)
        for name in related.sets:
            if (posting := self._related.posting(name)) is not None:
                most[posting[0]] = np.maximum(most[posting[0]], posting[1])
        if (posting := self._words.posting(related.term)) is not None:
            most[posting[0]] = 0.0
        places = np.flatnonzero(most)
        return places, RELATED / math.sqrt(len(related.sets)) * most[places]

    def pair_share(self, pair: str, place: int) -> float:
        """What a pair of neighbouring terms adds to a passage's score."""
        return PAIRS * self._pairs.share(pair, place)

    def says(self, place: int, terms: Iterable[str]) -> bool:
        """Whether a passage's heading or text has these terms in a row."""
        return f" {' '.join(terms)} " in self.shown[place]


class _Fields:
    """The terms of one passage, by field."""

    def __init__(self, passage: Passage, tokens_of: Callable[[str], list[Token]], lexicon: Lexicon) -> None:
        self.text = tokens_of(passage.text)
        heading = [[token.term for token in tokens_of(part)] for part in passage.heading]
        asks = [[token.term for token in tokens_of(ask)] for ask in (*passage.asks, *passage.wordings)]
        text = [token.term for token in self.text]
        self.seen = [*(term for part in heading for term in part), *text]
        times = 1 if passage.basis is Basis.VERBATIM else HEADING
        self.document = [*times * [term for part in heading for term in part], *text]
        self.document += ASKS * [term for ask in asks for term in ask]
        self.pairs = [f"{a} {b}" for field in (*heading, text, *asks) for a, b in pairwise(_plain(field))]
        self.related = [
            one
            for field in (*heading, heading[-1], text, *asks)
            for found in lexicon.related(_plain(field))
            for one in found.sets
        ]
        self.shown = "".join(f" {' '.join(_plain(field))} " for field in (*heading, text))


def _plain(terms: Iterable[str]) -> list[str]:
    """The words among words and concepts."""
    return [term for term in terms if not term.startswith(MARK)]
