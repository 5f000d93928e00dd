"""A question that depends on the one before it, searched together with that one.

"and the Kurds?" after "what did USIP advise about Iran?" is one question: its own words count in full, those taken over
less, and a name or a time of its own takes the place of those before it. Filters are taken over unless they are set anew.
When a question depends on another, `knowledge.dependence` says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from knowledge.confidence import Evidence, Thing
from knowledge.dependence import YEAR, is_loose
from knowledge.filters import Request
from knowledge.meaning import Meaning, Sought
from knowledge.models import Query
from knowledge.query import MAX_BEFORE, cut

# Weights of what is taken over, beside the question's own words, which count one. Measured: tests/evaluation/followups.yaml.
CARRIED: Final = 0.3
REPLACED: Final = 0.1  # a name of before, when the question has a name of its own
SEEN: Final = 0.8  # what the passage that answered before keeps of its score, since the reader has it already

# Filters read these as the straight mark, which would end what a follow-up carries.
_QUOTES: Final = str.maketrans('"', "”")


def context(last: Query) -> str:
    """What a question is read with that follows on `last`: at most `MAX_BEFORE` characters; the oldest words go first."""
    newest = cut(last.text, MAX_BEFORE)
    room = MAX_BEFORE - len(newest) - 1
    older = (
        last.before if len(last.before) <= room else last.before[len(last.before) - max(room, 0) :].partition(" ")[2]
    )
    return f"{older} {newest}".strip().translate(_QUOTES)


def narrowed(request: Request, before: Request) -> Request:
    """A request with the filters of the one before it, where no filter of their kind is set anew."""
    anew = {one.key for one in request.filters}
    kept = (one for one in before.filters if one.key not in anew)
    return replace(request, filters=(*request.filters, *kept))


def joined(meaning: Meaning, before: Meaning) -> Meaning:
    """What both look for together. What is taken over has no place in the question, and so is not missed by name."""
    moved = [(weight, thing._replace(start=0, end=0)) for weight, thing in before.evidence.parts]
    if not meaning.sought:  # "why?": there is nothing beside which the words of before could count less
        return replace(before, evidence=Evidence(moved))
    loose = {one.term for one in meaning.sought if is_loose(one.typed)}
    own = (one._replace(weight=one.weight * CARRIED) if one.term in loose else one for one in meaning.sought)
    parts = (
        (weight * CARRIED if loose.issuperset(one.words or "-") else weight, one)
        for weight, one in meaning.evidence.parts
    )
    return replace(
        meaning,
        sought=(*own, *_sought(before, meaning)),
        pairs=tuple(dict.fromkeys((*meaning.pairs, *before.pairs))),
        evidence=Evidence([*parts, *_evidence(moved, meaning)]),
        times=meaning.times or before.times,
    )


def is_new(meaning: Meaning) -> bool:
    """Whether a follow-up looks for anything that the question before did not: "why?" and "since when?" do not."""
    return not all(is_loose(one.typed) for one in meaning.sought)


def _evidence(before: Iterable[tuple[float, Thing]], meaning: Meaning) -> Iterator[tuple[float, Thing]]:
    """The evidence that is taken over."""
    own = {(thing.words, thing.concepts) for _, thing in meaning.evidence.parts}
    named = _has_name(meaning)
    for weight, thing in before:
        replaced_time = bool(meaning.times) and bool(thing.words) and all(map(YEAR.fullmatch, thing.words))
        if (thing.words, thing.concepts) not in own and not replaced_time:
            yield weight * (REPLACED if named and thing.concepts else CARRIED), thing


def _sought(before: Meaning, meaning: Meaning) -> Iterator[Sought]:
    """The terms that are taken over."""
    own = {one.term for one in meaning.sought}
    names = {term for _, thing in before.evidence.parts if thing.concepts for term in (*thing.words, *thing.concepts)}
    replaced = names if _has_name(meaning) else frozenset()
    for one in before.sought:
        if one.term not in own and not (meaning.times and YEAR.fullmatch(one.term)):
            yield one._replace(weight=one.weight * (REPLACED if one.term in replaced else CARRIED))


def _has_name(meaning: Meaning) -> bool:
    return any(thing.concepts for _, thing in meaning.evidence.parts)
