"""What a corpus holds, counted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.dates import PartialDate
from knowledge.models import Basis, Corpus, Passage

STALE = 365  # days before the corpus's date; a topic without a later fact is stale


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of everything. `superseded` are passages that name their successor."""

    passages: int
    sources: int
    topics: int
    issues: int
    recommendations: int
    positions: int
    actors: int
    events: int
    superseded: int


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What cites one source: passages that rest on it alone, passages compiled from it and others, and the rest."""

    id: str
    alone: int
    compiled: int
    events: int
    recommendations: int

    @property
    def total(self) -> int:
        """All citations of it."""
        return self.alone + self.compiled + self.events + self.recommendations


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """What belongs to one topic; the dates of its oldest and newest passage; no fact younger than a year: `stale`."""

    id: str
    passages: int
    sources: int
    issues: int
    recommendations: int
    events: int
    oldest: PartialDate | None
    newest: PartialDate | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """The counts of a corpus. `sources` come most cited first, `topics` in the order of the corpus."""

    version: str
    date: PartialDate
    counts: Counts
    citations: dict[Basis, int]
    sources: tuple[SourceCounts, ...]
    topics: tuple[TopicCounts, ...]


def count(corpus: Corpus) -> Statistics:
    """Count a corpus."""
    passages = corpus.passages.values()
    issues = corpus.issues.values()
    return Statistics(
        version=corpus.version,
        date=corpus.date,
        counts=Counts(
            passages=len(passages),
            sources=len(corpus.sources),
            topics=len(corpus.topics),
            issues=len(issues),
            recommendations=sum(len(issue.recommendations) for issue in issues),
            positions=sum(len(issue.positions) for issue in issues),
            actors=len(corpus.actors),
            events=len(corpus.events),
            superseded=sum(passage.superseded_by is not None for passage in passages),
        ),
        citations={basis: sum(passage.basis is basis for passage in passages) for basis in Basis},
        sources=_sources(corpus),
        topics=tuple(_topic(corpus, topic) for topic in corpus.topics),
    )


def _sources(corpus: Corpus) -> tuple[SourceCounts, ...]:
    passages = corpus.passages.values()
    alone = Counter(id_ for one in passages if one.basis is not Basis.COMPILED for id_ in one.sources)
    compiled = Counter(id_ for one in passages if one.basis is Basis.COMPILED for id_ in one.sources)
    events = Counter(id_ for event in corpus.events.values() for id_ in event.sources)
    advice = Counter(id_ for issue in corpus.issues.values() for one in issue.recommendations for id_ in one.sources)
    counted = (SourceCounts(id_, alone[id_], compiled[id_], events[id_], advice[id_]) for id_ in corpus.sources)
    return tuple(sorted(counted, key=lambda one: -one.total))


def _topic(corpus: Corpus, topic: str) -> TopicCounts:
    passages = [passage for passage in corpus.passages.values() if topic in passage.topics]
    issues = [issue for issue in corpus.issues.values() if topic in issue.topics]
    dates = _dates(passages)
    horizon = corpus.date.latest - dt.timedelta(days=STALE)
    return TopicCounts(
        id=topic,
        passages=len(passages),
        sources=len({id_ for passage in passages for id_ in passage.sources}),
        issues=len(issues),
        recommendations=sum(len(issue.recommendations) for issue in issues),
        events=sum(topic in event.topics for event in corpus.events.values()),
        oldest=min(dates, key=_order, default=None),
        newest=max(dates, key=_order, default=None),
        stale=all(date.latest < horizon for date in dates),
    )


def _dates(passages: Iterable[Passage]) -> list[PartialDate]:
    return [passage.as_of for passage in passages if passage.as_of]


def _order(date: PartialDate) -> tuple[dt.date, dt.date]:
    """By the first day that it may mean: of "2026" and "2026-07" the second is the newer."""
    return date.earliest, date.latest
