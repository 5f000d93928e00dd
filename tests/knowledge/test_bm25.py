import importlib.util
import math
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from knowledge import bm25, bm25_kernel, bm25_postings
from knowledge.bm25 import BM25, Posting, idf

WORDS = st.sampled_from([*"abcdefgh", "rare"])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=12).filter(any)
QUERIES = st.lists(WORDS | st.just("unknown"), max_size=8)


class Oracle(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """The library itself, with our idf grafted on and nothing else changed."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: idf(n, self.corpus_size) for term, n in nd.items()}


def ranked(scores: Sequence[float], n: int) -> list[int]:
    """The documents with a score, by falling score and then by number: what a full sort gives."""
    return [place for place in sorted(range(len(scores)), key=lambda place: -scores[place]) if scores[place]][:n]


def zipf(size: int, seed: int = 1, words: int = 400) -> tuple[list[list[str]], list[list[str]]]:
    """Documents whose words are as unevenly frequent as those of a language, and questions made of their words."""
    chance = np.random.default_rng(seed)
    weights = 1 / np.arange(1, words + 1)
    documents = [
        [f"w{number}" for number in chance.choice(words, length, p=weights / weights.sum())]
        for length in chance.integers(0, 30, size)
    ]
    asked = [
        [f"w{number}" for number in chance.choice(words, length, p=weights / weights.sum())]
        for length in chance.integers(1, 9, 200)
    ]
    return documents, asked


def interpreted() -> ModuleType:
    """The kernel's module as it is where numba is not installed: plain Python."""
    spec = importlib.util.spec_from_file_location("interpreted_kernel", bm25_kernel.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, "numba", None)
        spec.loader.exec_module(module)
    return module


INTERPRETED = interpreted()
SEARCHES = [
    pytest.param(bm25.search, id="numpy"),
    pytest.param(INTERPRETED.search, id="interpreted"),
    pytest.param(
        bm25_kernel.search,
        id="compiled",
        marks=pytest.mark.skipif(not bm25_kernel.COMPILED, reason="numba is not installed"),
    ),
]


@pytest.fixture(params=SEARCHES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the searches, whichever this environment would use."""
    monkeypatch.setattr(bm25, "compiled", lambda: request.param)


@pytest.fixture(scope="session", autouse=True)
def machine_code() -> None:
    """Made once, so that no example is the one that takes so long."""
    bm25_kernel.search(BM25([["a"]]).postings, [0], 1)


@given(DOCUMENTS, QUERIES, st.floats(0.1, 3), st.floats(0, 0.99))
def test_scores_are_the_library_s_to_the_last_bit(
    documents: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    """Compiled postings give what rank_bm25 computes: no rounding apart, with terms repeated or unknown."""
    ours, theirs = BM25(documents, k1=k1, b=b), Oracle(documents, k1=k1, b=b)
    assert ours.get_scores(query).tobytes() == theirs.get_scores(query).tobytes()
    every = list(range(len(documents)))
    assert ours.get_batch_scores(query, every) == theirs.get_batch_scores(query, every)


@given(DOCUMENTS, QUERIES, st.integers(0, 14))
@pytest.mark.parametrize("search", SEARCHES)
def test_the_best_are_those_of_a_full_sort(
    search: object, documents: list[list[str]], query: list[str], n: int
) -> None:
    """Both searches find what sorting the library's scores finds, of equals the earlier, with the same scores."""
    scores = Oracle(documents, k1=0.9, b=0.6).get_scores(query).tolist()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bm25, "compiled", lambda: search)
        index = BM25(documents)
        places, found = index.get_top(query, n)
        assert places.tolist() == ranked(scores, n)
        assert found.tolist() == [scores[place] for place in places.tolist()]
        rest = [place for place in range(len(documents)) if place not in places.tolist()]
        assert index.get_top_n(query, range(len(documents)), n) == [*places.tolist(), *rest][: min(n, len(documents))]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("windows", [True, False])
def test_what_is_left_out_could_not_win(*, windows: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a corpus of many windows, whether lists are leapt through or not, no question's best differ from a full scan."""
    monkeypatch.setattr(bm25, "_WHOLE", 64)
    monkeypatch.setattr(bm25, "_WINDOW", 64)
    monkeypatch.setattr(bm25, "_LEAP", 1 << 40 if windows else 0)
    for name, value in {"_WIDE": 64, "_NARROW": 4, "_MANY": 0, "_LEAP": 1 << 40 if windows else 0}.items():
        monkeypatch.setattr(INTERPRETED, name, value)  # compiled, it keeps its own
    documents, asked = zipf(1000)
    index = BM25(documents)
    for question in asked:
        scores = index.get_scores(question).tolist()
        places, found = index.get_top(question)
        assert places.tolist() == ranked(scores, 10)
        assert found.tolist() == [scores[place] for place in places.tolist()]


@pytest.mark.usefixtures("engine")
def test_frequent_words_beside_rare_ones() -> None:
    """Where leaping through long lists pays, the best are those of a full scan; also among many equals."""
    documents = [["the", f"a{n % 997}", f"b{n % 13}", *["of"] * (n % 3), *["long"] * (n % 7)] for n in range(20_000)]
    index = BM25(documents)
    for rare in ([], ["a5"], ["a5", "a6", "a5"], ["b3"], ["a7", "b3", "unknown"], ["b3", "b4", "a996"]):
        scores = index.get_scores(["the", "of", *rare, "the"])
        places, found = index.get_top(["the", "of", *rare, "the"])
        best = np.argsort(-scores, kind="stable")[:10]
        assert places.tolist() == best.tolist()
        assert found.tobytes() == scores[best].tobytes()


def test_long_lists_are_left_unread() -> None:
    """Beside a rare word whose tenth share is above all that a frequent one gives, only its documents are scored."""
    index = BM25([["the", "rare"] if number % 100 == 0 else ["the"] for number in range(2000)])
    terms = [index.terms["the"], index.terms["rare"]]
    few = bm25.few_to_score(index.postings, terms, float(index.get_scores(["rare"]).max()))
    assert few is not None
    assert few.tolist() == list(range(0, 2000, 100))
    assert bm25.few_to_score(index.postings, terms, float(index.get_scores(["the"]).max()) / 2) is None


@given(DOCUMENTS, st.lists(st.tuples(WORDS, st.floats(0, 4)), max_size=6))
def test_weights_scale_each_term(documents: list[list[str]], query: list[tuple[str, float]]) -> None:
    """A weighted question is the sum of its terms' scores, each times its weight."""
    index = BM25(documents)
    expected = sum((weight * index.get_scores([term]) for term, weight in query), np.zeros(len(documents)))
    assert index.scores(query).tobytes() == expected.tobytes()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("documents", [[], [[]], [[], [], []]])
def test_nothing_to_find(documents: list[list[str]]) -> None:
    """No documents, and documents without a word, score zero instead of failing."""
    index = BM25(documents)
    assert index.get_scores(["a"]).tolist() == [0.0] * len(documents)
    assert index.scores([("a", 2.0)]).tolist() == [0.0] * len(documents)
    assert index.get_top(["a"])[0].tolist() == []
    assert index.get_top_n(["a"], documents, 2) == documents[:2]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("question", [[], ["unknown"], ["unknown", "", "b "]])
def test_a_question_without_a_known_word(question: list[str]) -> None:
    """Finds nothing, and every document scores zero."""
    index = BM25([["a", "b"], ["b"]])
    places, found = index.get_top(question)
    assert (places.tolist(), found.tolist()) == ([], [])
    assert index.get_scores(question).tolist() == [0.0, 0.0]
    with pytest.raises(KeyError):
        index.idf["unknown"]
    assert "unknown" not in index.terms


@pytest.mark.usefixtures("engine")
def test_a_question_of_a_thousand_words() -> None:
    """Long questions, with words repeated and unknown, are answered like short ones."""
    documents, asked = zipf(200)
    question = [*(word for one in asked for word in one), *["unknown"] * 50, *asked[0] * 20][:1000]
    assert len(question) == 1000
    index = BM25(documents)
    assert index.get_top(question)[0].tolist() == ranked(index.get_scores(question).tolist(), 10)
    assert index.get_scores(question).tobytes() == Oracle(documents, k1=0.9, b=0.6).get_scores(question).tobytes()


def test_documents_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many documents are counted at once, and however often a word is in one, the index is the same."""
    documents = [*zipf(100)[0], ["often"] * 70_000, ["often"] * 300]
    whole = BM25(documents)
    monkeypatch.setattr(bm25_postings, "_BATCH", 7)
    parts = BM25(documents)
    for term in whole.terms:
        assert [array.tolist() for array in posting(whole, term)] == [array.tolist() for array in posting(parts, term)]
    assert whole.get_scores(["often"]).tobytes() == Oracle(documents, k1=0.9, b=0.6).get_scores(["often"]).tobytes()


def posting(index: BM25, term: str) -> Posting:
    """The posting of a term that is there."""
    found = index.posting(term)
    assert found is not None
    return found


@pytest.mark.parametrize(("k1", "b"), [(math.nan, 0.6), (0.9, math.nan), (math.inf, 0.6), (-1, 0.6), (0.9, 1.5)])
def test_impossible_parameters_are_refused(k1: float, b: float) -> None:
    """The message names both parameters and what they must be."""
    with pytest.raises(ValueError, match=f"k1 of 0 or more and b between 0 and 1; these are k1={k1} and b={b}"):
        BM25([["a"]], k1=k1, b=b)


def test_too_many_postings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before numbers would overflow, the message says what to do; the limit is lowered, since the real one takes 24 GB."""
    assert bm25_postings.MOST_POSTINGS == 2**31 - 1
    monkeypatch.setattr(bm25_postings, "MOST_POSTINGS", 3)
    BM25([["a", "b", "a"], ["a"]])
    with pytest.raises(
        OverflowError, match="at most 3 postings, and the first 2 documents have more: split the corpus"
    ):
        BM25([["a", "b"], ["a", "b"]])


def test_another_number_of_documents_is_refused() -> None:
    """`get_top_n` cannot name documents that the index is not of."""
    with pytest.raises(ValueError, match="the index is of 2 documents; these are 1"):
        BM25([["a"], ["b"]]).get_top_n(["a"], ["one"])


def test_nobody_can_change_an_index() -> None:
    """Its arrays are handed out, and shared by threads: they cannot be written to."""
    for array in BM25([["a"], ["b"]]).postings[:-1]:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_ten_threads_and_a_rebuild() -> None:
    """Ten threads that ask at once, while an index is built beside them, get what one thread gets."""
    documents, asked = zipf(1000)
    index = BM25(documents)
    alone = [index.get_top(question)[0].tolist() for question in asked]
    start = threading.Barrier(11)

    def ask() -> list[list[int]]:
        start.wait()
        return [index.get_top(question)[0].tolist() for question in asked]

    def rebuild() -> list[list[int]]:
        start.wait()
        again = BM25(documents)
        return [again.get_top(question)[0].tolist() for question in asked]

    with ThreadPoolExecutor(11) as threads:
        answers = [one.result() for one in [*(threads.submit(ask) for _ in range(10)), threads.submit(rebuild)]]
    assert answers == [alone] * 11


def test_a_tokenizer_is_used() -> None:
    """Texts are taken apart by the tokenizer, as in the library."""
    assert (
        BM25(["a b", "b"], str.split).get_scores(["a"]).tolist() == BM25([["a", "b"], ["b"]]).get_scores(["a"]).tolist()
    )


def test_a_generator_is_enough() -> None:
    """The documents are walked once."""
    assert BM25(iter([["a"], ["b"]])).get_scores(["b"])[1] > 0


def test_a_term_s_share_of_a_score() -> None:
    """What one term adds to one document's score; nothing where it is not."""
    index = BM25([["a", "b"], ["b"]])
    assert index.share("a", 0) == index.get_scores(["a"])[0]
    assert (index.share("a", 1), index.share("c", 0)) == (0.0, 0.0)


@given(st.integers(1, 500))
def test_idf_is_positive_and_falls(size: int) -> None:
    """The more documents have a word the less it tells, and always something: the library's own is neither."""
    values = [idf(n, size) for n in range(size + 1)]
    assert all(a > b for a, b in pairwise(values))
    assert values[-1] > 0
