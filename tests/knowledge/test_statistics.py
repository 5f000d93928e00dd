from dataclasses import replace

from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Basis, Corpus
from knowledge.statistics import Counts, SourceCounts, TopicCounts, count


def dated(corpus: Corpus, dates: dict[str, str | None]) -> Corpus:
    """The corpus with other dates for some passages, by id."""
    passages = {
        id_: replace(one, as_of=PartialDate.parse(date) if (date := dates[id_]) else None) if id_ in dates else one
        for id_, one in corpus.passages.items()
    }
    return replace(corpus, passages=passages)


def test_the_tiny_corpus(tiny: Library) -> None:
    """Everything in it is counted where it belongs."""
    found = count(tiny.corpus)
    assert (found.version, found.date) == (tiny.corpus.version, tiny.corpus.date)
    assert found.counts == Counts(
        passages=6,
        sources=2,
        topics=2,
        issues=1,
        recommendations=1,
        positions=1,
        actors=2,
        events=1,
        superseded=1,
    )
    assert found.citations == {Basis.SUMMARY: 5, Basis.COMPILED: 1, Basis.VERBATIM: 0}
    assert found.sources == (
        SourceCounts("south-2021", alone=3, compiled=1, events=0, recommendations=1),
        SourceCounts("north-2020", alone=2, compiled=1, events=1, recommendations=0),
    )
    june, march = PartialDate(2020, 6), PartialDate(2021, 3)
    assert found.topics == (
        TopicCounts("energy", 4, 2, 1, 1, 0, oldest=june, newest=march, stale=True),
        TopicCounts("security", 2, 1, 0, 0, 1, oldest=march, newest=march, stale=True),
    )


def test_the_newest_and_the_oldest(tiny: Library) -> None:
    """Dates stand in the order of the first day that they may mean, the more precise of two that begin alike last."""
    corpus = dated(
        tiny.corpus,
        {
            "north-2020/gas-from-iran": "2019",
            "north-2020/waiver": "2019-01-01",
            "both/energy-compared": "2025-11",
            "south-2021/capture-flared-gas": "2025",
        },
    )
    energy, _ = count(corpus).topics
    assert (str(energy.oldest), str(energy.newest)) == ("2019-01-01", "2025-11")


def test_a_topic_grows_old(tiny: Library) -> None:
    """It is stale when no fact can be of the last year: a year alone may mean its last day."""
    facts = ["south-2021/pmf-and-the-state", "south-2021/muhandis"]
    stale = {
        date: count(dated(tiny.corpus, dict.fromkeys(facts, date))).topics[1].stale
        for date in ("2025", "2025-02", "2025-01-31", "2025-01-30", "2024", None)
    }
    assert stale == {"2025": False, "2025-02": False, "2025-01-31": False, "2025-01-30": True, "2024": True, None: True}


def test_an_empty_corpus(tiny: Library) -> None:
    """Nothing is counted as nothing; a topic without a fact has no dates."""
    corpus = tiny.corpus
    empty = Corpus("0", corpus.date, {}, {}, {}, {}, {}, corpus.topics, ())
    found = count(empty)
    assert found.counts == Counts(0, 0, 2, 0, 0, 0, 0, 0, 0)
    assert {(topic.oldest, topic.newest, topic.stale) for topic in found.topics} == {(None, None, True)}
