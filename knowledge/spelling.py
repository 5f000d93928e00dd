"""A typed word that no passage has -> the known word that was meant."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 5  # letters; shorter words have too many neighbours
LONG = 8  # letters from which two slips are put right; below it one


class Speller:
    """Finds the nearest known word: letters left out, put in, replaced or changed with the next one.

    The first letter is taken as meant: it is seldom wrong, and a wrong one makes another word. Words are folded and not
    stemmed: a stemmer makes more of a slip than it was.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """`known` words, the likelier ones first."""
        self._rank: dict[str, int] = {}
        self._known: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in known:
            if len(word) >= MIN_LENGTH - 1 and word not in self._rank:
                self._rank[word] = len(self._rank)
                self._known[word[0], len(word)].append(word)

    def correct(self, word: str) -> str | None:
        """The nearest other word, of equals the likeliest; None if there is none near enough."""
        if len(word) < MIN_LENGTH:
            return None
        most = 2 if len(word) >= LONG else 1
        near = [
            (slips, self._rank[other], other)
            for length in range(len(word) - most, len(word) + most + 1)
            for other, slips, _ in process.extract(
                word, self._known.get((word[0], length), ()), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            if slips
        ]
        return min(near)[2] if near else None
