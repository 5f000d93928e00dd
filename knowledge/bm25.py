"""BM25 as `rank_bm25` defines it, served from compiled postings: exact, and fast at every size.

The definition is `rank_bm25.BM25Okapi`'s, with one change: the idf is Lucene's, ln(1 + (N - n + 0.5) / (n + 0.5)),
always positive and falling with n, where the library's floor for frequent words is neither (in a corpus on one subject,
the subject's name would weigh as much as a rare word). What a term adds to a document's score, its share, is worked out
once, when the index is built; a score is the sum of the shares in the query's order, the library's to the last bit.

The postings lie term after term: `starts[t]:starts[t + 1]` are term t's documents, ascending, in `places`, and what each
gets from it in `shares`. The best documents are found without sorting the scores: ten documents score at least the tenth
greatest share of any one term, so that few are above this bar. It rises with what is found (knowledge.bm25_kernel).
"""

import math
import mmap
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import chain, islice
from typing import NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

_T = TypeVar("_T")
_N = TypeVar("_N", bound=np.generic)
Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer]
Scores = npt.NDArray[np.float64]
Posting = tuple[Places, Scores]

TOP = 10  # of how many documents each term's least share is kept: a search for no more of them starts with a bar
MOST_POSTINGS = 2**31 - 1
_BATCH = 1 << 13  # documents counted at once: what is sorted stays in the processor's cache
_LEAP = 64  # how many postings must be left unread for each one read, for scoring documents one by one to be faster
_SLACK = 1e-9  # far more than sums of the same shares in two orders differ by
_WINDOW = 1 << 17  # documents scored at once, for the same reason


class Postings(NamedTuple):
    """The compiled index: arrays by term (T) or posting (P) that nobody can write to."""

    starts: Numbers  # T + 1: where each term's postings begin
    places: npt.NDArray[np.int32]  # P: the documents
    shares: Scores  # P: what the term adds to their scores
    most: Scores  # T: the greatest share
    tenth: Scores  # T: the tenth greatest; 0 where fewer documents have the term
    size: int  # how many documents there are


class BM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """An index over tokenised documents; the constructor, `get_scores` and `get_top_n` are the library's.

    k1 = 0.9 and b = 0.6 are what held up on passages (Anserini's defaults are close: 0.9 and 0.4). `epsilon` is the
    library's floor, kept for its signature; this idf needs none. Immutable once built: threads may share it.

    Raises:
        ValueError: `k1` or `b` is no number that BM25 can use.
        OverflowError: the corpus has more postings than an index can number.
    """

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
        self.terms: Mapping[str, int] = {}
        self.idf: Mapping[str, float] = {}
        self._batches: list[_Batch] = []
        super().__init__(corpus, tokenizer, k1, b, epsilon)
        self.postings = self._compile()

    def _tokenize_corpus(self, corpus: Iterable[str]) -> Iterator[Sequence[str]]:
        """In this process: the library would start one for every core."""
        return map(self.tokenizer, corpus) if self.tokenizer else iter(())

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Count the terms, one batch of documents after another; returns in how many documents each is."""
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__  # a new term gets the next number
        documents, postings = iter(corpus), 0
        while batch := list(islice(documents, _BATCH)):
            self._batches.append(_Batch.of(batch, len(self.doc_len), numbers))
            self.doc_len.extend(map(len, batch))
            postings += len(self._batches[-1].places)
            if postings > MOST_POSTINGS:
                raise OverflowError(
                    f"an index numbers at most {MOST_POSTINGS:,} postings, and the first {len(self.doc_len):,} documents"
                    " have more: split the corpus over several indexes"
                )
        self.corpus_size = len(self.doc_len)
        self.avgdl = sum(self.doc_len) / self.corpus_size if self.corpus_size else 0.0
        self.terms = dict(numbers)
        sizes = np.zeros(len(numbers), np.int64)
        for one in self._batches:
            sizes[one.terms] += one.sizes
        return dict(zip(self.terms, sizes.tolist(), strict=True))

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        values = {n: idf(n, self.corpus_size) for n in set(nd.values())}
        self.idf = {term: values[n] for term, n in nd.items()}

    def _compile(self) -> Postings:
        """Lay the batches' postings out term after term, the first documents first."""
        idfs = np.fromiter(map(self.idf.__getitem__, self.terms), np.float64, len(self.terms))
        lengths = np.array(self.doc_len, np.int64)
        starts = np.zeros(len(idfs) + 1, np.int64)
        for one in self._batches:
            starts[one.terms + 1] += one.sizes
        np.cumsum(starts, out=starts)
        places, shares = np.empty(starts[-1], np.int32), np.empty(starts[-1])
        free = starts[:-1].copy()
        self._batches.reverse()
        while self._batches:  # each is let go when it is laid out
            one = self._batches.pop()
            at = np.repeat(free[one.terms] - (np.cumsum(one.sizes) - one.sizes), one.sizes) + np.arange(len(one.places))
            norm = self.k1 * (1 - self.b + self.b * lengths[one.places] / self.avgdl)
            places[at] = one.places
            shares[at] = np.repeat(idfs[one.terms], one.sizes) * (one.tf * (self.k1 + 1) / (one.tf + norm))
            free[one.terms] += one.sizes
        most = np.maximum.reduceat(shares, starts[:-1]) if len(shares) else np.zeros(0)
        tenth = np.zeros(len(most))
        for term in np.flatnonzero(np.diff(starts) >= TOP).tolist():
            own = shares[starts[term] : starts[term + 1]].copy()
            own.partition(len(own) - TOP)
            tenth[term] = own[-TOP]
        for array in (starts, places, shares, most, tenth):
            array.flags.writeable = False
        return Postings(starts, places, shares, most, tenth, self.corpus_size)

    @classmethod
    def restored(
        cls,
        terms: Mapping[str, int],
        idfs: Mapping[str, float],
        lengths: Numbers,
        postings: Postings,
        *,
        k1: float,
        b: float,
    ) -> Self:
        """An index that was built before, from its parts (knowledge.bm25_file)."""
        index = cls((), k1=k1, b=b)
        index.terms, index.idf, index.doc_len, index.postings = terms, idfs, lengths, postings
        index.corpus_size = postings.size
        index.avgdl = lengths.sum() / postings.size if postings.size else 0.0
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
        terms = np.array([found for term in query if (found := number(term)) is not None], np.int64)
        if not len(terms) or n < 1:
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
        if number is None:
            return None
        start, end = self.postings.starts[number : number + 2].tolist()
        return self.postings.places[start:end], self.postings.shares[start:end]

    def share(self, term: str, document: int) -> float:
        """What a term adds to the score of one document."""
        posting = self.posting(term)
        if posting is None:
            return 0.0
        at = int(np.searchsorted(posting[0], document))
        return float(posting[1][at]) if at < len(posting[0]) and posting[0][at] == document else 0.0


class _Batch(NamedTuple):
    """The counted terms of some documents, term after term."""

    terms: Numbers  # those the documents have, ascending
    sizes: Numbers  # in how many documents each is
    places: npt.NDArray[np.int32]  # by posting, as in `Postings`
    tf: npt.NDArray[np.integer]  # by posting: how often the document has the term

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], first: int, numbers: Mapping[str, int]) -> "_Batch":
        """Count: one number for each token, its term's before its document's, sorted; equal ones lie side by side."""
        lengths = np.fromiter(map(len, documents), np.int64, len(documents))
        tokens = np.fromiter(map(numbers.__getitem__, chain.from_iterable(documents)), np.int64, int(lengths.sum()))
        tokens *= len(documents)
        tokens += np.repeat(np.arange(len(documents)), lengths)
        tokens.sort()
        begins = _begins(tokens)
        terms, places = np.divmod(tokens[begins], len(documents))
        tf = np.diff(begins, append=len(tokens))
        begins = _begins(terms)
        return cls(
            _apart(terms[begins]),
            _apart(np.diff(begins, append=len(terms))),
            _apart((places + first).astype(np.int32)),
            _apart(tf.astype(np.min_scalar_type(tf.max(initial=0)))),
        )


def _apart(array: npt.NDArray[_N]) -> npt.NDArray[_N]:
    """A copy that goes back to the system when it is let go, where the allocator would keep it: half of the index."""
    held = np.frombuffer(mmap.mmap(-1, max(array.nbytes, 1)), array.dtype, len(array))
    held[:] = array
    return held


@cache
def compiled() -> Callable[[Postings, Numbers, int], Posting] | None:
    """The search in machine code, where numba is installed; looked for when first needed, since that takes a while."""
    module = import_module("knowledge.bm25_kernel")
    return module.search if module.COMPILED else None


def search(index: Postings, terms: Numbers, n: int) -> Posting:
    """What `knowledge.bm25_kernel.search` does, in NumPy: as much at a time as fits the processor's cache."""
    starts, ends, size = index.starts[terms].tolist(), index.starts[terms + 1].tolist(), index.size
    lists = [(index.places[a:b], index.shares[a:b]) for a, b in zip(starts, ends, strict=True)]
    above = np.nextafter(index.tenth[terms].max(), 0.0) if n <= TOP else 0.0
    if size <= _WINDOW:
        return _best(*_above(_total(lists, size), above), n)
    if (few := few_to_score(lists, index.most[terms], above)) is not None:
        return _best(few, _scored(few, lists), n)
    edges = np.arange(0, size + _WINDOW, _WINDOW, dtype=np.int32)
    cuts = [places.searchsorted(edges).tolist() for places, _ in lists]
    best: Posting = np.zeros(0, np.int64), np.zeros(0)
    for window, base in enumerate(edges[:-1].tolist()):
        parts = [
            (places[at[window] : at[window + 1]] - base, shares[at[window] : at[window + 1]])
            for (places, shares), at in zip(lists, cuts, strict=True)
        ]
        found, scores = _above(_total(parts, min(_WINDOW, size - base)), above)
        best = _best(np.append(best[0], found + base), np.append(best[1], scores), n)
        above = best[1][-1] if len(best[1]) == n else above
    return best


def _begins(ordered: Numbers) -> Numbers:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def _total(postings: Sequence[Posting], size: int) -> Scores:
    if not postings:
        return np.zeros(size)
    places, shares = zip(*postings, strict=True)
    total = np.bincount(np.concatenate(places), np.concatenate(shares), size)
    return total.astype(np.float64, copy=False)  # of nothing it makes integers


def _above(scores: Scores, bar: float) -> Posting:
    """The documents with a score above the bar, and it."""
    found = np.flatnonzero(scores > bar)
    return found, scores[found]


def _best(places: Places, scores: Scores, n: int) -> Posting:
    """The `n` best of documents given in ascending order."""
    if len(places) > 8 * n:  # sorting few is cheap
        found = np.flatnonzero(scores >= np.partition(scores, -n)[-n])
        places, scores = places[found], scores[found]
    order = np.argsort(-scores, kind="stable")[:n]
    return places[order], scores[order]


def few_to_score(lists: Sequence[Posting], most: Scores, bar: float) -> Places | None:
    """The documents that can reach the bar, where they are few; None where it is faster to score all.

    Lists whose greatest shares stay below the bar together do not take a document there: it is in another one too.
    """
    order = np.argsort(most)
    needed = order[np.cumsum(most[order]) >= bar * (1 - _SLACK)].tolist()
    sizes = [len(places) for places, _ in lists]
    if _LEAP * sum(sizes[number] for number in needed) > sum(sizes):
        return None
    return np.unique(np.concatenate([lists[number][0] for number in needed]))


def _scored(documents: Places, lists: Sequence[Posting]) -> Scores:
    """The scores of some documents, in the lists' order."""
    scores = np.zeros(len(documents))
    for places, shares in lists:
        at = np.minimum(places.searchsorted(documents), len(places) - 1)
        scores += np.where(places[at] == documents, shares[at], 0.0)
    return scores


def idf(n: int, size: int) -> float:
    """How much a term tells that is in `n` of `size` documents (Robertson and Spärck Jones, as Lucene has it)."""
    return math.log(1 + (size - n + 0.5) / (n + 0.5))
