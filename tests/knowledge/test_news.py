"""What is newest in a corpus, by the dates of its facts."""

from dataclasses import replace

import pytest

from knowledge import news
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Corpus, Event, Passage, Source


def _dated(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.fixture(name="corpus")
def _corpus(library: Library) -> Corpus:
    """Three passages, and events of which two were announced, both before and after the newest fact."""
    passage = next(iter(library.corpus.passages.values()))
    source = next(iter(library.corpus.sources.values()))
    passages = [
        _passage(passage, "p/old", "2020-06", "p/mid"),
        _passage(passage, "p/older", "2019", "p/mid"),
        _passage(passage, "p/mid", "2026-04", "p/new"),
        _passage(passage, "p/new", "2026-07", None),
        _passage(passage, "p/undated", None, "p/new"),
    ]
    sources = [_source(source, "then", "2025-07-21"), _source(source, "now", "2026-07"), _source(source, "never", None)]
    events = [
        Event("report", _dated("2026-06-28"), "Raids.", (), ("now",)),
        Event("late-report", _dated("2026-07-02"), "Talks.", (), ("then", "now")),
        Event("came-true", _dated("2025-12-31"), "A mandate ends.", (), ("then",)),
        Event("plan", _dated("2026-09"), "A mission ends.", (), ("then", "now")),
        Event("sooner-plan", _dated("2026-08-27"), "An accord ends.", (), ("then",)),
        Event("undated-source", _dated("2024"), "A visit.", (), ("never",)),
    ]
    return replace(
        library.corpus,
        passages={one.id: one for one in passages},
        sources={one.id: one for one in sources},
        events={one.id: one for one in events},
        issues={},
    )


def _passage(like: Passage, id_: str, as_of: str | None, by: str | None) -> Passage:
    return replace(like, id=id_, as_of=_dated(as_of) if as_of else None, superseded_by=by)


def _source(like: Source, id_: str, published: str | None) -> Source:
    return replace(like, id=id_, published=_dated(published) if published else None)


def test_the_latest_are_reported_ones(corpus: Corpus) -> None:
    """Newest first, and nothing that a publication only announced."""
    assert [one.id for one in news.latest(corpus, 5)] == ["late-report", "report", "undated-source"]
    assert [one.id for one in news.latest(corpus, 1)] == ["late-report"]


def test_what_was_announced_for_later(corpus: Corpus) -> None:
    """Soonest first, and only what lies after the newest fact: of the rest a reader would have heard."""
    assert [one.id for one in news.pending(corpus, 5)] == ["sooner-plan", "plan"]


def test_the_newest_fact(corpus: Corpus) -> None:
    """A day is later than the month that it is in; plans do not count; a corpus without dates has none."""
    assert news.newest_fact(corpus) == _dated("2026-07-02")
    assert news.newest_fact(replace(corpus, passages={}, events={})) is None


def test_what_was_overtaken(corpus: Corpus) -> None:
    """The newest replacement first, each once, with the latest of what it replaced; what has no date comes last."""
    pairs = [(old.id, new.id) for old, new in news.overtaken(corpus, 5)]

    assert pairs == [("p/mid", "p/new"), ("p/old", "p/mid")]
    assert len(news.overtaken(corpus, 1)) == 1


def test_the_shipped_corpus(library: Library) -> None:
    """Nothing is called news that lies after the newest fact, and every overtaken fact is older than its successor."""
    newest = news.newest_fact(library.corpus)
    latest = news.latest(library.corpus, 5)

    assert newest is not None
    assert len(latest) == 5
    assert all(one.date.earliest <= newest.earliest for one in latest)
    assert all(one.date.latest > newest.latest for one in news.pending(library.corpus, 9))
