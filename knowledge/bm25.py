"""BM25 as `rank_bm25` defines it, served from compiled postings.

Two things differ from `rank_bm25.BM25Okapi`. The idf is Lucene's, ln(1 + (N - n + 0.5) / (n + 0.5)): always positive
and falling with n, where the library's floor for frequent words is neither (in a corpus on one subject, the subject's
name would weigh as much as a rare word). And every term's share of every passage's score is computed once, when the
index is built, instead of in a walk over all passages for each question. The scores are the library's to the last bit.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Posting = tuple[Places, Scores]


class BM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """An index over tokenised documents; the constructor, `get_scores` and `get_top_n` are the library's.

    k1 = 0.9 and b = 0.6 are what held up on passages (Anserini's defaults are close: 0.9 and 0.4). `epsilon` is the
    library's floor, kept for its signature; this idf needs none. Immutable once built.
    """

    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], Sequence[str]] | None = None,
        k1: float = 0.9,
        b: float = 0.6,
        epsilon: float = 0.25,
    ) -> None:
        self._counts: dict[str, tuple[list[int], list[int]]] = {}
        super().__init__(corpus, tokenizer, k1, b, epsilon)
        self._compile()

    def _tokenize_corpus(self, corpus: Iterable[str]) -> list[Sequence[str]]:
        """In this process: the library would start one for every core."""
        return [] if self.tokenizer is None else [self.tokenizer(document) for document in corpus]

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Count term by term, not document by document; returns in how many documents each term is."""
        for number, document in enumerate(corpus):
            self.doc_len.append(len(document))
            for term, frequency in Counter(document).items():
                documents, frequencies = self._counts.setdefault(term, ([], []))
                documents.append(number)
                frequencies.append(frequency)
        self.corpus_size = len(self.doc_len)
        self.avgdl = sum(self.doc_len) / self.corpus_size if self.corpus_size else 0.0
        return {term: len(documents) for term, (documents, _) in self._counts.items()}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: idf(n, self.corpus_size) for term, n in nd.items()}

    def _compile(self) -> None:
        """Each term's documents and its share of their scores, by the library's formula in the library's order."""
        lengths, counts = np.array(self.doc_len), self._counts
        sizes = [len(documents) for documents, _ in counts.values()]
        where = np.fromiter(chain.from_iterable(documents for documents, _ in counts.values()), np.intp, sum(sizes))
        tf = np.fromiter(chain.from_iterable(frequencies for _, frequencies in counts.values()), np.intp, sum(sizes))
        norm = self.k1 * (1 - self.b + self.b * lengths[where] / self.avgdl) if len(where) else tf
        idfs = np.repeat(np.array([self.idf[term] for term in counts]), sizes)
        shares = idfs * (tf * (self.k1 + 1) / (tf + norm))
        self._numbers = {term: number for number, term in enumerate(counts)}
        self._starts = [0, *accumulate(sizes)]
        self._where, self._shares = where, shares
        self._counts.clear()

    def get_scores(self, query: Iterable[str]) -> Scores:
        """The score of every document; a term that is repeated counts as often."""
        return self.scores((term, 1.0) for term in query)

    def get_batch_scores(self, query: Iterable[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of some documents."""
        return [float(score) for score in self.get_scores(query)[list(doc_ids)]]

    def scores(self, query: Iterable[tuple[str, float]]) -> Scores:
        """The score of every document for (term, weight) pairs: each term's share times its weight."""
        return self.total(
            (posting[0], weight * posting[1]) for term, weight in query if (posting := self.posting(term)) is not None
        )

    def total(self, postings: Iterable[Posting]) -> Scores:
        """The sum of postings (numbers of documents, and what each gets), in their order, for every document."""
        places, shares = tuple(zip(*postings, strict=True)) or ((), ())
        if not places:
            return np.zeros(self.corpus_size)
        total = np.bincount(np.concatenate(places), np.concatenate(shares), self.corpus_size)
        return total.astype(np.float64, copy=False)

    def posting(self, term: str) -> Posting | None:
        """The documents that have a term, and its share of their scores; None for an unknown term."""
        number = self._numbers.get(term)
        if number is None:
            return None
        start, end = self._starts[number], self._starts[number + 1]
        return self._where[start:end], self._shares[start:end]

    def share(self, term: str, document: int) -> float:
        """What a term adds to the score of one document."""
        posting = self.posting(term)
        if posting is None:
            return 0.0
        at = int(np.searchsorted(posting[0], document))
        return float(posting[1][at]) if at < len(posting[0]) and posting[0][at] == document else 0.0


def idf(n: int, size: int) -> float:
    """How much a term tells that is in `n` of `size` documents (Robertson and Spärck Jones, as Lucene has it)."""
    return math.log(1 + (size - n + 0.5) / (n + 0.5))
