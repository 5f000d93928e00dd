"""BM25 as `rank_bm25` defines it, served from compiled postings: exact, and fast at every size.

The definition is `rank_bm25.BM25Okapi`'s, with one change: the idf is Lucene's, ln(1 + (N - n + 0.5) / (n + 0.5)),
always positive and falling with n, where the library's floor for frequent words is neither (in a corpus on one subject,
the subject's name would weigh as much as a rare word). What a term adds to a document's score is its share; a score is
the sum of the shares in the query's order, the library's to the last bit.

The best documents are found without sorting the scores: ten documents score at least the tenth greatest share of any
one term, so that few are above this bar. In large corpora the bar also tells which terms cannot lift a document over it
by themselves; where these have most of the postings, only the others' documents are looked at (MaxScore: Turtle and
Flood, Query evaluation: strategies and optimizations, 1995).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import chain, islice
from typing import Self, TypeVar

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge.bm25_postings import TOP, Counted, Numbers, Places, Posting, Postings, Scores, idf

__all__ = ["BM25", "Numbers", "Places", "Posting", "Postings", "Scores", "idf"]

_T = TypeVar("_T")

_LEAP = 64  # how many postings must be left unread for each one read, for scoring documents one by one to be faster
_SLACK = 1e-9  # far more than sums of the same shares in two orders differ by
_WHOLE = 1 << 17  # documents that are scored at once; where there are more they are
_WINDOW = 1 << 16  # scored by so many: as many scores as the processor's cache holds


class BM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """An index over tokenised documents; the constructor, `get_scores` and `get_top_n` are the library's.

    k1 = 0.9 and b = 0.6 are what held up on passages (Anserini's defaults are close: 0.9 and 0.4). `epsilon` is the
    library's floor, kept for its signature; this idf needs none. Immutable once built: threads may share it.

    Raises:
        ValueError: `k1` or `b` is no number that BM25 can use.
        OverflowError: the corpus has more postings than an index can number.
    """

    terms: Mapping[str, int]  # their numbers
    postings: Postings

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = 0.9,
        b: float = 0.6,
        epsilon: float = 0.25,
    ) -> None:
        if not (0 <= k1 < math.inf and 0 <= b <= 1):
            raise ValueError(f"BM25 needs k1 of 0 or more and b between 0 and 1; these are k1={k1} and b={b}")
        super().__init__(corpus, tokenizer, k1, b, epsilon)

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterator[Sequence[str]]:
        """In this process: the library would start one for every core."""
        return map(self.tokenizer, corpus) if self.tokenizer else iter(())

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> None:
        """The library's hook for counting: everything is done here, so that the next has nothing to do."""
        counted = Counted.of(corpus)
        self._serve(counted.terms, counted.lengths, sum(counted.lengths), Postings.laid_out(counted, self.k1, self.b))

    def _calc_idf(self, nd: None) -> None:
        """The library's hook for the idf."""

    def _serve(
        self, terms: Mapping[str, int], lengths: Sequence[int] | Numbers, total: int, postings: Postings
    ) -> None:
        self.terms, self.doc_len, self.postings = terms, lengths, postings
        self.idf: Mapping[str, float] = Rarity(terms, postings.idf)
        self.corpus_size = postings.size
        self.avgdl = total / postings.size if postings.size else 0.0

    @classmethod
    def restored(cls, terms: Mapping[str, int], lengths: Numbers, postings: Postings, *, k1: float, b: float) -> Self:
        """An index that was built before, from its parts (knowledge.bm25_file)."""
        index = cls((), k1=k1, b=b)
        index._serve(terms, lengths, int(lengths.sum()), postings)
        return index

    def get_scores(self, query: Iterable[str]) -> Scores:
        """The score of every document; a term that is repeated counts as often."""
        return self.total(posting for term in query if (posting := self.posting(term)) is not None)

    def get_batch_scores(self, query: Iterable[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of some documents."""
        return [float(score) for score in self.get_scores(query)[list(doc_ids)]]

    def get_top(self, query: Iterable[str], n: int = TOP) -> Posting:
        """The `n` best documents by number and their scores, the best first; none that has no term of the query.

        Of documents with equal scores the earlier is the better.
        """
        number = self.terms.get
        terms = [found for term in query if (found := number(term)) is not None]
        if not terms or n < 1:
            return np.zeros(0, np.int64), np.zeros(0)
        return (compiled() or search)(self.postings, terms, min(n, self.corpus_size))

    def get_top_n(self, query: Iterable[str], documents: Sequence[_T], n: int = 5) -> list[_T]:
        """The library's: the `n` best of the documents; where fewer have a term of the query, others make up the number."""
        if len(documents) != self.corpus_size:
            raise ValueError(f"the index is of {self.corpus_size} documents; these are {len(documents)}")
        best = self.get_top(query, n)[0].tolist()
        others = (number for number in range(self.corpus_size) if number not in best)
        return [documents[number] for number in chain(best, islice(others, max(n - len(best), 0)))]

    def scores(self, query: Iterable[tuple[str, float]]) -> Scores:
        """The score of every document for (term, weight) pairs: each term's share times its weight."""
        return self.total(
            (posting[0], weight * posting[1]) for term, weight in query if (posting := self.posting(term)) is not None
        )

    def total(self, postings: Iterable[Posting]) -> Scores:
        """The sum of postings (numbers of documents, and what each gets), in their order, for every document."""
        return _total(list(postings), self.corpus_size)

    def posting(self, term: str) -> Posting | None:
        """The documents that have a term, and its share of their scores; None for an unknown term."""
        number = self.terms.get(term)
        return None if number is None else self.postings.of(number)

    def share(self, term: str, document: int) -> float:
        """What a term adds to the score of one document."""
        number = self.terms.get(term)
        if number is None:
            return 0.0
        index, (span,) = self.postings, _spans(self.postings, [number])
        at = span.start + int(index.places[span].searchsorted(document))
        there = at < span.stop and index.places.item(at) == document
        return index.idf.item(number) * index.weights.item(index.kinds.item(at)) if there else 0.0


class Rarity(Mapping[str, float]):
    """The idf of every term."""

    def __init__(self, terms: Mapping[str, int], idfs: Scores) -> None:
        self._terms, self._idfs = terms, idfs

    def __getitem__(self, term: str) -> float:
        return self._idfs.item(self._terms[term])

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)


@cache
def compiled() -> Callable[[Postings, Sequence[int], int], Posting] | None:
    """The search in machine code, where numba is installed; looked for when first needed, since that takes a while."""
    module = import_module("knowledge.bm25_kernel")
    return module.search if module.COMPILED else None


def search(index: Postings, terms: Sequence[int], n: int) -> Posting:
    """What `knowledge.bm25_kernel.search` does, in NumPy: as much at a time as fits the processor's cache."""
    above = math.nextafter(max(map(index.tenth.item, terms)), 0.0) if n <= TOP else 0.0
    if index.size > _WHOLE and (few := few_to_score(index, terms, above)) is not None:
        return _best(few, sum((_shares(index, term, few) for term in terms), np.zeros(len(few))), n)
    spans = _spans(index, terms)
    if index.size <= _WHOLE:
        return _best(*_above(_added(*_joined(index, terms, spans), index.size), above), n)
    edges = np.arange(0, index.size + _WINDOW, _WINDOW, dtype=np.int32)
    cuts = [(span.start + index.places[span].searchsorted(edges)).tolist() for span in spans]
    best: Posting = np.zeros(0, np.int64), np.zeros(0)
    for window, base in enumerate(edges[:-1].tolist()):
        places, shares = _joined(index, terms, [slice(*cut[window : window + 2]) for cut in cuts])
        places -= base
        found, scores = _above(_added(places, shares, min(_WINDOW, index.size - base)), above)
        if len(found):
            best = _best(np.append(best[0], found + base), np.append(best[1], scores), n)
            above = best[1].item(-1) if len(best[1]) == n else above
    return best


def few_to_score(index: Postings, terms: Sequence[int], bar: float) -> Places | None:
    """The documents that can reach the bar, where they are few; None where it is faster to score all.

    Terms whose greatest shares stay below the bar together do not take a document there: it has another one too.
    """
    most = index.most[terms]
    order = np.argsort(most)
    needed = [terms[at] for at in order[np.cumsum(most[order]) >= bar * (1 - _SLACK)].tolist()]
    sizes = {term: index.starts.item(term + 1) - index.starts.item(term) for term in terms}
    if _LEAP * sum(sizes[term] for term in needed) > sum(sizes[term] for term in terms):
        return None
    return np.unique(np.concatenate([index.of(term)[0] for term in needed]))


def _shares(index: Postings, term: int, documents: Places) -> Scores:
    """A term's share of the scores of some documents."""
    start, end = index.starts.item(term), index.starts.item(term + 1)
    places = index.places[start:end]
    at = np.minimum(places.searchsorted(documents), end - start - 1)
    shares = index.idf.item(term) * index.weights.take(index.kinds[start:end].take(at))
    return np.where(places.take(at) == documents, shares, 0.0)


def _spans(index: Postings, terms: Sequence[int]) -> list[slice]:
    """Where the terms' postings are."""
    start = index.starts.item
    return [slice(start(term), start(term + 1)) for term in terms]


def _joined(index: Postings, terms: Sequence[int], spans: Sequence[slice]) -> Posting:
    """Postings of all terms, one after another."""
    shares = index.weights.take(np.concatenate([index.kinds[span] for span in spans]), mode="clip")  # none is outside
    shares *= index.idf.take(terms).repeat([span.stop - span.start for span in spans])
    return np.concatenate([index.places[span] for span in spans]), shares


def _total(postings: Sequence[Posting], size: int) -> Scores:
    if not postings:
        return np.zeros(size)
    places, shares = zip(*postings, strict=True)
    return _added(np.concatenate(places), np.concatenate(shares), size)


def _added(places: Places, shares: Scores, size: int) -> Scores:
    return np.bincount(places, shares, size).astype(np.float64, copy=False)  # of nothing it makes integers


def _above(scores: Scores, bar: float) -> Posting:
    """The documents with a score above the bar, and it."""
    found = (scores > bar).nonzero()[0]
    return found, scores.take(found)


def _best(places: Places, scores: Scores, n: int) -> Posting:
    """The `n` best of documents given in ascending order."""
    if len(places) > 8 * n:  # sorting few is cheap
        found = np.flatnonzero(scores >= np.partition(scores, -n)[-n])
        places, scores = places[found], scores[found]
    order = (-scores).argsort(kind="stable")[:n]
    return places.take(order), scores.take(order)
