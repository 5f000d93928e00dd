"""What an index costs beside its queries: to build, to keep in memory, to open from disk, to share between threads.

Each part is measured in a process of its own.
"""

import gc
import random
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import numpy as np

from knowledge import bm25, bm25_file
from knowledge.bm25 import BM25
from tests.bench.passages import Tokens, made, questions

THREADS = 10
PACE = 0.005  # seconds between two questions of one thread, on average
ASKED = 600  # questions of each thread
ROUNDS = 5

_P = ParamSpec("_P")
_R = TypeVar("_R")


def apart(work: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """What a fresh process finds."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(work, *args, **kwargs).result()


def mebibytes(field: str) -> float:
    """A field of this process's status: VmRSS, what is resident; VmHWM, the most that was. Linux alone tells."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), float("nan"))


def seconds(work: Callable[[], object]) -> float:
    """By the clock."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Building(NamedTuple):
    """Seconds by the clock, the best of three; the two take turns."""

    ours: float
    library: float


def building(size: int) -> Building:
    """Our constructor and the library's, on the same tokens."""
    from tests.bench.engines import Oracle  # noqa: PLC0415 - other parts measure this process's memory

    passages = list(made(size))
    rounds = [(seconds(partial(BM25, passages)), seconds(partial(Oracle, passages))) for _ in range(3)]
    return Building(*(min(times) for times in zip(*rounds, strict=True)))


class Memory(NamedTuple):
    """Mebibytes of a whole process, with Python, NumPy and the kernel."""

    most: float  # while building
    resident: float  # once built, and a query answered
    compiled: bool


def memory(size: int) -> Memory:
    """Of a process that builds an index from passages that come one by one, and answers a query."""
    index = BM25(made(size))
    most = mebibytes("VmHWM")
    index.get_top([next(iter(index.terms))])
    return Memory(most, mebibytes("VmRSS"), bm25.compiled() is not None)


class Opening(NamedTuple):
    """Seconds by the clock."""

    built: float
    saved: float
    opened: float  # checked whole, the best of five
    megabytes: float  # of the file


def opening(size: int) -> Opening:
    """An index is built, saved, and opened."""
    passages = list(made(size))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        start = time.perf_counter()
        index = BM25(passages)
        built = time.perf_counter()
        bm25_file.save(index, file, "")
        saved = time.perf_counter()
        opened = min(seconds(partial(bm25_file.load, file, "")) for _ in range(5))
        return Opening(built - start, saved - built, opened, file.stat().st_size / 1e6)


class Late(NamedTuple):
    """Microseconds that 99 of 100 answers take."""

    due: float  # from when the question is due: waiting for a processor and for the interpreter's lock included
    asked: float  # from when its thread has got to asking


class Sharing(NamedTuple):
    """The medians of some rounds."""

    one: Late  # thread, alone
    ten: Late
    renewing: Late  # ten, while another process builds the index again
    rebuilding: Late  # ten, while a thread of this one does


def sharing(size: int) -> Sharing:
    """Threads that ask at once, each at its own pace, and get what one gets."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        bm25_file.save(made_index(size), file, "")
        index = bm25_file.load(file, "")
        asked = questions(list(islice(made(size), 10_000)), ASKED)
        right = [index.get_top(query)[0].tolist() for query in asked]
        one, ten = (partial(late, index, asked, right, threads) for threads in (1, THREADS))
        renew = partial(bm25_file.renewed, file, "", partial(made_index, size))
        rounds = [(one(), ten(), beside(renew, ten)) for _ in range(ROUNDS)]
        passages = list(made(size))
        rebuilding = beside(partial(BM25, passages), ten)
        alone, together, renewing = (Late(*np.median(found, axis=0).tolist()) for found in zip(*rounds, strict=True))
        return Sharing(alone, together, renewing, rebuilding)


def made_index(size: int) -> BM25:
    """Of made passages."""
    return BM25(made(size))


def beside(work: Callable[[], object], measured: Callable[[], Late]) -> Late:
    """What is measured while a thread works, again and again."""
    over = threading.Event()

    def again() -> None:
        while not over.is_set():
            work()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        return measured()
    finally:
        over.set()
        thread.join()


def late(index: BM25, asked: Sequence[Tokens], right: Sequence[list[int]], threads: int) -> Late:
    """How late the answers come."""
    start = threading.Barrier(threads)

    def ask(number: int) -> list[tuple[float, float]]:
        chance, taken = random.Random(number), []  # noqa: S311 - no secret
        start.wait()
        due = time.perf_counter()
        for place in chance.sample(range(len(asked)), len(asked)):
            due += chance.uniform(0, 2 * PACE)
            time.sleep(max(due - time.perf_counter(), 0))
            begun = time.perf_counter()
            found = index.get_top(asked[place])[0]
            ended = time.perf_counter()
            taken.append((ended - due, ended - begun))
            if found.tolist() != right[place]:
                raise RuntimeError(f"another answer to {asked[place]}")
        return taken

    with ThreadPoolExecutor(threads) as pool:
        every = [one for found in pool.map(ask, range(threads)) for one in found]
    return Late(*(np.percentile(every, 99, axis=0) * 1e6).tolist())
