"""What a digest says: composed from the corpus and what this channel was sent before. Pure and deterministic.

The rules, in the order in which they decide:

1. An issue that appeared in one of the last five digests waits, unless it or its advice was changed since then.
2. News (an issue that is new or changed) takes the places first. Then issues take turns: settled ones last, those that
   never appeared or did so longest ago before others, open before eased, the latest facts before old.
3. There are at most five. A channel with topics gets only issues that touch them, evenly over six digests: twelve
   issues are two a week, rather than five, five, two and then three empty digests.
4. They are listed open before eased before settled, news before the rest, the latest facts before old.
"""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jobs.periods import Period, span
from knowledge.contents import Kind, contents, keys_of
from knowledge.dates import PartialDate
from knowledge.models import Corpus, Event, Issue, Recommendation, Status

ISSUES: Final = 5
ROTATION: Final = 6  # no issue twice within so many digests in a row
HISTORY: Final = 26  # past digests that `compose` should know of, so that all of 130 issues come before one returns
ADVICE: Final = 2
EVENTS: Final = 3
_ROUND: Final = 5  # the fifth and the tenth year are remembered before the seventh
_RANKS: Final = {Status.OPEN: 0, Status.EASED: 1, Status.SETTLED: 2}


class Reason(StrEnum):
    """Why an issue is in a digest."""

    NEW = "new"  # it was not in the corpus when the last digest was made
    CHANGED = "changed"  # its text was changed since it appeared (or, if it never did, since the last digest)
    ADVISED = "advised"  # only its recommendations were
    STANDING = "standing"  # its turn has come


@dataclass(frozen=True, slots=True)
class Past:
    """A digest that was posted: when, the contents that it was made from, and the ids of its issues.

    The date of `posted_at` in its own zone is what readers are told.
    """

    period: Period
    posted_at: dt.datetime
    manifest: Mapping[str, str]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different since the last digest, as keys ``<kind>:<id>``, in the order of the corpus."""

    since: dt.date
    new: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.new or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class Item:
    """An issue in a digest: why it is there, the topic that the channel asked for, and one or two recommendations.

    `since` is the day of the digest that had it last, or None when none did. `topic` is None in a channel for all
    topics.
    """

    issue: Issue
    reason: Reason
    since: dt.date | None
    topic: str | None
    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest of one channel.

    `changes` is None in a channel's first. `events` are those that a day of the period is an anniversary of. `missed`
    are periods whose digest was never sent. `manifest` is kept with the digest: the next one is compared with it.
    """

    period: Period
    first: dt.date
    last: dt.date
    topics: tuple[str, ...]
    items: tuple[Item, ...]
    changes: Changes | None
    events: tuple[Event, ...]
    missed: tuple[Period, ...]
    corpus_version: str
    corpus_date: PartialDate
    manifest: Mapping[str, str]

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing that this channel asked for is different since its last digest."""
        return self.changes is not None and self.changes.is_empty


def compose(
    corpus: Corpus,
    subscription_topics: Sequence[str],
    history: Sequence[Past],
    period: Period,
    *,
    missed: Sequence[Period] = (),
    manifest: Mapping[str, str] | None = None,
) -> Digest:
    """The digest of a period for a channel with these topics (none: all) and these past digests, newest first.

    `manifest` are the corpus's contents, if somebody has them at hand: they are the same for every channel.
    `history` needs the last five; with `HISTORY` of them, every issue has its turn.
    """
    first, last = span(period)
    manifest = contents(corpus) if manifest is None else manifest
    topics = frozenset(subscription_topics)
    return Digest(
        period=period,
        first=first,
        last=last,
        topics=tuple(topic for topic in corpus.topics if topic in topics),
        items=_items(corpus, topics, history, manifest),
        changes=_changes(corpus, topics, history, manifest) if history else None,
        events=anniversaries([one for one in corpus.events.values() if _touches(one.topics, topics)], first, last),
        missed=tuple(missed),
        corpus_version=corpus.version,
        corpus_date=corpus.date,
        manifest=manifest,
    )


def anniversaries(events: Sequence[Event], first: dt.date, last: dt.date) -> tuple[Event, ...]:
    """At most three events of a known day that these days are anniversaries of, in the order of the calendar.

    Round years come first, then the latest, and one event stands for its date; 29 February is remembered on the 28th
    where there is none.
    """
    dated = {event.date: event for event in reversed(events)}
    found = [(day, event) for event in dated.values() if (day := _anniversary(event.date, first, last))]
    found.sort(key=lambda one: ((one[0].year - one[1].date.year) % _ROUND != 0, -one[1].date.year, one[0]))
    return tuple(event for _, event in sorted(found[:EVENTS], key=lambda one: (one[0], one[1].date.year)))


def advice(issue: Issue, news: AbstractSet[str] = frozenset()) -> tuple[Recommendation, ...]:
    """One or two recommendations: what is news (keys) and the newest first, the second for others than the first."""
    ordered = sorted(
        issue.recommendations, key=lambda one: (Kind.RECOMMENDATION.key(one.id) not in news, *_age(one.as_of))
    )
    if not ordered:
        return ()
    chosen, *others = ordered
    others.sort(key=lambda one: len(set(one.addressees) & set(chosen.addressees)))  # stable: the newest of the best
    return (chosen, *others[: ADVICE - 1])


def _touches(topics: Sequence[str], wanted: AbstractSet[str]) -> bool:
    return not wanted or not wanted.isdisjoint(topics)


def _age(date: PartialDate) -> tuple[int, int]:
    """A key that puts the latest first; a year or a month alone vouches for no more than its first day."""
    return -date.earliest.toordinal(), -date.latest.toordinal()


def _anniversary(date: PartialDate, first: dt.date, last: dt.date) -> dt.date | None:
    """The day from `first` to `last` on which a date of an earlier year comes round."""
    if date.month is None or date.day is None:
        return None
    for year in {first.year, last.year}:
        day = dt.date(year, date.month, min(date.day, calendar.monthrange(year, date.month)[1]))
        if first <= day <= last and date.year < year:
            return day
    return None


def _changes(corpus: Corpus, topics: AbstractSet[str], history: Sequence[Past], manifest: Mapping[str, str]) -> Changes:
    """The difference of two manifests, of the topics alone.

    What was withdrawn has no topics any more; a channel with topics hears of the issues that it was sent.
    """
    last = history[0]
    scope = _scope(corpus, topics)
    sent = {Kind.ISSUE.key(id_) for past in history for id_ in past.issues}
    return Changes(
        last.posted_at.date(),
        tuple(key for key in manifest if key in scope and key not in last.manifest),
        tuple(key for key in manifest if key in scope and last.manifest.get(key, manifest[key]) != manifest[key]),
        tuple(key for key in last.manifest if key not in manifest and (not topics or key in sent)),
    )


def _scope(corpus: Corpus, topics: AbstractSet[str]) -> set[str]:
    """The keys of everything that touches one of the topics; a recommendation belongs where its issue does."""
    issues = [one for one in corpus.issues.values() if _touches(one.topics, topics)]
    found = {Kind.ISSUE.key(one.id) for one in issues} | {key for one in issues for key in keys_of(one)}
    found |= {Kind.PASSAGE.key(one.id) for one in corpus.passages.values() if _touches(one.topics, topics)}
    return found | {Kind.EVENT.key(one.id) for one in corpus.events.values() if _touches(one.topics, topics)}


def _items(
    corpus: Corpus, topics: AbstractSet[str], history: Sequence[Past], manifest: Mapping[str, str]
) -> tuple[Item, ...]:
    pool = [one for one in corpus.issues.values() if _touches(one.topics, topics)]
    items = [_item(issue, topics, history, manifest) for issue in pool]
    appeared = {id_: -place for place, past in reversed([*enumerate(history)]) for id_ in past.issues}
    recent = {id_ for past in history[: ROTATION - 1] for id_ in past.issues}

    def turn(item: Item) -> tuple[bool, int, int, bool, int, int]:
        issue, rank = item.issue, _RANKS[item.issue.status]
        longest_ago = appeared.get(issue.id, -len(history) - 1)
        return issue.status is Status.SETTLED, longest_ago, rank, issue.topics[0] not in topics, *_age(issue.as_of)

    news = sorted((item for item in items if item.reason is not Reason.STANDING), key=turn)[:ISSUES]
    turns = sorted((item for item in items if item.reason is Reason.STANDING and item.issue.id not in recent), key=turn)
    # What is left for the rest of the rotation, in equal parts, rounded up.
    share = -(-len(turns) // (ROTATION - min(len(history), ROTATION - 1)))
    chosen = news + turns[: min(share, ISSUES - len(news))]
    return tuple(sorted(chosen, key=_listed))


def _listed(item: Item) -> tuple[int, bool, int, int]:
    return _RANKS[item.issue.status], item.reason is Reason.STANDING, *_age(item.issue.as_of)


def _item(issue: Issue, topics: AbstractSet[str], history: Sequence[Past], manifest: Mapping[str, str]) -> Item:
    shown = next((past for past in history if issue.id in past.issues), None)
    base = next((past.manifest for past in (shown, *history[:1]) if past is not None and past.manifest), None)
    fresh = set() if base is None else {key for key in keys_of(issue) if base.get(key) != manifest[key]}
    return Item(
        issue,
        _reason(Kind.ISSUE.key(issue.id), base, manifest, advised=bool(fresh)),
        shown.posted_at.date() if shown else None,
        next((topic for topic in issue.topics if topic in topics), None),
        advice(issue, fresh),
    )


def _reason(key: str, base: Mapping[str, str] | None, manifest: Mapping[str, str], *, advised: bool) -> Reason:
    if base is None:
        return Reason.STANDING
    if key not in base:
        return Reason.NEW
    if base[key] != manifest[key]:
        return Reason.CHANGED
    return Reason.ADVISED if advised else Reason.STANDING
