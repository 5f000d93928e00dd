"""The search for the best documents as one loop over postings, in machine code where numba is there (the extra `speed`).

Without numba the same code runs as plain Python, exact and slow: nothing but its tests uses it then. Importing numba
takes half a second, so whoever needs this module imports it when it is needed.

The lists of postings are added up in windows of documents whose scores stay in the processor's first cache, in the
query's order, so that every score is exact to the last bit. Nothing walks over all scores: a document that rises above
the bar is noted when it does.

Lists whose greatest shares stay below the bar together cannot make a document one of the best without the others.
Where the others are few, windows are short and begin at those, and the long lists are leapt through (MaxScore: Turtle
and Flood, Query evaluation: strategies and optimizations, 1995).
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
import numpy.typing as npt

from knowledge.bm25_postings import TOP, Postings

try:
    numba: Any = import_module("numba")
except ImportError:
    numba = None

COMPILED = numba is not None

_P = ParamSpec("_P")
_R = TypeVar("_R")
Integers = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_WIDE, _NARROW = 4096, 64  # documents in a window: as many as the first cache holds; few, where it leaps
_MANY = 1 << 15  # postings of a query from which on it may pay to leap
_LEAP = 32  # how many postings leaping must leave out for each one it goes by, to be the faster
_SLACK = 1 - 1e-9  # far more than sums of the same shares in two orders differ by
_END = np.uint64(1 << 32)  # above every document
_ONE = np.uint64(1)


def _compiled(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """In machine code, from the first call on, without the interpreter's lock; kept on disk between starts."""
    if not COMPILED:
        return function
    try:
        return cast("Callable[_P, _R]", numba.njit(nogil=True, cache=True)(function))
    except RuntimeError:  # there is no folder that it could be kept in
        return cast("Callable[_P, _R]", numba.njit(nogil=True)(function))


@_compiled
def _spare(spared: Flags, sizes: Integers, most: Floats, above: float) -> int:
    """Mark the lists that need not be gone by, if leaping through them pays; returns how wide a window is."""
    spared[:] = False
    rest, left_out, left = 0.0, 0, 0
    for t in np.argsort(most):
        rest += most[t]
        if rest < above * _SLACK:
            spared[t] = True
            left_out += sizes[t]
        else:
            left += sizes[t]
    if left * _LEAP < left_out:
        return _NARROW
    spared[:] = False
    return _WIDE


@_compiled
def _next(places: Integers, now: Integers, ends: Integers, spared: Flags) -> np.uint64:
    """The first document from here on in a list that is not spared."""
    first = _END
    for t in range(len(now)):
        if now[t] < ends[t] and not spared[t]:
            first = min(first, np.uint64(places[now[t]]))
    return first


@_compiled
def _leap(places: Integers, low: np.uint64, end: np.uint64, place: np.uint64) -> np.uint64:
    """Where in places[low:end] the first document stands that is not before `place`: doubling steps, then halving."""
    step, high = _ONE, low
    while high < end and np.uint64(places[high]) < place:
        low = high + _ONE
        high += step
        step += step
    high = min(high, end)
    while low < high:
        middle = (low + high) >> _ONE
        if np.uint64(places[middle]) < place:
            low = middle + _ONE
        else:
            high = middle
    return low


@_compiled
def _add(  # noqa: PLR0917 - arrays that stay where they are: nothing is made in the inner loop
    index: Postings,
    terms: Integers,
    now: Integers,
    ends: Integers,
    base: np.uint64,
    above: float,
    scores: Floats,
    risen: Integers,
) -> int:
    """Add up a window's postings, list by list; notes in `risen` who rises above, and returns how many do."""
    places, kinds, weights = index.places, index.kinds, index.weights
    count, width = 0, np.uint64(len(scores))
    for t in range(len(now)):
        at, end, idf = now[t], ends[t], index.idf[terms[t]]
        while at < end:
            place = np.uint64(places[at]) - base
            if place >= width:
                break
            before = scores[place]
            after = before + idf * weights[kinds[at]]
            scores[place] = after
            if before <= above < after:
                risen[count] = place
                count += 1
            at += _ONE
        now[t] = at
    return count


@_compiled
def _insert(best: Integers, scores: Floats, held: int, place: np.int64, score: float) -> int:
    """Put a document among the best where it belongs, of equals the earlier first; returns how many are held."""
    at = held
    while at and (scores[at - 1] < score or (scores[at - 1] == score and best[at - 1] > place)):
        at -= 1
        if at + 1 < len(best):
            best[at + 1], scores[at + 1] = best[at], scores[at]
    if at < len(best):
        best[at], scores[at] = place, score
    return min(held + 1, len(best))


def search(index: Postings, terms: Sequence[int], n: int) -> tuple[Integers, Floats]:
    """The `n` best documents for `terms` (numbers, in the query's order), and their scores, the best first.

    Of equals the earlier document is the better.
    """
    return _search(index, np.array(terms, np.int64), n)


@_compiled
def _search(index: Postings, terms: Integers, n: int) -> tuple[Integers, Floats]:
    # Unsigned numbers, since numba would ask of each signed one whether it counts from the end.
    now, ends = index.starts[terms].astype(np.uint64), index.starts[terms + 1].astype(np.uint64)
    best, best_scores, held = np.empty(n, np.int64), np.empty(n), 0
    scores, risen = np.zeros(min(_WIDE, index.size)), np.empty(_WIDE, np.uint64)
    spared, width = np.zeros(len(terms), np.bool_), _WIDE
    many = (ends - now).sum() > _MANY
    # A document must be above, since a later one does not displace an equal; the first bar itself may be reached.
    above = np.nextafter(index.tenth[terms].max(), 0.0) if n <= TOP else 0.0
    fresh = True  # whether the bar has risen since the lists were looked at
    while True:
        if many and fresh:
            width, fresh = _spare(spared, ends - now, index.most[terms], above), False
        base = _next(index.places, now, ends, spared)
        if base == _END:
            return best[:held], best_scores[:held]
        if width == _NARROW:
            for t in range(len(terms)):
                now[t] = _leap(index.places, now[t], ends[t], base)
        count = _add(index, terms, now, ends, base, above, scores[:width], risen)
        for number in range(count):
            held = _insert(best, best_scores, held, np.int64(base + risen[number]), scores[risen[number]])
        scores[:width] = 0.0
        if held == n and best_scores[n - 1] > above:
            above, fresh = best_scores[n - 1], True
