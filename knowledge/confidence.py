"""When a match is an answer, when it may be none, and when to say that there is none."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

from knowledge.analysis import Token
from knowledge.bm25 import idf

NEAR = 0.5  # what a related word counts, where the word itself counts one
STRANGE = 0.25  # what a word of another language tells that nobody translated, where an unknown English one tells one

# A logistic rule on how likely the best passages are to answer, fitted by Newton's method (ridge 0.5, questions without
# an answer counted four times) on the tune half of tests/evaluation and the short questions of tests/knowledge; other
# signals (the best score, the lead over the second, unknown names, the best single sentence) added nothing. Below `NONE`
# lie 3, and below `DOUBTFUL` 12 of 100 questions that have an answer.
BIAS = -9.7
SHARE = 7.4  # for the part of what a question tells that the best passage has, wordings included
SHOWN = 2.75  # for the part that the heading and text of one of the best has
WORD = 0.63  # for each word of the question: much that agrees is seldom chance
MOST_WORDS = 8
UNWORDED = 2.33  # in a corpus without wordings, where fewer words of a question meet their passage
NONE = -0.37
DOUBTFUL = 0.94


class Thing(NamedTuple):
    """A part of a question: its words, the concepts that they name together, and the sets of words related to them.

    `start` and `end` are where it stands in the question: both 0 for what is taken over from the one before.
    """

    words: tuple[str, ...]
    concepts: frozenset[str]
    near: frozenset[str] = frozenset()
    is_name: bool = False
    start: int = 0
    end: int = 0

    def found(self, passage: AbstractSet[str]) -> float:
        """How far a passage (its terms) names it: 1 for the name or all words, `NEAR` for words related to them."""
        if (self.words and all(map(passage.__contains__, self.words))) or not self.concepts.isdisjoint(passage):
            return 1.0
        return 0.0 if self.near.isdisjoint(passage) else NEAR


def things(
    tokens: Sequence[Token], concepts: Sequence[Token], related: Callable[[str], Iterable[str]], text: str
) -> list[Thing]:
    """The parts of a question: the names in it, and its other words. `related` gives the sets that a term is in."""
    found: dict[tuple[tuple[str, ...], frozenset[str]], Thing] = {}
    named: set[Token] = set()
    for (start, end), group in groupby(concepts, key=_span):
        inside = [token for token in tokens if start <= token.start and token.end <= end]
        key = tuple(token.term for token in inside), frozenset(concept.term for concept in group)
        found.setdefault(key, Thing(*key, start=start, end=end))
        named.update(inside)
    others = [token for token in tokens if token not in named] if named else tokens
    for (start, end), group in groupby(others, key=_span):
        terms = tuple(token.term for token in group)
        near = frozenset(one for term in terms for one in related(term))
        if len(terms) == 1:
            is_name = start > 0 and text[start].isupper()
            found.setdefault((terms, frozenset()), Thing(terms, frozenset(), near, is_name, start, end))
        else:  # a translation: one of its words is enough
            found.setdefault(((), frozenset(terms)), Thing((), frozenset(terms), near, start=start, end=end))
    return list(found.values())


def _span(token: Token) -> tuple[int, int]:
    return token.start, token.end


class Evidence:
    """How much each part of a question tells: (weight, part) pairs.

    A word tells its idf, but not more than the name that it belongs to; a word that no passage has tells most, and
    counts against an answer. So "Saddam Hussein" is not answered by a passage on Fuad Hussein.
    """

    def __init__(self, parts: Sequence[tuple[float, Thing]]) -> None:
        self.parts = parts
        self.total = math.fsum(weight for weight, _ in parts)
        self._words = sum(max(1, len(thing.words)) for _, thing in parts)

    @classmethod
    def of(cls, found: Iterable[Thing], idfs: Mapping[str, float], size: int) -> "Evidence":
        """Weigh the parts with the idf of an index of so many passages."""
        rarest = idf(0, size)
        return cls([(_weight(thing, idfs, rarest), thing) for thing in found])

    def share(self, passage: AbstractSet[str]) -> float:
        """The part of what the question tells that a passage (its terms) has: 0 to 1."""
        if not self.total:
            return 0.0
        return sum(weight * thing.found(passage) for weight, thing in self.parts) / self.total

    def has_all(self, passage: AbstractSet[str]) -> bool:
        """Whether a passage (its terms) has every part of the question."""
        return all(thing.found(passage) for _, thing in self.parts)

    def lacking(self, passages: Sequence[AbstractSet[str]], text: str) -> tuple[str, ...]:
        """The words of a question (its `text`) for which none of the passages has anything."""
        here = (thing for _, thing in self.parts if thing.end)  # and not in the question before it
        missing = (thing for thing in here if not any(thing.found(passage) for passage in passages))
        return tuple(text[thing.start : thing.end] for thing in missing)

    def logit(self, best: AbstractSet[str], shown: Iterable[AbstractSet[str]]) -> float:
        """The logarithm of the odds that the best passages answer.

        `best` are all terms of the best one, `shown` those of the headings and texts of the best few.
        """
        seen = max(map(self.share, shown), default=0.0)
        return BIAS + SHARE * self.share(best) + SHOWN * seen + WORD * min(self._words, MOST_WORDS)


def _weight(thing: Thing, idfs: Mapping[str, float], rarest: float) -> float:
    if not thing.words or not all(map(str.isascii, thing.words)):
        alone = rarest if thing.concepts else STRANGE * rarest
        return min((idfs.get(concept, rarest) for concept in thing.concepts), default=alone)
    name = min((idfs.get(concept, rarest) for concept in thing.concepts), default=rarest)
    return sum(min(name, idfs.get(word, rarest)) for word in thing.words)
