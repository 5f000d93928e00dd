"""When a match is an answer, and when to say that there is none."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from knowledge.analysis import Token
from knowledge.bm25 import idf

SHARE = 0.5  # of what the question tells: half of it found is an answer
LOW_SHARE = 0.38  # or this much of a question ...
STRENGTH = 1.05  # ... whose best passage scores as much as so many of the rarest words


class Thing(NamedTuple):
    """A part of a question: its words, and the concepts that they name together, if any."""

    words: tuple[str, ...]
    concepts: frozenset[str]

    def is_in(self, passage: AbstractSet[str]) -> bool:
        """Whether a passage (its terms) names it, or has all its words."""
        return not self.concepts.isdisjoint(passage) or (
            bool(self.words) and all(word in passage for word in self.words)
        )


def things(tokens: Sequence[Token], concepts: Sequence[Token]) -> list[Thing]:
    """The parts of a question: the names in it, and its other words.

    A word without a letter of English that is no name is left out: an English corpus cannot be expected to have it.
    """
    found: list[Thing] = []
    named: set[Token] = set()
    for (start, end), group in groupby(concepts, key=lambda concept: (concept.start, concept.end)):
        inside = [token for token in tokens if start <= token.start and token.end <= end]
        found.append(Thing(tuple(token.term for token in inside), frozenset(concept.term for concept in group)))
        named.update(inside)
    others = dict.fromkeys(token.term for token in tokens if token not in named and token.term.isascii())
    return list(dict.fromkeys(found)) + [Thing((term,), frozenset()) for term in others]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much each part of a question tells.

    A word tells its idf, but not more than the name that it belongs to; a word that no passage has tells most, and
    counts against an answer. So "Saddam Hussein" is not answered by a passage on Fuad Hussein.
    """

    parts: Sequence[tuple[float, Thing]]
    unknown: float

    @classmethod
    def of(cls, found: Iterable[Thing], idfs: Mapping[str, float], size: int) -> "Evidence":
        """Weigh the parts with the idf of an index of so many passages."""
        unknown = idf(0, size)
        return cls([(_weight(thing, idfs, unknown), thing) for thing in found], unknown)

    def share(self, passage: AbstractSet[str]) -> float:
        """The part of what the question tells that a passage (its terms) has: 0 to 1."""
        total = sum(weight for weight, _ in self.parts)
        return sum(weight for weight, thing in self.parts if thing.is_in(passage)) / total if total else 0.0

    def suffices(self, score: float, passages: Iterable[AbstractSet[str]]) -> bool:
        """Whether one of the best passages answers; `score` is that of the first."""
        share = max(map(self.share, passages), default=0.0)
        return share >= SHARE or (share >= LOW_SHARE and score >= STRENGTH * self.unknown)


def _weight(thing: Thing, idfs: Mapping[str, float], unknown: float) -> float:
    name = min((idfs.get(concept, unknown) for concept in thing.concepts), default=unknown)
    return sum(min(name, idfs.get(word, unknown)) for word in thing.words) if thing.words else name
