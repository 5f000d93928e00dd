"""What is newest in a corpus: what happened last, which facts were overtaken, and what was announced and not yet reported.

"Newest" goes by the dates of the facts and not by a clock: a corpus of November may know nothing after July, and a reader
must be told so.
"""

import datetime as dt

from knowledge.dates import PartialDate
from knowledge.models import Corpus, Event, Passage


def newest_fact(corpus: Corpus) -> PartialDate | None:
    """The date of the latest fact that a passage or an event reports."""
    dates = [one.as_of for one in corpus.passages.values() if one.as_of is not None]
    dates += [one.date for one in corpus.events.values() if not is_announced(corpus, one)]
    return max(dates, key=_age, default=None)


def latest(corpus: Corpus, most: int) -> tuple[Event, ...]:
    """The last events that a publication reports, the newest first."""
    reported = [one for one in corpus.events.values() if not is_announced(corpus, one)]
    return tuple(sorted(reported, key=lambda one: _age(one.date), reverse=True)[:most])


def pending(corpus: Corpus, most: int) -> tuple[Event, ...]:
    """What was announced for a day after the newest fact, the soonest first: the corpus cannot say how it went."""
    newest = newest_fact(corpus)
    announced = [one for one in corpus.events.values() if is_announced(corpus, one)]
    ahead = [one for one in announced if newest is None or one.date.latest > newest.latest]
    return tuple(sorted(ahead, key=lambda one: _age(one.date))[:most])


def overtaken(corpus: Corpus, most: int) -> tuple[tuple[Passage, Passage], ...]:
    """Facts and what replaced them, the newest replacement first; of several that one fact replaced, the latest."""
    passages = corpus.passages
    pairs = [(one, passages[one.superseded_by]) for one in passages.values() if one.superseded_by is not None]
    pairs.sort(key=lambda pair: (_dated(pair[1]), _dated(pair[0])), reverse=True)
    first: dict[str, tuple[Passage, Passage]] = {}
    for old, new in pairs:
        first.setdefault(new.id, (old, new))
    return tuple(first.values())[:most]


def is_announced(corpus: Corpus, event: Event) -> bool:
    """Whether all that is known of an event was published before its day."""
    published = [corpus.sources[id_].published for id_ in event.sources]
    return bool(published) and all(one is not None and one.latest < event.date.earliest for one in published)


def _dated(passage: Passage) -> tuple[dt.date, dt.date]:
    return _age(passage.as_of) if passage.as_of is not None else (dt.date.min, dt.date.min)


def _age(date: PartialDate) -> tuple[dt.date, dt.date]:
    """A key that puts the oldest first; a year or a month alone vouches for no more than its first day."""
    return date.earliest, date.latest
