"""How long a query takes (tokens in, the ten best out), engine beside engine, over the size of the corpus.

Blocks of the same queries go to one engine after another, several rounds, another engine first in each; of each query
an engine's best time counts: what else the machine does should not.

The floor is what no engine can pass that reads every posting once: 5.3 us to take a question apart and 0.75 ns for
each posting (adding to scores in ascending order, out of the cache).
"""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge import bm25
from knowledge.bm25 import BM25
from tests.bench.engines import ENGINES, KERNEL, LIBRARY, NUMBA, NUMPY, OURS, TANTIVY, TOP, Ask, every
from tests.bench.passages import Tokens

BLOCK = 100  # queries that go to one engine before it is the next one's turn
SLOW, FEW = 0.005, 5  # an engine that takes so many seconds for a query is asked few of each block
LONG = 15  # seconds that the rounds take at least: where queries are short there are more of them
SCORED = 50  # queries whose scores are compared with the library's, bit by bit
FLOOR, FLOOR_POSTING = 5.3, 0.75e-3  # microseconds
COLOURS = {
    KERNEL: "#0b5d9e",
    OURS: "#4aa3df",
    NUMBA: "#2e8b57",
    TANTIVY: "#8e5bb5",
    NUMPY: "#d1495b",
    LIBRARY: "#8a6d3b",
}


class Measured(NamedTuple):
    """One corpus: microseconds by engine and query, seconds to build by engine, postings touched by query."""

    name: str
    size: int
    times: dict[str, npt.NDArray[np.float64]]
    builds: dict[str, float]
    touched: npt.NDArray[np.int64]
    asked: int  # queries whose best were compared with a full scan's
    differ: int  # of which other ones were found
    unlike: int  # queries whose scores are not the library's to the last bit; of SCORED, where it was measured

    def percentile(self, engine: str, percent: int) -> float:
        """Microseconds, of the queries that the engine was asked; nan where it was not measured."""
        times = self.times.get(engine, np.zeros(0))
        return float(np.percentile(times[np.isfinite(times)], percent)) if len(times) else float("nan")

    @property
    def floor(self) -> float:
        """Microseconds, in the median."""
        return FLOOR + FLOOR_POSTING * float(np.median(self.touched))


def measure(name: str, passages: Sequence[Tokens], queries: Sequence[Tokens], timed: int, rounds: int) -> Measured:
    """All engines over one corpus; the first `timed` queries are timed, and all are compared with a full scan."""
    kernel = bm25.compiled
    index, library, asks, builds = every(passages)
    times = stopwatch(asks, queries[:timed], rounds)
    differ = differing(index, asks, queries)
    vars(bm25)["compiled"] = kernel
    touched = [
        sum(len(found[0]) for term in query if (found := index.posting(term)) is not None) for query in queries[:timed]
    ]
    unlike = sum(
        index.get_scores(query).tobytes() != library.get_scores(query).tobytes()
        for query in queries[:SCORED]
        if library is not None
    )
    return Measured(name, len(passages), times, builds, np.array(touched), len(queries), differ, unlike)


def stopwatch(asks: dict[str, Ask], queries: Sequence[Tokens], rounds: int) -> dict[str, npt.NDArray[np.float64]]:
    """The best time of each query by engine, in microseconds."""
    times = {name: np.full(len(queries), np.inf) for name in asks}
    steps = {
        name: 1 if min(taken(ask, queries[0]) for _ in range(2)) < SLOW else BLOCK // FEW for name, ask in asks.items()
    }
    names, order = list(asks), np.arange(len(queries))
    gc.collect()
    gc.disable()  # as timeit does
    began, turn = time.perf_counter(), 0
    while turn < rounds or time.perf_counter() - began < LONG:
        turn += 1
        for start in range(0, len(queries), BLOCK):
            for name in names:
                for place in order[start : start + BLOCK].tolist():
                    if place % steps[name] == 0:
                        times[name][place] = min(times[name][place], taken(asks[name], queries[place]) * 1e6)
        names.append(names.pop(0))
        order = np.roll(order, BLOCK // 3)  # another query is the first of its block, which finds the cache cold
    gc.enable()
    return times


def taken(ask: Callable[[Tokens], Any], query: Tokens) -> float:
    """Seconds."""
    begun = time.perf_counter()
    ask(query)
    return time.perf_counter() - begun


def differing(index: BM25, asks: dict[str, Ask], queries: Sequence[Tokens]) -> int:
    """How many queries either of our searches answers otherwise than a scan of all scores does."""
    count = 0
    for query in queries:
        scores = index.get_scores(query)
        least = np.partition(scores, -TOP)[-TOP] if len(scores) > TOP else 0.0
        among = np.flatnonzero((scores >= least) & (scores > 0))
        right = among[np.argsort(-scores[among], kind="stable")[:TOP]]
        answers = [asks[name](query) for name in (OURS, KERNEL) if name in asks]
        count += any(
            places.tolist() != right.tolist() or found.tobytes() != scores[right].tobytes() for places, found in answers
        )
    return count


def table(one: Measured) -> Iterator[str]:
    """A line for each engine, and how many times as long as ours it takes."""
    touched = np.percentile(one.touched, [50, 95])
    yield (
        f"{one.name}, {one.size:,} passages; postings touched p50 {touched[0]:,.0f}, p95 {touched[1]:,.0f};"
        f" floor {one.floor:.0f} us; {one.differ} of {one.asked:,} queries differ from the full scan"
    )
    heads = ("p50 us", "p95 us", "p99 us", "build s", "p50 /ours", "p95 /ours", "/kernel", "/kernel")
    yield f"  {'':24}" + "".join(f"{head:>10}" for head in heads)
    for name in (name for name in ENGINES if name in one.times):
        cells = [f"{one.percentile(name, percent):.1f}" for percent in (50, 95, 99)]
        cells.append(f"{one.builds[name]:.2f}" if name in one.builds else "")
        cells += [
            f"{one.percentile(name, percent) / one.percentile(own, percent):.2f}"
            for own in (OURS, KERNEL)
            for percent in (50, 95)
        ]
        yield f"  {name:24}" + "".join(f"{cell:>10}" for cell in cells)


def draw(found: Sequence[Measured], file: Path) -> None:
    """The median latency over the size of the corpus, against the floor."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - of the group `bench`
    from matplotlib.ticker import FuncFormatter  # noqa: PLC0415 - the same

    figure = Figure(figsize=(10, 5), layout="constrained", facecolor="white")
    axes = figure.add_subplot(xscale="log", yscale="log", xlabel="passages", ylabel="median time for a query")
    axes.set_title("BM25: tokens in, ten best out, one core", loc="left", fontsize=13)
    for name in reversed(ENGINES):
        points = [(one.size, one.percentile(name, 50)) for one in found if name in one.times]
        if points:
            own = name in {OURS, KERNEL}
            axes.plot(*zip(*points, strict=True), "o-", color=COLOURS[name], linewidth=2.8 if own else 1.3, label=name)
    floors = [(one.size, one.floor) for one in found]
    axes.plot(*zip(*floors, strict=True), "k--", linewidth=1, label="floor: every posting read once")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:,.0f} µs" if y < 1000 else f"{y / 1000:,.0f} ms"))
    axes.minorticks_off()
    axes.grid(visible=True, which="major", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside right center", frameon=False)
    figure.savefig(file, dpi=110)
