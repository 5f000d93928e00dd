"""What `knowledge.bm25` promises, and whether one run on one machine holds it."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.bench.engines import KERNEL, LIBRARY, NUMBA, NUMPY, OURS, TANTIVY
from tests.bench.latency import Measured
from tests.bench.serving import Building, Memory, Opening, Sharing

GIBIBYTE = 1024  # MiB


class Figure(NamedTuple):
    """One promise. `found` is nan where this run did not measure it."""

    what: str
    found: float
    bound: float  # inf: nothing is promised
    least: bool = False  # whether the bound is the least that `found` may be; else it is the most
    unit: str = ""

    def __str__(self) -> str:
        """What was promised, found, and whether it holds."""
        told = math.isfinite(self.bound) and not math.isnan(self.found)
        met = self.found >= self.bound if self.least else self.found <= self.bound
        bound = f"{'>=' if self.least else '<='} {self.bound:,g} {self.unit}" if told else ""
        verdict = ("met" if met else "MISSED") if told else ""
        return f"  {self.what:80}{bound:>12}{self.found:>12,.2f} {self.unit:4}{verdict}".rstrip()


def latencies(found: Sequence[Measured]) -> Iterator[Figure]:
    """Of queries."""
    yield Figure("queries whose scores differ from rank_bm25's in a bit", sum(one.unlike for one in found), 0)
    yield Figure(
        f"of {sum(one.asked for one in found):,} queries, those whose ten best differ from the full scan's",
        sum(one.differ for one in found),
        0,
    )
    for one in found:
        if one.name == "made":
            yield from _against_peers(one)


def _against_peers(one: Measured) -> Iterator[Figure]:
    at = f"at {one.size:,}"
    if one.size == 100_000:
        for peer, least in ((LIBRARY, 400), (NUMPY, 10)):
            ratio = one.percentile(peer, 50) / one.percentile(OURS, 50)
            yield Figure(f"{at}, p50, NumPy alone: times as fast as {peer}", ratio, least, least=True, unit="x")
        yield Figure(f"{at}, p50, kernel: times the floor", one.percentile(KERNEL, 50) / one.floor, 8, unit="x")
    for own, times in ((KERNEL, 1.2), (OURS, 0.5)):
        for peer in (TANTIVY, NUMBA):
            for percent in (50, 95):
                ratio = one.percentile(peer, percent) / one.percentile(own, percent)
                yield Figure(f"{at}, p{percent}, {own}: times as fast as {peer}", ratio, times, least=True, unit="x")


def costs(size: int, build: Building, kept: Memory, file: Opening, shared: Sharing) -> Iterator[Figure]:
    """Of an index; `size` is that of `kept` and `file`."""
    yield Figure(
        "build at 100,000, by the clock: times rank_bm25's constructor", build.ours / build.library, 1, unit="x"
    )
    million = size == 1_000_000  # what the bound is for
    where = f"at {size:,}, the whole process{', kernel and all' if kept.compiled else ''}"
    yield Figure(f"{where}: resident", kept.resident / GIBIBYTE, 0.6 if million else math.inf, unit="GiB")
    yield Figure(f"{where}: while building", kept.most / GIBIBYTE, 2 if million else math.inf, unit="GiB")
    yield Figure(
        f"at {size:,}: open a file of {file.megabytes:,.0f} MB in {file.opened * 1000:.0f} ms, of the building's {file.built:.1f} s",
        100 * file.opened / file.built,
        1,
        unit="%",
    )
    one = shared.one
    for what, ten in (("", shared.ten), (" while a process rebuilds", shared.renewing)):
        yield Figure(
            f"p99 of ten threads{what}, since due: times that of one ({one.due:.0f} us)", ten.due / one.due, 2, unit="x"
        )
        yield Figure(
            f"p99 of ten threads{what}, in the call: times that of one ({one.asked:.0f} us)",
            ten.asked / one.asked,
            2,
            unit="x",
        )
    inside = shared.rebuilding.due / one.due
    yield Figure(
        "p99 of ten threads while a thread of theirs rebuilds, since due: times that of one", inside, math.inf, unit="x"
    )
