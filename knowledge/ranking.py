"""From scores to an order: the times asked for, newer facts before those they replace, nothing told twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from knowledge.bm25 import Scores
from knowledge.dates import PartialDate
from knowledge.models import Passage

# Measured: tests/evaluation.
TIME = 0.15  # what a passage of a time that the question names gains, as a part of its score
BEHIND = 0.98  # the score of a superseded passage, as a part of its successor's, when its own would be more
ABREAST = 0.7  # a successor with less than this part of the old passage's score is about something else
TWIN = 0.8  # passages that have so great a part of their different terms in common tell the same


class Ranking:
    """What orders the passages of one corpus, beside their words."""

    def __init__(self, passages: Sequence[Passage], terms: Sequence[AbstractSet[str]]) -> None:
        self._terms = terms
        dates = [passage.as_of for passage in passages]
        self._from = np.array([date.earliest.toordinal() if date else 0 for date in dates], dtype=np.intp)
        self._to = np.array([date.latest.toordinal() if date else -1 for date in dates], dtype=np.intp)
        self._old, self._new = _succession(passages)

    def adjust(self, scores: Scores, asked: Sequence[PartialDate]) -> Scores:
        """The scores by which passages are ordered; `asked` are the times that the question names."""
        if asked:
            return np.where(self._of(asked), scores * (1 + TIME), scores)
        old, new = self._old, self._new
        before = scores[new]
        found = np.where(before >= ABREAST * scores[old], scores[old], 0.0)
        np.maximum.at(scores, new, found)
        scores[old] = np.where(found > 0, np.minimum(found, BEHIND * scores[new]), scores[old])
        return scores

    def newest(self) -> Scores:
        """Scores from 1 to 2 by which the newest passages come first, for a question without words."""
        return np.asarray(1.0 + self._to / (1 + self._to.max(initial=0)), dtype=np.float64)

    def order(self, scores: Scores, limit: int) -> Iterator[int]:
        """The places of the best passages with a score, at most `limit`, without those that repeat a better one."""
        chosen: list[tuple[int, float]] = []
        for place, score in _descending(scores, 2 * limit):
            if len(chosen) >= limit:
                return
            if not any(score >= TWIN * most and self._alike(place, other) for other, most in chosen):
                chosen.append((place, score))
                yield place

    def _of(self, asked: Iterable[PartialDate]) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self._from), dtype=bool)
        for date in asked:
            found |= (self._from <= date.latest.toordinal()) & (self._to >= date.earliest.toordinal())
        return found

    def _alike(self, place: int, other: int) -> bool:
        one, two = self._terms[place], self._terms[other]
        least, most = (len(one), len(two)) if len(one) < len(two) else (len(two), len(one))
        if least < TWIN * most:
            return False
        common = len(one & two)
        return common >= TWIN * (least + most - common)


def _descending(scores: Scores, first: int) -> Iterator[tuple[int, float]]:
    """The places that have a score, with it: greatest first, of equals the earlier. Mostly the `first` few are enough."""
    least = np.partition(scores, -first)[-first] if len(scores) > first > 0 else 0.0
    if least > 0:
        yield from _sorted(scores, np.flatnonzero(scores >= least))
        yield from _sorted(scores, np.flatnonzero((scores > 0) & (scores < least)))
    else:
        yield from _sorted(scores, np.flatnonzero(scores > 0))


def _sorted(scores: Scores, places: npt.NDArray[np.intp]) -> list[tuple[int, float]]:
    found = zip(places.tolist(), scores[places].tolist(), strict=True)
    return sorted(found, key=itemgetter(1), reverse=True)  # stable, so equals stay in order


def _succession(passages: Sequence[Passage]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The places of superseded passages, and of the newest that stands for each."""
    places = {passage.id: place for place, passage in enumerate(passages)}
    newer = {
        place: places[passage.superseded_by]
        for place, passage in enumerate(passages)
        if passage.superseded_by is not None and passage.superseded_by in places
    }
    pairs = [(old, _newest(newer, old)) for old in newer]
    return np.array([old for old, _ in pairs], dtype=np.intp), np.array([new for _, new in pairs], dtype=np.intp)


def _newest(newer: Mapping[int, int], place: int) -> int:
    seen = {place}
    while place in newer and newer[place] not in seen:
        place = newer[place]
        seen.add(place)
    return place
