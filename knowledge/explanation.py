"""Why a passage was found: which parts of the question matched, how, and their share of its score."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from knowledge.index import Index
from knowledge.meaning import How, Meaning

ASKS = "asks"  # matched in the questions that a passage is known to answer, not in its heading or text
RELATED = "related words"
TOGETHER = "words together"
TIME = "time asked for"
SUCCESSION = "newer facts"  # takes the place of a passage that it supersedes
FILTERS = "filters"

_LEAST = 1e-9  # of a score: below it a difference is rounding


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a score: the words of the question, how they matched, and how much of the score is theirs (0 to 1)."""

    what: str
    how: str
    share: float


def shares(index: Index, meaning: Meaning, place: int, score: float) -> tuple[Share, ...]:
    """The parts of a passage's score, greatest first; they add up to 1."""
    parts = list(_parts(index, meaning, place))
    matched = sum(value for _, _, value in parts)
    if not meaning.sought:
        parts.append(("", FILTERS, score))
    elif score - matched > _LEAST * score:
        parts.append(("", TIME if meaning.times else SUCCESSION, score - matched))
    total = sum(value for _, _, value in parts)
    parts.sort(key=lambda part: part[:2])
    merged = (
        Share(what, how, sum(value for *_, value in some) / total)
        for (what, how), some in groupby(parts, key=lambda part: part[:2])
    )
    return tuple(sorted(merged, key=lambda share: -share.share))


def _parts(index: Index, meaning: Meaning, place: int) -> Iterator[tuple[str, str, float]]:
    for one in meaning.sought:
        value = one.weight * index.share(one.term, place)
        if value:
            seen = one.how is How.TYPO or one.term in index.seen[place]
            yield one.typed, str(one.how) if seen else ASKS, value
    near = sum(index.related_share(one, place) for one in meaning.related)
    if near:
        yield "", RELATED, near
    together = sum(index.pair_share(pair, place) for pair in meaning.pairs)
    if together:
        yield "", TOGETHER, together
