"""What an index costs beside its queries: to build, to keep in memory, to open from disk, to share between threads.

``python -m tests.bench.serving [--size 100000]``. Each part runs in a process of its own.
"""

import argparse
import gc
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from knowledge import bm25, bm25_file
from knowledge.bm25 import BM25
from tests.bench.engines import Oracle
from tests.bench.passages import Tokens, made, questions

THREADS = 10
PAUSE = 0.005  # seconds that a thread's reader thinks before the next question


def mebibytes(field: str) -> float:
    """A field of this process's status: VmRSS, what is resident; VmHWM, the most that was. Linux alone tells."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), float("nan"))


def seconds(work: Callable[[], object]) -> float:
    """How long it takes the processor: what else the machine does should not count."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def building(size: int) -> str:
    """Beside the library's constructor, on the same tokens; rounds alternate, the best counts."""
    passages = list(made(size))
    rounds = [(seconds(partial(BM25, passages)), seconds(partial(Oracle, passages))) for _ in range(3)]
    ours, theirs = (min(times) for times in zip(*rounds, strict=True))
    return f"build {ours:.2f} s, rank_bm25's constructor {theirs:.2f} s: {ours / theirs:.2f} x"


def memory(size: int) -> str:
    """Of a process that builds an index from passages that come one by one, and answers a query."""
    index = BM25(made(size))
    built = mebibytes("VmRSS"), mebibytes("VmHWM")
    asked = [next(iter(index.terms))]
    index.get_top(asked)
    return (
        f"resident {built[0]:,.0f} MiB once built, {built[1]:,.0f} at most before,"
        f" {mebibytes('VmRSS'):,.0f} with {'the kernel' if bm25.compiled() else 'NumPy alone'} after a query"
    )


def opening(size: int) -> str:
    """From disk, checked whole and mapped; what stays resident after 500 queries."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            built = other.submit(kept, size, file).result()
        opened = min(seconds(partial(bm25_file.load, file, "")) for _ in range(5))
        index = bm25_file.load(file, "")
        for query in queries(size):
            index.get_top(query)
        return (
            f"load {opened * 1000:.1f} ms of {file.stat().st_size / 1e6:,.0f} MB, built in {built:.2f} s:"
            f" {opened / built:.2%}; resident {mebibytes('VmRSS'):,.0f} MiB after 500 queries"
        )


def kept(size: int, file: Path) -> float:
    """Build an index and write it; returns the seconds of the building."""
    passages = list(made(size))
    start = time.process_time()
    index = BM25(passages)
    taken = time.process_time() - start
    bm25_file.save(index, file, "")
    return taken


def queries(size: int) -> list[Tokens]:
    """Questions of the words of some of the passages."""
    return questions([passage for passage, _ in zip(made(min(size, 10_000)), range(10_000), strict=False)], 500)


def sharing(size: int) -> str:
    """The latencies of threads that ask, pause and ask again, and whether they get what one gets."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        bm25_file.save(BM25(made(size)), file, "")
        index = bm25_file.load(file, "")
        asked = queries(size)
        alone = [index.get_top(query)[0].tolist() for query in asked]
        one = p99(index, asked, alone, 1)
        ten = p99(index, asked, alone, THREADS)
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            other.submit(sum, ()).result()
            rebuilding = other.submit(kept, size, Path(folder) / "next")
            apart = p99(index, asked, alone, THREADS)
            rebuilding.result()
        beside = threading.Thread(target=partial(BM25, list(made(size))))
        beside.start()
        within = p99(index, asked, alone, THREADS)
        beside.join()
    return (
        f"p99 of one thread {one:.0f} us; of ten {ten:.0f} ({ten / one:.1f} x); while another process rebuilds"
        f" {apart:.0f} ({apart / one:.1f} x); while a thread does {within:.0f} ({within / one:.1f} x)"
    )


def p99(index: BM25, asked: Sequence[Tokens], right: Sequence[list[int]], threads: int) -> float:
    """Microseconds that 99 of 100 queries stay within."""
    start = threading.Barrier(threads)

    def ask(number: int) -> list[float]:
        start.wait()
        taken = []
        for place in np.roll(range(len(asked)), number * 50).tolist():
            begun = time.perf_counter()
            found = index.get_top(asked[place])[0]
            taken.append((time.perf_counter() - begun) * 1e6)
            if found.tolist() != right[place]:
                raise RuntimeError(f"another answer to {asked[place]}")
            time.sleep(PAUSE)
        return taken

    with ThreadPoolExecutor(threads) as pool:
        return float(np.percentile([one for found in pool.map(ask, range(threads)) for one in found], 99))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, default=100_000, help="passages")
    options = parser.parse_args(arguments)
    for part in (building, memory, opening, sharing):
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
            sys.stdout.write(f"{options.size:,} passages: {fresh.submit(part, options.size).result()}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
