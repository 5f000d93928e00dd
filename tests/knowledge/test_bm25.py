import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from knowledge.bm25 import BM25, idf

WORDS = st.sampled_from([*"abcdefgh", "rare"])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=12).filter(any)
QUERIES = st.lists(WORDS | st.just("unknown"), max_size=8)


class Oracle(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """The library itself, with Lucene's idf and nothing else changed."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


@given(DOCUMENTS, QUERIES, st.floats(0.1, 3), st.floats(0, 0.99))
def test_scores_are_the_library_s_to_the_last_bit(
    documents: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    """Compiled postings give what rank_bm25 computes: no rounding apart, with terms repeated or unknown."""
    ours, theirs = BM25(documents, k1=k1, b=b), Oracle(documents, k1=k1, b=b)
    assert ours.get_scores(query).tobytes() == theirs.get_scores(query).tobytes()
    every = list(range(len(documents)))
    assert ours.get_batch_scores(query, every) == theirs.get_batch_scores(query, every)
    names = [str(number) for number in every]
    assert ours.get_top_n(query, names, 3) == theirs.get_top_n(query, names, 3)


@given(DOCUMENTS, st.lists(st.tuples(WORDS, st.floats(0, 4)), max_size=6))
def test_weights_scale_each_term(documents: list[list[str]], query: list[tuple[str, float]]) -> None:
    """A weighted question is the sum of its terms' scores, each times its weight."""
    index = BM25(documents)
    expected = sum((weight * index.get_scores([term]) for term, weight in query), np.zeros(len(documents)))
    assert index.scores(query).tobytes() == expected.tobytes()


@pytest.mark.parametrize("documents", [[], [[]], [[], [], []]])
def test_nothing_to_find(documents: list[list[str]]) -> None:
    """No documents, and documents without a word, score zero instead of failing."""
    index = BM25(documents)
    assert index.get_scores(["a"]).tolist() == [0.0] * len(documents)
    assert index.scores([("a", 2.0)]).tolist() == [0.0] * len(documents)


def test_a_tokenizer_is_used() -> None:
    """Texts are taken apart by the tokenizer, as in the library."""
    assert (
        BM25(["a b", "b"], str.split).get_scores(["a"]).tolist() == BM25([["a", "b"], ["b"]]).get_scores(["a"]).tolist()
    )


def test_a_generator_is_enough() -> None:
    """The documents are walked once."""
    assert BM25(iter([["a"], ["b"]])).get_scores(["b"])[1] > 0


@given(st.integers(1, 500))
def test_idf_is_positive_and_falls(size: int) -> None:
    """The more documents have a word the less it tells, and always something: the library's own is neither."""
    values = [idf(n, size) for n in range(size + 1)]
    assert all(a > b for a, b in pairwise(values))
    assert values[-1] > 0
