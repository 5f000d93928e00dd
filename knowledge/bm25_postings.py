"""From documents to the arrays that `knowledge.bm25` searches.

The documents are counted one batch after another, and the batches' postings then laid out term after term. What a term
adds to a document's score is its idf times a weight that depends only on how often the document has the term (tf) and
how long the document is. A corpus has few such pairs, some thousands, so a posting is a document and the number of its
weight: six bytes, where the score itself would take eight more. Weights are numbered as they rise.
"""

import math
import mmap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

_N = TypeVar("_N", bound=np.generic)
Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer]
Scores = npt.NDArray[np.float64]
Posting = tuple[Places, Scores]

TOP = 10  # of how many documents each term's least share is kept: a search for no more of them starts with a bar
MOST_POSTINGS = 2**31 - 1
_BATCH = 1 << 13  # documents counted at once: what is sorted stays in the processor's cache


class Postings(NamedTuple):
    """The compiled index: arrays by term (T), posting (P) or weight (W) that nobody can write to."""

    starts: Numbers  # T + 1: where each term's postings begin
    places: npt.NDArray[np.int32]  # P: the documents, ascending within a term
    kinds: npt.NDArray[np.unsignedinteger]  # P: which of the weights
    weights: Scores  # W: ascending; the share of a document's score, in idfs
    idf: Scores  # T
    most: Scores  # T: the greatest share of a score
    tenth: Scores  # T: the tenth greatest; 0 where fewer documents have the term
    size: int  # how many documents there are

    def of(self, term: int) -> Posting:
        """A term's documents, and its share of their scores."""
        start, end = self.starts.item(term), self.starts.item(term + 1)
        return self.places[start:end], self.idf.item(term) * self.weights.take(self.kinds[start:end])

    @classmethod
    def laid_out(cls, counted: "Counted", k1: float, b: float) -> "Postings":
        """Term after term, the first documents first. Lets go of each batch as soon as it is done with."""
        starts = np.zeros(len(counted.terms) + 1, np.int64)
        for one in counted.batches:
            starts[one.terms + 1] += one.sizes
        n, spread = np.unique(starts[1:], return_inverse=True)
        idfs = np.array([idf(number, len(counted.lengths)) for number in n.tolist()], np.float64)[spread]
        np.cumsum(starts, out=starts)
        rows, columns, weights, numbers = _weights(counted, k1, b)
        places, kinds = np.empty(starts[-1], np.int32), np.empty(starts[-1], numbers.dtype)
        free = starts[:-1].copy()
        counted.batches.reverse()
        while counted.batches:
            one = counted.batches.pop()
            at = np.repeat(free[one.terms] - (np.cumsum(one.sizes) - one.sizes), one.sizes) + np.arange(len(one.places))
            places[at] = one.places
            kinds[at] = numbers[rows[one.tf], columns[one.places]]
            free[one.terms] += one.sizes
        greatest = np.maximum.reduceat(kinds, starts[:-1]) if len(kinds) else kinds
        tenth = np.zeros(len(idfs))
        for term in np.flatnonzero(np.diff(starts) >= TOP).tolist():
            own = kinds[starts[term] : starts[term + 1]].copy()
            own.partition(len(own) - TOP)
            tenth[term] = weights[own[-TOP]]
        found = cls(starts, places, kinds, weights, idfs, idfs * weights[greatest], idfs * tenth, len(counted.lengths))
        for array in found[:-1]:
            array.flags.writeable = False
        return found


class Batch(NamedTuple):
    """The counted terms of some documents, term after term."""

    terms: Numbers  # those the documents have, ascending
    sizes: Numbers  # in how many of the documents each is
    places: npt.NDArray[np.int32]  # by posting, as in `Postings`
    tf: npt.NDArray[np.unsignedinteger]  # by posting: how often the document has the term

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], first: int, numbers: Mapping[str, int]) -> "Batch":
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


class Counted(NamedTuple):
    """A corpus, counted."""

    terms: dict[str, int]  # their numbers
    lengths: list[int]  # of the documents, in tokens
    batches: list[Batch]

    @classmethod
    def of(cls, corpus: Iterable[Sequence[str]]) -> "Counted":
        """Count the terms of tokenised documents, which are walked once.

        Raises:
            OverflowError: there are more postings than an index can number.
        """
        terms: defaultdict[str, int] = defaultdict()
        terms.default_factory = terms.__len__  # a new term gets the next number
        found, postings = cls(terms, [], []), 0
        documents = iter(corpus)
        while batch := list(islice(documents, _BATCH)):
            found.batches.append(Batch.of(batch, len(found.lengths), terms))
            found.lengths.extend(map(len, batch))
            postings += len(found.batches[-1].places)
            if postings > MOST_POSTINGS:
                raise OverflowError(
                    f"an index numbers at most {MOST_POSTINGS:,} postings, and the first {len(found.lengths):,}"
                    " documents have more: split the corpus over several indexes"
                )
        terms.default_factory = None  # from here on what is unknown stays so
        return found


def _weights(counted: Counted, k1: float, b: float) -> tuple[Numbers, Numbers, Scores, npt.NDArray[np.unsignedinteger]]:
    """What there is of tf and length: the row of each tf, the column of each document, the weights, and their numbers.

    The formula is the library's, in its order.
    """
    lengths, columns = np.unique(np.array(counted.lengths, np.int64), return_inverse=True)
    tfs = np.array(sorted({tf for one in counted.batches for tf in np.unique(one.tf).tolist()}), np.int64)
    rows = np.zeros(tfs.max(initial=0) + 1, np.int64)
    rows[tfs] = np.arange(len(tfs))
    there = np.zeros((len(tfs), len(lengths)), np.bool_)
    for one in counted.batches:
        there[rows[one.tf], columns[one.places]] = True
    tf, length = tfs[there.nonzero()[0]], lengths[there.nonzero()[1]]
    average = sum(counted.lengths) / max(len(counted.lengths), 1)
    weights = tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average)) if len(tf) else np.zeros(0)
    weights, order = np.unique(weights, return_inverse=True)
    numbers = np.zeros(there.shape, np.promote_types(np.uint16, np.min_scalar_type(len(weights))))
    numbers[there] = order
    return rows, columns, weights, numbers


def _begins(ordered: Numbers) -> Numbers:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def _apart(array: npt.NDArray[_N]) -> npt.NDArray[_N]:
    """A copy that goes back to the system when it is let go, where the allocator would keep it: half of the index."""
    held = np.frombuffer(mmap.mmap(-1, max(array.nbytes, 1)), array.dtype, len(array))
    held[:] = array
    return held


def idf(n: int, size: int) -> float:
    """How much a term tells that is in `n` of `size` documents (Robertson and Spärck Jones, as Lucene has it)."""
    return math.log(1 + (size - n + 0.5) / (n + 0.5))
