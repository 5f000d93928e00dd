"""The BM25 engines that ours is measured beside, each as a function from tokens to its ten best.

They come with the group `bench`; `rank_bm25` itself is what the project is built on.
"""

import gc
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge import bm25
from knowledge.bm25 import BM25, idf
from tests.bench.passages import Tokens

Ask = Callable[[Tokens], Any]
OURS, KERNEL = "Iraq Desk, NumPy alone", "Iraq Desk, kernel"
NUMPY, NUMBA, TANTIVY, LIBRARY = "bm25s, NumPy", "bm25s, numba", "Tantivy", "rank_bm25"
ENGINES = (KERNEL, OURS, NUMBA, TANTIVY, NUMPY, LIBRARY)
TOP = 10
LIBRARY_UP_TO = 100_000  # passages: at a million rank_bm25 takes seconds a query and gigabytes


class Oracle(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """The library itself, with Lucene's idf grafted on and nothing else changed."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: idf(n, self.corpus_size) for term, n in nd.items()}


def tantivy_engine(passages: Sequence[Tokens]) -> Ask:
    """Tantivy, one segment, terms as they are."""
    import tantivy  # noqa: PLC0415 - of the group `bench`

    schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace", index_option="freq").build()
    index = tantivy.Index(schema)
    writer = index.writer(200_000_000, 1)
    for passage in passages:
        writer.add_document(tantivy.Document(text=" ".join(passage)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, term, should = index.searcher(), tantivy.Query.term_query, tantivy.Occur.Should

    def ask(query: Tokens) -> object:
        parts = [(should, term(schema, "text", word, "freq")) for word in query]
        return searcher.search(tantivy.Query.boolean_query(parts), TOP, count=False).hits

    return ask


def bm25s_engines(passages: Sequence[Tokens]) -> dict[str, Ask]:
    """bm25s with either of its backends, over one index."""
    import bm25s  # noqa: PLC0415 - of the group `bench`

    plain = bm25s.BM25(method="lucene", k1=0.9, b=0.6)
    plain.index(passages, show_progress=False)
    fast = bm25s.BM25(method="lucene", k1=0.9, b=0.6, backend="numba")
    vars(fast).update({name: value for name, value in vars(plain).items() if not name.endswith("backend")})
    fast.activate_numba_scorer()
    return {
        name: lambda query, engine=engine: engine.retrieve([query], k=TOP, show_progress=False, n_threads=0)  # type: ignore[misc]  # no types
        for name, engine in ((NUMPY, plain), (NUMBA, fast))
    }


def ours(index: BM25) -> dict[str, Ask]:
    """Our index with the kernel, where numba is there, and without."""
    kernel = bm25.compiled()
    found: dict[str, Ask] = {}
    for name, search in ((KERNEL, kernel), (OURS, None)):

        def ask(query: Tokens, compiled: object = lambda search=search: search) -> object:
            vars(bm25)["compiled"] = compiled
            return index.get_top(query)

        if name == OURS or kernel:
            found[name] = ask
    return found


def timed(build: Callable[[], Any]) -> tuple[Any, float]:
    """What is built, and in how many seconds of the processor: more than the clock's, where an engine has threads."""
    gc.collect()
    start = time.process_time()
    return build(), time.process_time() - start


def every(passages: Sequence[Tokens]) -> tuple[BM25, BM25Okapi | None, dict[str, Ask], dict[str, float]]:
    """Our index and the library's over the same passages, all engines, and the seconds that each took to build."""
    builds: dict[str, float] = {}
    index, builds[OURS] = timed(partial(BM25, passages))
    asks = ours(index)
    found, builds[NUMBA] = timed(partial(bm25s_engines, passages))
    asks |= found
    asks[TANTIVY], builds[TANTIVY] = timed(partial(tantivy_engine, passages))
    library = None
    if len(passages) <= LIBRARY_UP_TO:
        library, builds[LIBRARY] = timed(partial(Oracle, passages, k1=0.9, b=0.6))
        asks[LIBRARY] = lambda query: np.argpartition(library.get_scores(query), -TOP)[-TOP:]
    return index, library, asks, builds
