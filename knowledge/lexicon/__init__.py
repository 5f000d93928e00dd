"""What is known of the language, beside the corpus: words that say nearly the same, and Arabic words with English ones."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from knowledge.analysis import Analyzer, Token

RELATED = "~"  # begins the term of a set of related words; no analysed word has it
# Light stemming (Larkey, Ballesteros and Connell 2007): the endings of gender, number and possession. For these words
# alone: two names may differ in nothing else.
_ENDINGS = ("ها", "هم", "نا", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ا")
_CLITICS = frozenset("وفبلكسيتن")  # written onto an Arabic word: "and", "in", "to", "like", and the signs of verbs
_LEFT = 3  # letters that are left of an Arabic word without them


class Related(NamedTuple):
    """A term, or several with a blank between them, and the sets of related words that it is in."""

    term: str
    sets: tuple[str, ...]


class Translation(NamedTuple):
    """The English terms of Arabic words at start:end of a question; none for words that are not searched."""

    terms: tuple[str, ...]
    start: int
    end: int


class Lexicon:
    """The shipped word lists, in the terms of one analyzer."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._sets: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for number, words in enumerate(_lines("related.txt")):
            for word in words.split(","):
                if terms := tuple(analyzer.terms(word)):
                    self._sets[terms].append(f"{RELATED}{number}")
        self._english: dict[tuple[str, ...], tuple[str, ...]] = {}
        for line in _lines("arabic.txt"):
            english, _, arabic = line.partition(":")
            for form in arabic.split():
                first, *more = analyzer.terms(form.replace("_", " "))
                for start in (first, _light(first)):
                    self._english.setdefault((start, *map(_light, more)), tuple(analyzer.terms(english)))
        self._longest = _longest(self._sets)
        self._longest_arabic = _longest(self._english)

    def related(self, terms: Sequence[str]) -> Iterator[Related]:
        """Every word and every run of words that is in sets of related ones, with those sets."""
        for at, first in enumerate(terms):
            for length in range(1, min(self._longest.get(first, 0), len(terms) - at) + 1):
                if found := self._sets.get(tuple(terms[at : at + length])):
                    yield Related(" ".join(terms[at : at + length]), tuple(found))

    def sets(self, term: str) -> Sequence[str]:
        """The sets of related words that one term is in."""
        return self._sets.get((term,), ())

    def translate(self, tokens: Sequence[Token]) -> Iterator[Translation]:
        """The Arabic words that have English ones, the longest runs of them first."""
        at = 0
        while at < len(tokens):
            length, terms = self._translated(tokens, at)
            if terms is not None:
                yield Translation(terms, tokens[at].start, tokens[at + length - 1].end)
            at += length

    def _translated(self, tokens: Sequence[Token], at: int) -> tuple[int, tuple[str, ...] | None]:
        for first in _bare(tokens[at].term):
            for length in range(min(self._longest_arabic.get(first, 0), len(tokens) - at), 0, -1):
                terms = self._english.get((first, *(_light(token.term) for token in tokens[at + 1 : at + length])))
                if terms is not None:
                    return length, terms
        return 1, None


def _bare(word: str) -> Iterator[str]:
    """The word, it without its endings, and what is left of them without one or two clitics."""
    yield from dict.fromkeys((word, _light(word)))
    for count in (1, 2):
        if len(word) - count >= _LEFT and _CLITICS.issuperset(word[:count]):
            yield from dict.fromkeys((word[count:], _light(word[count:])))


def _light(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEFT:
            word = word.removesuffix(ending)
    return word


def _longest(forms: Mapping[tuple[str, ...], object]) -> dict[str, int]:
    """For the first word of each form, the length of the longest that begins with it."""
    longest: dict[str, int] = {}
    for terms in forms:
        longest[terms[0]] = max(len(terms), longest.get(terms[0], 0))
    return longest


def _lines(name: str) -> Iterable[str]:
    text = (files("knowledge.lexicon") / name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
