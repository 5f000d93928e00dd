"""The register: key issues, advice, actors, events and publications of a corpus, looked up by what they are about."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from knowledge.analysis import folded
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Actor, Basis, Corpus, Event, Issue, Passage, Position, Recommendation, Source
from knowledge.naming import Naming

RECENT: Final = 2 * 365  # days before the corpus's date; what is said since then is "now", what is older is "then"
KEPT: Final = 2  # registers: of the corpus that answers and of the one that replaces it


class Era(StrEnum):
    """Whether something rests on recent facts."""

    NOW = "now"
    THEN = "then"


@dataclass(frozen=True, slots=True)
class Held:
    """A position and the issue on which it is held; `first` and `last` are the dates of the facts that it rests on."""

    issue: Issue
    position: Position
    first: PartialDate | None
    last: PartialDate | None


@dataclass(frozen=True, slots=True)
class Side:
    """One party of an issue: its positions, and the oldest and the newest passage on the issue that is about it.

    Of a single passage one of the two is None: it is `now` when it is recent, and else `then`.
    """

    party: str
    positions: tuple[Held, ...]
    then: Passage | None
    now: Passage | None


@dataclass(slots=True)
class Resting:
    """What rests on one source: passages on it alone, passages compiled from it and others, advice, events, issues."""

    alone: list[Passage] = field(default_factory=list)
    compiled: list[Passage] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many things."""
        return len(self.alone) + len(self.compiled) + len(self.recommendations) + len(self.events)


class Register:
    """Look-ups over one corpus. Never changes; lists come in the order that each method names."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.horizon = corpus.date.latest - dt.timedelta(days=RECENT)
        self.names = Naming(corpus)

    def prepare(self) -> None:
        """Make now what else is made when it is first used, in about a tenth of a second."""
        self.names.prepare()
        self.events(actor="")
        self.resting("")

    # ------------------------------------------------------------------ issues and advice

    def issues(self, topic: str | None = None) -> tuple[Issue, ...]:
        """The issues of a topic, those first whose main topic it is, then the newest; without one all, by main topic."""
        issues = self.corpus.issues.values()
        if topic is None:
            order = list(self.corpus.topics)
            return tuple(sorted(issues, key=lambda one: (order.index(one.topics[0]), _oldness(one.as_of))))
        chosen = (one for one in issues if topic in one.topics)
        return tuple(sorted(chosen, key=lambda one: (one.topics[0] != topic, _oldness(one.as_of))))

    def recommendations(self, *, topic: str | None = None, addressee: str | None = None) -> tuple[Recommendation, ...]:
        """The advice on a topic, or to an actor, or all; the newest first."""
        chosen = (
            advice
            for issue in self.corpus.issues.values()
            for advice in issue.recommendations
            if (topic is None or self._is_on(issue, advice, topic))
            and (addressee is None or addressee in advice.addressees)
        )
        return tuple(sorted(chosen, key=lambda one: _oldness(one.as_of)))

    def _is_on(self, issue: Issue, advice: Recommendation, topic: str) -> bool:
        """Whether it is about a topic: by its issue's main topic, or by its passages (an issue has many side topics)."""
        passages = self.corpus.passages
        return issue.topics[0] == topic or any(topic in passages[id_].topics for id_ in advice.passages)

    def related_addressees(self, actor: Actor) -> tuple[tuple[Actor, int], ...]:
        """Other addressees of advice whose name has this one's in it, with the number of what they are advised."""
        count: defaultdict[str, int] = defaultdict(int)
        for advice in self.recommendations():
            for id_ in advice.addressees:
                count[id_] += 1
        name = {token.term for token in folded(actor.name)}
        others = (self.corpus.actors[id_] for id_ in count if id_ != actor.id)
        related = [(one, count[one.id]) for one in others if name <= {token.term for token in folded(one.name)}]
        return tuple(sorted(related, key=lambda pair: -pair[1]))

    # ------------------------------------------------------------------ parties

    def positions(self, party: str) -> tuple[Held, ...]:
        """What an actor wants and expects, on every issue; the newest facts first."""
        held = (
            self.held(issue, position)
            for issue in self.corpus.issues.values()
            for position in issue.positions
            if position.party == party
        )
        return tuple(sorted(held, key=lambda one: _oldness(one.last)))

    def held(self, issue: Issue, position: Position) -> Held:
        """A position with the dates of the facts that it rests on."""
        dated = _by_date(self.corpus.passages[id_] for id_ in position.passages)
        return Held(issue, position, dated[0].as_of if dated else None, dated[-1].as_of if dated else None)

    def sides(self, issue: Issue) -> tuple[Side, ...]:
        """The parties of an issue side by side, in its order, each then and now."""
        parties = dict.fromkeys(position.party for position in issue.positions)
        return tuple(self._side(issue, party) for party in parties)

    def _side(self, issue: Issue, party: str) -> Side:
        positions = tuple(self.held(issue, one) for one in issue.positions if one.party == party)
        own = [id_ for held in positions for id_ in held.position.passages]
        passages = [self.corpus.passages[id_] for id_ in dict.fromkeys((*issue.passages, *own))]
        dated = _by_date(one for one in passages if one.id in own or party in one.parties)
        if len(dated) == 1:
            recent = self.era(dated[0].as_of) is Era.NOW
            return Side(party, positions, None if recent else dated[0], dated[0] if recent else None)
        return Side(party, positions, dated[0] if dated else None, dated[-1] if dated else None)

    def era(self, date: PartialDate | None) -> Era:
        """Now or then; what has no date is "then"."""
        return Era.NOW if date is not None and date.latest >= self.horizon else Era.THEN

    def concerning(self, actor: str) -> tuple[Issue, ...]:
        """The issues on which an actor takes a position or is advised, the newest first."""
        chosen = (
            issue
            for issue in self.corpus.issues.values()
            if any(one.party == actor for one in issue.positions)
            or any(actor in one.addressees for one in issue.recommendations)
        )
        return tuple(sorted(chosen, key=lambda one: _oldness(one.as_of)))

    def facts(self, actor: Actor) -> tuple[Passage, ...]:
        """The dated passages about an actor, the newest first."""
        return tuple(reversed(_by_date(self.corpus.passages[id_] for id_ in actor.passages)))

    def actors(self) -> tuple[Actor, ...]:
        """All actors, by kind in the order of the corpus, then those with most passages first."""
        kinds = list(dict.fromkeys(one.kind for one in self.corpus.actors.values()))
        return tuple(sorted(self.corpus.actors.values(), key=lambda one: (kinds.index(one.kind), -len(one.passages))))

    # ------------------------------------------------------------------ events

    def events(
        self,
        *,
        topic: str | None = None,
        actor: str | None = None,
        since: PartialDate | None = None,
        until: PartialDate | None = None,
    ) -> tuple[Event, ...]:
        """The events on a topic, or that name an actor, in a time (`since` and `until` are in it); the oldest first."""
        events = self.corpus.events.values() if actor is None else self._events_of.get(actor, ())
        chosen = (
            one
            for one in events
            if (topic is None or topic in one.topics)
            and (since is None or one.date.latest >= since.earliest)
            and (until is None or one.date.earliest <= until.latest)
        )
        return tuple(sorted(chosen, key=lambda one: (one.date.earliest, one.date.latest)))

    @functools.cached_property
    def _events_of(self) -> dict[str, list[Event]]:
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.corpus.events.values():
            for actor in dict.fromkeys(self.names.actors.named_in(event.text)):
                found[actor].append(event)
        return dict(found)

    # ------------------------------------------------------------------ publications

    def sources(self, *, topic: str | None = None, short: str | None = None) -> tuple[Source, ...]:
        """The publications on a topic, or of a publisher by its short name, or all; what most rests on comes first."""
        chosen = (
            one
            for one in self.corpus.sources.values()
            if (topic is None or topic in one.topics) and (short is None or short == one.short)
        )
        return tuple(sorted(chosen, key=lambda one: -self.resting(one.id).total))

    def resting(self, source: str) -> Resting:
        """What rests on a source, the newest first."""
        return self._resting.get(source) or Resting()

    @functools.cached_property
    def _resting(self) -> dict[str, Resting]:
        found: defaultdict[str, Resting] = defaultdict(Resting)
        for passage in sorted(self.corpus.passages.values(), key=lambda one: _oldness(one.as_of)):
            for id_ in passage.sources:
                resting = found[id_]
                (resting.compiled if passage.basis is Basis.COMPILED else resting.alone).append(passage)
        for advice in self.recommendations():
            for id_ in advice.sources:
                found[id_].recommendations.append(advice)
        for event in reversed(self.events()):
            for id_ in event.sources:
                found[id_].events.append(event)
        return dict(found)


@functools.lru_cache(KEPT)  # a library never changes
def register_of(library: Library) -> Register:
    """The register of a library's corpus."""
    return Register(library.corpus)


def _by_date(passages: Iterable[Passage]) -> list[Passage]:
    """The dated ones, the oldest first."""
    dated = [(one.as_of, one) for one in passages if one.as_of is not None]
    dated.sort(key=lambda pair: (pair[0].earliest, pair[0].latest))
    return [one for _, one in dated]


def _oldness(date: PartialDate | None) -> tuple[int, int]:
    """A key that sorts the newest first; what has no date comes last."""
    return (0, 0) if date is None else (-date.earliest.toordinal(), -date.latest.toordinal())
