"""What a question looks for: its words put right or translated, the names in it, the times that it asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from knowledge import times
from knowledge.analysis import Analyzer, Token, words
from knowledge.confidence import Evidence, things
from knowledge.dates import PartialDate
from knowledge.lexicon import Lexicon, Related, Translation
from knowledge.models import Correction
from knowledge.spelling import Speller
from knowledge.thesaurus import Thesaurus

# Weights of what is searched beside the words as typed, which count one. Measured: tests/evaluation.
CONCEPT = 0.5  # a concept that the question names, beside the words it names it with
ALONE = 1.0  # a concept whose words no passage has: an Arabic name, another spelling
CORRECTED = 0.7  # a word that was put right
TRANSLATED = 0.8  # the English words of an Arabic one
JOINED = 0.5  # two words that the passages write as one
CORRECTIONS = 8  # words of a question that are put right at most


class How(StrEnum):
    """How a term came to be searched."""

    TYPED = "typed"
    ALIAS = "alias"
    TYPO = "typo"
    TRANSLATED = "translation"
    JOINED = "joined"


_WEIGHTS = {How.TYPED: 1.0, How.TYPO: CORRECTED, How.TRANSLATED: TRANSLATED}


class Sought(NamedTuple):
    """A term that is searched, how much a match of it counts, and the words of the question that stand for it."""

    term: str
    weight: float
    how: How
    typed: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question as it is searched.

    `pairs` are its neighbouring terms, ``"a b"``; `related` its words that are in sets of related ones.
    """

    sought: tuple[Sought, ...]
    pairs: tuple[str, ...]
    related: tuple[Related, ...]
    evidence: Evidence
    corrections: tuple[Correction, ...]
    times: tuple[PartialDate, ...]


class Interpreter:
    """Reads questions to one corpus: `idfs` are those of its index, of so many passages."""

    def __init__(
        self,
        analyzer: Analyzer,
        thesaurus: Thesaurus,
        lexicon: Lexicon,
        speller: Speller,
        *,
        idfs: Mapping[str, float],
        size: int,
    ) -> None:
        self._analyzer = analyzer
        self._thesaurus = thesaurus
        self._lexicon = lexicon
        self._speller = speller
        self._idfs = idfs
        self._size = size

    def read(self, text: str) -> Meaning:
        """The meaning of a question's words."""
        typed = self._analyzer.tokens(text)
        names = self._thesaurus.concepts(typed, text)
        readings = self._readings(typed, names, text)
        tokens = [reading.token for reading in readings]
        concepts = names if tokens == typed else self._thesaurus.concepts(tokens, text)
        sought = {
            one.token.term: Sought(one.token.term, _WEIGHTS[one.how], one.how, _typed(one.token, text))
            for one in readings
        }
        for concept in concepts:
            sought.setdefault(concept.term, self._named(concept, tokens, text))
        for one in self._joined(tokens, text):
            sought.setdefault(one.term, one)
        return Meaning(
            tuple(sought.values()),
            tuple(dict.fromkeys(f"{a.term} {b.term}" for a, b in pairwise(tokens))),
            tuple(dict.fromkeys(self._lexicon.related([token.term for token in tokens]))),
            Evidence.of(things(tokens, concepts, self._lexicon.sets, text), self._idfs, self._size),
            tuple(Correction(_typed(one.token, text), one.meant) for one in readings if one.meant),
            times.named(text, ((name.start, name.end) for name in names)),
        )

    def _readings(self, typed: Sequence[Token], names: Sequence[Token], text: str) -> list["_Reading"]:
        """The words as they are searched: put right or translated where no passage has them."""
        strange = [token for token in typed if token.term not in self._idfs and not _inside(token, names)]
        if not strange:
            return [_Reading(token) for token in typed]
        translations = list(self._lexicon.translate([token for token in strange if not token.term.isascii()]))
        slips = {token: word for token in strange[:CORRECTIONS] if (word := self._meant(token, text))}
        readings = [
            _Reading(Token(term, one.start, one.end), How.TRANSLATED) for one in translations for term in one.terms
        ]
        for token in typed:
            if token in slips:
                term = self._analyzer.stem(slips[token])
                readings.append(_Reading(token._replace(term=term), How.TYPO, slips[token]))
            elif not _inside(token, translations):
                readings.append(_Reading(token))
        return sorted(readings, key=lambda reading: reading.token.start)

    def _meant(self, token: Token, text: str) -> str | None:
        return self._speller.correct("".join(words(_typed(token, text)))) if token.term.isascii() else None

    def _named(self, concept: Token, tokens: Sequence[Token], text: str) -> Sought:
        known = any(token.term in self._idfs for token in tokens if _inside(token, (concept,)))
        return Sought(concept.term, CONCEPT if known else ALONE, How.ALIAS, _typed(concept, text))

    def _joined(self, tokens: Sequence[Token], text: str) -> Iterator[Sought]:
        """Neighbours that the passages write together: "pull out" for pullout."""
        for a, b in pairwise(tokens):
            term = self._analyzer.stem(a.term + b.term)
            if term in self._idfs and term not in {a.term, b.term}:
                yield Sought(term, JOINED, How.JOINED, text[a.start : b.end])


class _Reading(NamedTuple):
    """A term of a question, how it came about, and the word that was put in the place of a slip."""

    token: Token
    how: How = How.TYPED
    meant: str | None = None


def _typed(token: Token, text: str) -> str:
    return text[token.start : token.end]


def _inside(token: Token, spans: Iterable[Token | Translation]) -> bool:
    return any(one.start <= token.start and token.end <= one.end for one in spans)
