"""A typed word that no passage has -> the known word one slip away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

MIN_LENGTH = 5  # letters; shorter words have too many neighbours


class Speller:
    """Finds neighbours by the deletions that two words share (Garbe's SymSpell, distance 1).

    One deletion on either side covers a letter too many, one missing, one wrong, and two that changed places. Words
    are folded and not stemmed: a stemmer makes more of a slip than it was.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """`known` words, the likelier ones first."""
        self._rank: dict[str, int] = {}
        self._by_deletion: defaultdict[str, list[str]] = defaultdict(list)
        for word in known:
            if len(word) >= MIN_LENGTH - 1 and word not in self._rank:
                self._rank[word] = len(self._rank)
                for key in _deletions(word):
                    self._by_deletion[key].append(word)

    def correct(self, word: str) -> str | None:
        """The likeliest other word that a word may have been meant to be; None if there is none."""
        if len(word) < MIN_LENGTH:
            return None
        near = {other for key in _deletions(word) for other in self._by_deletion.get(key, ())} - {word}
        found = [other for other in near if _slip(word, other)]
        return min(found, key=self._rank.__getitem__, default=None)


def _deletions(word: str) -> Iterator[str]:
    yield word
    for at in range(1, len(word)):  # the first letter is seldom wrong, and a wrong one makes another word
        yield word[:at] + word[at + 1 :]


def _slip(word: str, other: str) -> bool:
    """Whether the words are one slip apart: one deletion each may also join words that differ in two places."""
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    a, b = word[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
