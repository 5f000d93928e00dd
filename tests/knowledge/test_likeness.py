import math
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bm25 import idf
from knowledge.likeness import alike

TEXTS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), max_size=8)


def cosine(texts: list[list[str]], one: int, other: int) -> float:
    """The textbook's: the weights multiplied term by term, over the lengths."""
    spread = Counter(term for text in texts for term in set(text))
    first, second = (
        {term: (1 + math.log(n)) * idf(spread[term], len(texts)) for term, n in Counter(texts[at]).items()}
        for at in (one, other)
    )
    lengths = math.sqrt(sum(w * w for w in first.values())) * math.sqrt(sum(w * w for w in second.values()))
    return sum(w * second.get(term, 0) for term, w in first.items()) / lengths if lengths else 0.0


@given(TEXTS, st.floats(0.01, 1))
def test_against_the_textbook(texts: list[list[str]], least: float) -> None:
    """All pairs and their shares are those of the formula, pair by pair."""
    expected = {pair: cosine(texts, *pair) for pair in combinations(range(len(texts)), 2)}
    found = {(pair.earlier, pair.later): pair.share for pair in alike(texts, least)}
    assert all(found[pair] == pytest.approx(expected[pair]) for pair in found)
    assert {pair for pair, share in expected.items() if share > least + 1e-9} <= found.keys()
    assert found.keys() <= {pair for pair, share in expected.items() if share > least - 1e-9}


def test_copies_and_strangers() -> None:
    """A copy is one, in any order of its words; texts without a common word are never alike."""
    pairs = list(alike([["gas", "from", "iran"], ["oil"], ["iran", "gas", "from"], []], 0.01))
    assert [(pair.earlier, pair.later) for pair in pairs] == [(0, 2)]
    assert pairs[0].share == pytest.approx(1)
