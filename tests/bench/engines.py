"""BM25 engines side by side: how long a query takes (tokens in, the ten best out), over the size of the corpus.

``python -m tests.bench.engines [--sizes 1000,10000] [--data DIR] [--picture FILE]``, with the packages of the group
`bench`. For each size every engine indexes the same passages; then blocks of the same queries go to one engine after
another, several rounds, and of each query an engine's best time counts: what else the machine does should not.

The floor is what no engine can pass that reads every posting once: 5.3 us to take a question apart and 0.75 ns for
each posting (adding to scores in ascending order, out of the cache).
"""

import argparse
import gc
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from knowledge import bm25
from knowledge.bm25 import BM25
from tests.bench.passages import Tokens, collection, made, questions

Ask = Callable[[Tokens], object]
OURS, KERNEL = "Iraq Desk", "Iraq Desk, speed"
NUMPY, NUMBA, TANTIVY, LIBRARY = "bm25s", "bm25s, numba", "tantivy", "rank_bm25"
ENGINES = (KERNEL, OURS, NUMBA, NUMPY, TANTIVY, LIBRARY)
TOP = 10
LIBRARY_UP_TO = 100_000  # passages: at a million rank_bm25 takes seconds a query and gigabytes
SLOW = 10_000  # passages from which on it is asked few of the queries
BLOCK = 100  # queries that go to one engine before it is the next one's turn
FLOOR, FLOOR_POSTING = 5.3, 0.75e-3  # microseconds


class Oracle(BM25Okapi):  # type: ignore[misc]  # rank_bm25 publishes no types
    """The library itself, with our idf grafted on."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: bm25.idf(n, self.corpus_size) for term, n in nd.items()}


class Measured(NamedTuple):
    """One size: microseconds by engine and query, seconds to build by engine, postings touched by query."""

    size: int
    times: dict[str, npt.NDArray[np.float64]]
    builds: dict[str, float]
    touched: npt.NDArray[np.int64]
    differ: int  # queries whose best are not those of a full scan

    def percentile(self, engine: str, percent: int) -> float:
        """Microseconds, of the queries that the engine was asked; nan where it was not measured."""
        times = self.times.get(engine, np.zeros(0))
        return float(np.percentile(times[np.isfinite(times)], percent)) if len(times) else float("nan")

    @property
    def floor(self) -> float:
        """Microseconds, in the median."""
        return FLOOR + FLOOR_POSTING * float(np.median(self.touched))


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
        return searcher.search(tantivy.Query.boolean_query(parts), 10, count=False).hits

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
        name: lambda query, engine=engine: engine.retrieve([query], k=10, show_progress=False, n_threads=0)  # type: ignore[misc]  # no types
        for name, engine in ((NUMPY, plain), (NUMBA, fast))
    }


def ours(index: BM25, search: Callable[[], object]) -> Ask:
    """Our index, with `search` in the place of what looks for the kernel."""

    def ask(query: Tokens) -> object:
        vars(bm25)["compiled"] = search
        return index.get_top(query)

    return ask


def timed(build: Callable[[], Any]) -> tuple[Any, float]:
    """What is built, and in how many seconds of the processor: more than the clock's, where an engine has threads."""
    gc.collect()
    start = time.process_time()
    return build(), time.process_time() - start


def engines(index: BM25, passages: Sequence[Tokens]) -> tuple[dict[str, Ask], dict[str, float]]:
    """All engines over the same passages, and the seconds that the others took to build."""
    kernel = bm25.compiled
    asks: dict[str, Ask] = {KERNEL: ours(index, kernel)} if kernel() else {}
    asks[OURS] = ours(index, lambda: None)
    builds: dict[str, float] = {}
    found, builds[NUMPY] = timed(partial(bm25s_engines, passages))
    asks |= found
    asks[TANTIVY], builds[TANTIVY] = timed(partial(tantivy_engine, passages))
    if len(passages) <= LIBRARY_UP_TO:
        library, builds[LIBRARY] = timed(partial(Oracle, passages, k1=0.9, b=0.6))
        asks[LIBRARY] = lambda query: np.argpartition(library.get_scores(query), -TOP)[-TOP:]
    return asks, builds


def measure(passages: Sequence[Tokens], queries: Sequence[Tokens], rounds: int) -> Measured:
    """All engines over one corpus."""
    index, seconds = timed(partial(BM25, passages))
    kernel = bm25.compiled
    asks, builds = engines(index, passages)
    times = {name: np.full(len(queries), np.inf) for name in asks}
    for start in [*range(0, len(queries), BLOCK)] * rounds:
        for name, ask in asks.items():
            last = start + (BLOCK if name != LIBRARY or len(passages) <= SLOW else 5)
            for place in range(start, min(last, len(queries))):
                begun = time.perf_counter()
                ask(queries[place])
                times[name][place] = min(times[name][place], (time.perf_counter() - begun) * 1e6)
    vars(bm25)["compiled"] = kernel
    sizes = [sum(len(found[0]) for term in query if (found := index.posting(term))) for query in queries]
    return Measured(len(passages), times, {OURS: seconds, **builds}, np.array(sizes), differing(index, asks, queries))


def differing(index: BM25, asks: dict[str, Ask], queries: Sequence[Tokens]) -> int:
    """How many queries are answered otherwise than by a full scan and a stable sort, by either search."""
    count = 0
    for query in queries:
        scores = index.get_scores(query)
        order = np.argsort(-scores, kind="stable")[:TOP]
        right = order[scores[order] > 0].tolist()
        count += any(asks[name](query)[0].tolist() != right for name in (OURS, KERNEL) if name in asks)  # type: ignore[index]  # of ours it is a pair
    return count


def table(found: Sequence[Measured]) -> Iterator[str]:
    """A line for each engine and size, and how many times as long as ours it takes."""
    for one in found:
        touched = np.percentile(one.touched, [50, 95])
        yield (
            f"{one.size:,} passages; postings touched p50 {touched[0]:,.0f}, p95 {touched[1]:,.0f}; floor {one.floor:.0f} us;"
            f" {one.differ} of {len(one.touched):,} queries differ from the full scan"
        )
        yield f"  {'':18}{'p50 us':>10}{'p95 us':>10}{'p99 us':>10}{'build s':>10}   p50 and p95, in ours without / with the kernel"
        for name in (name for name in ENGINES if name in one.times):
            p50, p95, p99 = (one.percentile(name, percent) for percent in (50, 95, 99))
            ratios = "  /  ".join(
                f"{p50 / one.percentile(own, 50):.2f} {p95 / one.percentile(own, 95):.2f}" for own in (OURS, KERNEL)
            )
            build = f"{one.builds[name]:10.2f}" if name in one.builds else f"{'':10}"
            yield f"  {name:18}{p50:10.1f}{p95:10.1f}{p99:10.1f}{build}   {ratios}"


def draw(found: Sequence[Measured], file: Path) -> None:
    """The median latency over the size of the corpus, against the floor."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - of the group `bench`

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.add_subplot(
        xscale="log",
        yscale="log",
        xlabel="passages",
        ylabel="microseconds a query, median",
        title="BM25: tokens in, ten best out",
    )
    for name in ENGINES:
        points = [(one.size, one.percentile(name, 50)) for one in found if name in one.times]
        if points:
            axes.plot(
                *zip(*points, strict=True), marker="o", label=name, linewidth=2.5 if name in {OURS, KERNEL} else 1.2
            )
    axes.plot(
        [one.size for one in found],
        [one.floor for one in found],
        "k--",
        linewidth=1,
        label="floor: read every posting once",
    )
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.savefig(file, dpi=120)


def corpora(options: argparse.Namespace) -> Iterator[tuple[str, list[Tokens], list[Tokens]]]:
    """What to measure on, one after another: name, passages, queries."""
    if options.data:
        for file in sorted(options.data.glob("**/corpus.jsonl")):
            passages, queries = collection(file.parent)
            yield file.parent.name, passages, queries[: options.queries]
        return
    for size in map(int, options.sizes.split(",")):
        passages = list(made(size))
        yield "made", passages, questions(passages, options.queries)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, and draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--data", type=Path, help="a folder of collections: corpus.jsonl, queries.jsonl")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--picture", type=Path, help="where to draw the latencies (PNG)")
    options = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")  # noqa: T201 - the output
    found = []
    for name, passages, queries in corpora(options):
        found.append(measure(passages, queries, options.rounds))
        print(f"\n{name}:", *table(found[-1:]), sep="\n", flush=True)  # noqa: T201 - the output
    if options.picture:
        draw(found, options.picture)


if __name__ == "__main__":
    main()
