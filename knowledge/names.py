"""Finding what somebody means by a name: as written, by a part of it, or with slips of the keys."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.analysis import Token, folded
from knowledge.spelling import Speller

MOST_WORDS: Final = 30  # of a name that is looked up; the longest titles have fewer

Key = tuple[str, ...]


class How(StrEnum):
    """How surely a name was found."""

    EXACT = "exact"  # a name, in any letter case, hyphens and spaces alike, singular or plural
    PART = "part"  # words of a name
    ALIKE = "alike"  # either, after a slip was put right


@dataclass(frozen=True, slots=True)
class Match:
    """What a text may name, in the order of the corpus."""

    ids: tuple[str, ...]
    how: How


class Names:
    """The names of one kind of thing.

    `entries` are (id, names), the main name first: a part of it goes before a part of another name. `stem` is the analyzer's; `stopwords` never are a name alone, and a text that begins with
    one is a name only as a whole ("the Fed"), never by a part: "of the conflict" is the rest of a sentence. `known`
    gives the words that are no slips. With `together` a part may take its words from several names of one thing.
    `cautious` are forms of names that `named_in` takes in exactly their letter case.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Iterable[str]]],
        *,
        stem: Callable[[str], str],
        stopwords: Collection[str],
        known: Callable[[], Collection[str]],
        together: bool = False,
        cautious: Collection[str] = (),
    ) -> None:
        self._stem = stem
        self._stopwords = stopwords
        self._known = known
        self._cautious = frozenset(cautious)
        self._exact: defaultdict[Key, dict[str, None]] = defaultdict(dict)
        self._main: list[tuple[str, frozenset[str]]] = []
        self._other: list[tuple[str, frozenset[str]]] = []
        self._careful: defaultdict[Key, set[str]] = defaultdict(set)
        words: dict[str, None] = {}
        for id_, names in entries:
            bags = []
            for name in names:
                tokens = folded(name)
                key = self._key(tokens)
                if not key:
                    continue
                self._exact[key][id_] = None
                self._careful[key].add(name)
                bags.append(frozenset(key))
                words.update((token.term, None) for token in tokens)
            main, *others = [frozenset[str]().union(*bags)] if together else bags
            self._main.append((id_, main))
            self._other += [(id_, bag) for bag in dict.fromkeys(others)]
        self._longest = max(map(len, self._exact), default=0)
        self._words = frozenset(words)
        self._speller = Speller(words)

    def find(self, text: str) -> Match | None:
        """What a text names as a whole; None when it is no name, or no clear one."""
        tokens = folded(text)
        if not tokens or len(tokens) > MOST_WORDS:
            return None
        if text in self._cautious:  # "IS", which "is" never means
            return Match(tuple(self._exact[self._key(tokens)]), How.EXACT)
        found = self._find([token.term for token in tokens])
        if found is not None:
            return found
        corrected = [self._corrected(token.term) for token in tokens]
        if corrected == [token.term for token in tokens]:
            return None
        found = self._find(corrected)
        return found and Match(found.ids, How.ALIKE)

    def named_in(self, text: str) -> Iterator[str]:
        """The ids of all that a text names, the longest name at each place, with repetitions."""
        tokens = folded(text)
        key = self._key(tokens)
        at = 0
        while at < len(tokens):
            length, ids = self._longest_at(text, tokens, key, at)
            yield from ids
            at += length

    def _longest_at(self, text: str, tokens: Sequence[Token], key: Key, at: int) -> tuple[int, Iterable[str]]:
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            part = key[at : at + length]
            if part in self._exact:
                forms = self._careful[part]
                written = text[tokens[at].start : tokens[at + length - 1].end]
                if not forms <= self._cautious or written in forms:
                    return length, self._exact[part]
        return 1, ()

    def _find(self, terms: Sequence[str]) -> Match | None:
        key = tuple(map(self._stem, terms))
        if all(term in self._stopwords for term in terms):
            return None
        if key in self._exact:
            return Match(tuple(self._exact[key]), How.EXACT)
        if terms[0] in self._stopwords:
            return None
        typed = frozenset(key)
        for bags in (self._main, self._other):
            if ids := tuple(dict.fromkeys(id_ for id_, bag in bags if typed <= bag)):
                return Match(ids, How.PART)
        return None

    def _corrected(self, term: str) -> str:
        """The word of a name that was meant, unless the word is one that the corpus has."""
        if term in self._words or term in self._known():
            return term
        return self._speller.correct(term) or term

    def _key(self, tokens: Iterable[Token]) -> Key:
        return tuple(self._stem(token.term) for token in tokens)
