"""When a match is an answer, and when to say that there is none."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from knowledge.analysis import Token
from knowledge.bm25 import idf

NEAR = 0.5  # what a related word counts, where the word itself counts one
STRANGE = 0.25  # what a word of another language tells that nobody translated, where an unknown English one tells one

# A logistic rule, fitted by Newton's method (ridge 0.5, questions without an answer counted four times) on the tune half
# of tests/evaluation: 240 questions with an answer and 46 without. The fit's constant is -3.93; it was raised until no
# more than 3 % of those with an answer were refused.
BIAS = -3.25
SHARE = 3.27  # for the part of what a question tells that the passage has
AMOUNT = 1.63  # for how much that is, in rarest words
UNKNOWN_NAME = -7.37  # for the part that capitalised words tell which no passage has


class Thing(NamedTuple):
    """A part of a question: its words, the concepts that they name together, and the sets of words related to them."""

    words: tuple[str, ...]
    concepts: frozenset[str]
    near: frozenset[str] = frozenset()
    is_name: bool = False

    def found(self, passage: AbstractSet[str]) -> float:
        """How far a passage (its terms) names it: 1 for the name or all words, `NEAR` for words related to them."""
        if not self.concepts.isdisjoint(passage) or (self.words and all(word in passage for word in self.words)):
            return 1.0
        return 0.0 if self.near.isdisjoint(passage) else NEAR


def things(
    tokens: Sequence[Token], concepts: Sequence[Token], related: Callable[[str], Iterable[str]], text: str
) -> list[Thing]:
    """The parts of a question: the names in it, and its other words. `related` gives the sets that a term is in."""
    found: dict[Thing, None] = {}
    named: set[Token] = set()
    for (start, end), group in groupby(concepts, key=lambda concept: (concept.start, concept.end)):
        inside = [token for token in tokens if start <= token.start and token.end <= end]
        found[Thing(tuple(token.term for token in inside), frozenset(concept.term for concept in group))] = None
        named.update(inside)
    others = [token for token in tokens if token not in named]
    for (start, _), group in groupby(others, key=lambda token: (token.start, token.end)):
        terms = tuple(token.term for token in group)
        near = frozenset(one for term in terms for one in related(term))
        is_name = start > 0 and text[start].isupper()
        if len(terms) == 1:
            found[Thing(terms, frozenset(), near, is_name)] = None
        else:  # a translation: one of its words is enough
            found[Thing((), frozenset(terms), near)] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much each part of a question tells.

    A word tells its idf, but not more than the name that it belongs to; a word that no passage has tells most, and
    counts against an answer. So "Saddam Hussein" is not answered by a passage on Fuad Hussein.
    """

    parts: Sequence[tuple[float, Thing]]
    known: AbstractSet[str]
    rarest: float

    @classmethod
    def of(cls, found: Iterable[Thing], idfs: Mapping[str, float], size: int) -> "Evidence":
        """Weigh the parts with the idf of an index of so many passages."""
        rarest = idf(0, size)
        return cls([(_weight(thing, idfs, rarest), thing) for thing in found], idfs.keys(), rarest)

    def share(self, passage: AbstractSet[str]) -> float:
        """The part of what the question tells that a passage (its terms) has: 0 to 1."""
        return self._part(thing.found(passage) for _, thing in self.parts)

    def logit(self, passages: Iterable[AbstractSet[str]]) -> float:
        """The logarithm of the odds that one of these passages answers."""
        share = max(map(self.share, passages), default=0.0)
        names = (thing.is_name and not thing.found(self.known) for _, thing in self.parts)
        return BIAS + share * (SHARE + AMOUNT * self._total / self.rarest) + UNKNOWN_NAME * self._part(names)

    def suffices(self, passages: Iterable[AbstractSet[str]]) -> bool:
        """Whether one of the best passages is more likely than not to answer."""
        return self.logit(passages) >= 0

    @property
    def _total(self) -> float:
        return math.fsum(weight for weight, _ in self.parts)

    def _part(self, values: Iterable[float]) -> float:
        total = math.fsum(weight for weight, _ in self.parts)
        return (
            sum(value * weight for value, (weight, _) in zip(values, self.parts, strict=True)) / total if total else 0
        )


def _weight(thing: Thing, idfs: Mapping[str, float], rarest: float) -> float:
    if not thing.words or not all(map(str.isascii, thing.words)):
        alone = rarest if thing.concepts else STRANGE * rarest
        return min((idfs.get(concept, rarest) for concept in thing.concepts), default=alone)
    name = min((idfs.get(concept, rarest) for concept in thing.concepts), default=rarest)
    return sum(min(name, idfs.get(word, rarest)) for word in thing.words)
