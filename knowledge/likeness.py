"""How alike texts are: the cosine of their terms' weights (tf-idf, Salton and Buckley 1988), for all pairs at once.

Shared runs of words find copies; the same fact told twice in other words keeps its names and figures instead, and those
weigh most here. An exact copy is 1.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from knowledge.bm25 import idf


class Pair(NamedTuple):
    """Two texts by their numbers, the earlier first, and how alike they are: 0 to 1."""

    earlier: int
    later: int
    share: float


def alike(texts: Sequence[Sequence[str]], least: float) -> Iterator[Pair]:
    """The pairs of texts (their terms) that are at least so alike, by the later text and then by the earlier."""
    spread = Counter(term for text in texts for term in set(text))
    postings = {term: (np.empty(count, np.intp), np.empty(count)) for term, count in spread.items()}
    seen: Counter[str] = Counter()
    for later, vector in enumerate(_vectors(texts, spread)):
        shares = np.zeros(later)
        for term, weight in vector.items():
            (where, weights), count = postings[term], seen[term]
            shares[where[:count]] += weight * weights[:count]
            where[count], weights[count] = later, weight
            seen[term] += 1
        for earlier in np.flatnonzero(shares >= least).tolist():
            yield Pair(earlier, later, float(shares[earlier]))


def _vectors(texts: Sequence[Sequence[str]], spread: Mapping[str, int]) -> Iterator[dict[str, float]]:
    """Each text's terms with their weights, of length one; `spread` is in how many texts each term is."""
    for text in texts:
        weights = {term: (1 + math.log(count)) * idf(spread[term], len(texts)) for term, count in Counter(text).items()}
        length = math.hypot(*weights.values())
        yield {term: weight / length for term, weight in weights.items()}
