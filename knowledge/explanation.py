"""Why a passage was found: which parts of the question matched, how, and what each adds to its score."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from knowledge.analysis import Token, folded
from knowledge.index import Index
from knowledge.lexicon import Lexicon
from knowledge.meaning import How, Meaning
from knowledge.models import Passage
from knowledge.thesaurus import MARK

ASKS = "asks"  # matched in the questions that a passage is known to answer, not in its heading or text
RELATED = "related words"
TOGETHER = "words together"
TIME = "time asked for"
SUCCESSION = "newer facts"  # takes the place of a passage that it supersedes
SUCCEEDED = "older facts"  # gives its place to the passage that supersedes it
SHOWN = "shown before"  # answered the question that this one follows on
FILTERS = "filters"

_LEAST = 1e-9  # of a score: below it a difference is rounding

_Part = tuple[str, str, str, float]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a score.

    `what` are the words of the question, `how` they matched, and `found` the words of the passage that they met ("" for
    none that it shows). `points` is what they add to the score, below 0 for what is taken off; `share` is the same as a part of the score.
    """

    what: str
    how: str
    found: str
    points: float
    share: float


class Wording:
    """The words of one passage's heading and text, by the terms that they stand for."""

    def __init__(self, passage: Passage, tokens_of: Callable[[str], Sequence[Token]], lexicon: Lexicon) -> None:
        self.superseded = passage.superseded_by is not None
        self._forms: defaultdict[str, list[str]] = defaultdict(list)
        for field in (passage.text, *reversed(passage.heading)):
            tokens = tokens_of(field)
            plain = [token for token in tokens if not token.term.startswith(MARK)]
            for token in tokens:
                self._forms[token.term].append(field[token.start : token.end])
            for related in lexicon.related([token.term for token in plain]):
                words = " ".join(self._forms[term][0] for term in related.term.split())
                for name in related.sets:
                    self._forms[name].append(words)

    def form(self, terms: Iterable[str], typed: str) -> str:
        """How the passage puts one of the terms: as it was typed if it does anywhere, or in its first form."""
        forms = [form for term in terms for form in self._forms.get(term, ())]
        wanted = _plain(typed)
        return next((form for form in forms if _plain(form) == wanted), forms[0] if forms else "")


def shares(index: Index, meaning: Meaning, place: int, score: float, wording: Wording) -> tuple[Share, ...]:
    """The parts of a passage's score, greatest first; their points add up to it."""
    parts = list(_parts(index, meaning, place, wording))
    rest = score - sum(points for *_, points in parts)
    if not meaning.sought:
        parts.append(("", FILTERS, "", score))
    elif abs(rest) > _LEAST * score:
        parts.append(("", _rest(meaning, rest, superseded=wording.superseded), "", rest))
    parts.sort(key=itemgetter(0, 1, 2))
    merged = []
    for (what, how, found), some in groupby(parts, key=itemgetter(0, 1, 2)):
        points = sum(value for *_, value in some)
        merged.append(Share(what, how, found, points, points / score))
    return tuple(sorted(merged, key=lambda share: -share.points))


def hundredths(values: Sequence[float]) -> list[int]:
    """Values in hundredths, rounded so that they add up to their rounded sum: the largest remainders go up."""
    floors = [int(value * 100 // 1) for value in values]
    left = round(sum(values) * 100) - sum(floors)
    by_remainder = sorted(range(len(values)), key=lambda at: floors[at] - values[at] * 100)
    up = set(by_remainder[:left])
    return [floor + (at in up) for at, floor in enumerate(floors)]


def _rest(meaning: Meaning, rest: float, *, superseded: bool) -> str:
    """What the ranking itself gives or takes."""
    if rest < 0:
        return SUCCEEDED if superseded else SHOWN
    return TIME if meaning.times else SUCCESSION


def _parts(index: Index, meaning: Meaning, place: int, wording: Wording) -> Iterator[_Part]:
    typed = {one.term: one.typed for one in meaning.sought}
    for one in meaning.sought:
        if points := one.weight * index.share(one.term, place):
            seen = one.how is How.TYPO or one.term in index.seen[place]
            found = wording.form([one.term], one.typed) if seen else ""
            yield one.typed, str(one.how) if seen else ASKS, found, points
    for related in meaning.related:
        if points := index.related_share(related, place):
            words = _words(related.term, typed)
            yield words, RELATED, wording.form(related.sets, words), points
    for pair in meaning.pairs:
        if points := index.pair_share(pair, place):
            yield _words(pair, typed), TOGETHER, "", points


def _words(terms: str, typed: Mapping[str, str]) -> str:
    """Terms as they were typed; several may be one word of another language."""
    return " ".join(dict.fromkeys(typed.get(term, term) for term in terms.split()))


def _plain(text: str) -> list[str]:
    return [token.term for token in folded(text)]
