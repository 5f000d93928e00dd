"""What a digest says: the rules, over long histories of corpora that change."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.digest import HISTORY, ISSUES, ROTATION, Digest, Past, Reason, advice, anniversaries, compose
from jobs.periods import span
from knowledge.contents import Kind, contents
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Corpus, Event, Issue, Status
from tests.jobs.corpora import CORPORA, TOPICS, corpus_of, issue, readvised, rewritten, without

WEEK = dt.timedelta(days=7)
START = dt.datetime(2026, 11, 2, 6, tzinfo=dt.UTC)
EDITS: tuple[Callable[[Corpus, str, str], Corpus], ...] = (
    rewritten,
    readvised,
    lambda corpus, id_, _: without(corpus, id_),
)


@dataclass(frozen=True)
class Week:
    """One week of a channel: what the corpus held, what the channel had been sent, and what it gets."""

    corpus: Corpus
    history: list[Past]
    digest: Digest


@st.composite
def channels(draw: st.DrawFn) -> list[Week]:
    """Up to twenty weeks of one channel, while issues are rewritten, advised on and withdrawn."""
    corpus: Corpus = draw(CORPORA)
    topics = draw(st.lists(st.sampled_from(TOPICS), unique=True, max_size=2))
    weeks: list[Week] = []
    history: list[Past] = []
    for number in range(draw(st.integers(1, 20))):
        for edit in draw(st.lists(st.sampled_from(EDITS), max_size=3)):
            if corpus.issues:
                corpus = edit(corpus, draw(st.sampled_from(sorted(corpus.issues))), f"in week {number}")
        digest = compose(corpus, topics, history, period(number))
        weeks.append(Week(corpus, list(history), digest))
        history.insert(0, past(number, digest))
    return weeks


def period(number: int) -> str:
    """The number-th week from the beginning of November 2026."""
    year, week, _ = (START + number * WEEK).isocalendar()
    return f"{year}-W{week:02}"


def past(number: int, digest: Digest) -> Past:
    """What the ledger keeps of a digest."""
    return Past(digest.period, START + number * WEEK, digest.manifest, tuple(item.issue.id for item in digest.items))


def said(corpus: Corpus, id_: str) -> set[tuple[str, str]]:
    """What a corpus says of an issue: the hash of its text and of each piece of advice."""
    keys = {Kind.ISSUE.key(id_), *(Kind.RECOMMENDATION.key(one.id) for one in corpus.issues[id_].recommendations)}
    return {(key, value) for key, value in contents(corpus).items() if key in keys}


def ids(digest: Digest) -> list[str]:
    """The ids of its issues."""
    return [item.issue.id for item in digest.items]


@given(channels())
def test_at_most_five_on_the_topics_and_no_repeats(weeks: list[Week]) -> None:
    """Never twice within six digests, unless its text or its advice was changed since; then it says that it was."""
    for week in weeks:
        digest = week.digest
        assert len(ids(digest)) == len(set(ids(digest))) <= ISSUES
        assert all(not digest.topics or set(digest.topics) & set(item.issue.topics) for item in digest.items)
        for item in digest.items:
            shown = next((one for one in week.history[: ROTATION - 1] if item.issue.id in one.issues), None)
            if shown is not None:
                assert said(week.corpus, item.issue.id) - set(shown.manifest.items())
                assert item.reason in {Reason.CHANGED, Reason.ADVISED}
                assert item.since == shown.posted_at.date()


@given(channels())
def test_fewer_rather_than_filler_and_none_without_need(weeks: list[Week]) -> None:
    """News has its place while there is one, and a digest is empty only when everything is news to nobody."""
    for week in weeks:
        recent = {id_ for one in week.history[: ROTATION - 1] for id_ in one.issues}
        topics = set(week.digest.topics)
        pool = [one for one in week.corpus.issues.values() if not topics or topics & set(one.topics)]
        waiting = [one.id for one in pool if one.id not in recent]
        news = [item for item in week.digest.items if item.reason is not Reason.STANDING]
        assert bool(week.digest.items) == bool(waiting or news)
        assert len(ids(week.digest)) >= min(ISSUES, -(-len(waiting) // ROTATION))
        if week.history:
            last = week.history[0].manifest
            fresh = [one.id for one in pool if last.get(key := Kind.ISSUE.key(one.id)) != week.digest.manifest[key]]
            assert len(set(fresh) & set(ids(week.digest))) == len(fresh) or len(news) == ISSUES


@given(channels())
def test_order(weeks: list[Week]) -> None:
    """Open before eased before settled, news before the rest, the latest facts before old."""
    ranks = {Status.OPEN: 0, Status.EASED: 1, Status.SETTLED: 2}
    for week in weeks:
        keys = [
            (ranks[item.issue.status], item.reason is Reason.STANDING, -item.issue.as_of.year)
            for item in week.digest.items
        ]
        assert keys == sorted(keys)


@given(channels())
def test_settled_ones_wait_for_all_others(weeks: list[Week]) -> None:
    """A settled issue takes no place that an open one could have had, unless it is news."""
    for week in weeks:
        recent = {id_ for one in week.history[: ROTATION - 1] for id_ in one.issues}
        topics = set(week.digest.topics)
        left = [
            one
            for one in week.corpus.issues.values()
            if one.status is not Status.SETTLED
            and one.id not in recent
            and one.id not in ids(week.digest)
            and (not topics or topics & set(one.topics))
        ]
        turns = [item.issue for item in week.digest.items if item.reason is Reason.STANDING]
        assert not (left and any(one.status is Status.SETTLED for one in turns))


@given(channels())
def test_changes_are_the_difference_of_two_manifests(weeks: list[Week]) -> None:
    """In a channel for everything: what is new, changed and withdrawn, and unchanged only when nothing is."""
    for week in weeks:
        changes = week.digest.changes
        if not week.history:
            assert changes is None
            assert not week.digest.is_unchanged
            continue
        assert changes is not None
        before, after = set(week.history[0].manifest.items()), set(week.digest.manifest.items())
        assert week.digest.is_unchanged == changes.is_empty
        if not week.digest.topics:
            gone, came = {key for key, _ in before - after}, {key for key, _ in after - before}
            assert set(changes.new) == came - gone
            assert set(changes.changed) == came & gone
            assert set(changes.withdrawn) == gone - came


@given(channels())
def test_the_same_again(weeks: list[Week]) -> None:
    """The same corpus and history give the same digest, in whatever order the topics were chosen."""
    for week in weeks:
        again = compose(week.corpus, week.digest.topics[::-1], week.history, week.digest.period)
        assert again == week.digest


@given(CORPORA, st.lists(st.sampled_from(TOPICS), unique=True, max_size=1))
def test_everything_has_its_turn(corpus: Corpus, topics: list[str]) -> None:
    """Over the weeks every issue that is not settled appears, evenly: a channel of few issues gets no bursts."""
    history: list[Past] = []
    for number in range(24):
        digest = compose(corpus, topics, history[:HISTORY], period(number))
        history.insert(0, past(number, digest))
    pool = {one.id for one in corpus.issues.values() if not topics or set(topics) & set(one.topics)}
    shown = {id_ for one in history for id_ in one.issues}
    sizes = [len(one.issues) for one in history]
    assert {id_ for id_ in pool if corpus.issues[id_].status is not Status.SETTLED} <= shown <= pool
    assert max(sizes) - min(sizes) <= 1


def test_an_issue_that_changes_again_comes_again() -> None:
    """Week after week, as long as it changes; and not in the week in which it does not."""
    corpus = corpus_of(*(issue(n, ("oil",), Status.OPEN, 2026, "u") for n in range(6)))
    first = compose(corpus, (), [], period(0))
    corpus = rewritten(corpus, ids(first)[0], "Otherwise.")
    second = compose(corpus, (), [past(0, first)], period(1))
    third = compose(corpus, (), [past(1, second), past(0, first)], period(2))

    assert second.items[0].issue.id == ids(first)[0]
    assert (second.items[0].reason, second.items[0].since) == (Reason.CHANGED, dt.date(2026, 11, 2))
    assert second.changes is not None
    assert second.changes.changed == (Kind.ISSUE.key(ids(first)[0]),)
    assert ids(first)[0] not in ids(third)
    assert third.is_unchanged


def test_what_found_no_place_comes_the_next_time() -> None:
    """Ten issues that were shown are changed at once: five come at once and five a week later, as changed."""
    corpus = corpus_of(*(issue(n, ("oil",), Status.OPEN, 2026, "u") for n in range(40)))
    history: list[Past] = []
    for number in range(2):
        history.insert(0, past(number, compose(corpus, (), history, period(number))))
    shown = [id_ for one in history for id_ in one.issues]
    for id_ in shown:
        corpus = rewritten(corpus, id_, "Otherwise.")
    third = compose(corpus, (), history, period(2))
    fourth = compose(corpus, (), [past(2, third), *history], period(3))

    assert {*ids(third), *ids(fourth)} == set(shown)
    assert {item.reason for item in (*third.items, *fourth.items)} == {Reason.CHANGED}
    assert fourth.is_unchanged


def test_more_issues_than_six_digests_hold() -> None:
    """All of 36 open ones have their turn before any returns, and four settled ones are never preferred to them."""
    states = [Status.OPEN] * 36 + [Status.SETTLED] * 4
    corpus = corpus_of(*(issue(n, ("oil",), status, 1990 + n, "u") for n, status in enumerate(states)))
    history: list[Past] = []
    for number in range(30):
        history.insert(0, past(number, compose(corpus, (), history[:HISTORY], period(number))))
    times = Counter(id_ for one in history for id_ in one.issues)

    assert set(times) == {f"i{n}" for n in range(36)}
    assert max(times.values()) - min(times.values()) <= 2


def test_a_manifest_that_is_gone() -> None:
    """Where an old digest's contents were not kept, the last one's tell what changed."""
    corpus = corpus_of(issue(0, ("oil",), Status.OPEN, 2026, "u"))
    first = compose(corpus, (), [], period(0))
    history = [past(1, compose(corpus, (), [past(0, first)], period(1))), replace(past(0, first), manifest={})]

    assert compose(corpus, (), history, period(2)).items == ()


def test_new_advice_is_news_and_stands_first() -> None:
    """An issue whose advice alone was changed comes again, and shows that advice first, however old it is."""
    corpus = corpus_of(issue(0, ("oil",), Status.OPEN, 2026, "ub"))
    first = compose(corpus, (), [], period(0))
    old = corpus.issues["i0"]
    rewrote = (old.recommendations[0], replace(old.recommendations[1], text="Do the other thing."))
    corpus = corpus_of(replace(old, recommendations=rewrote))
    (item,) = compose(corpus, (), [past(0, first)], period(1)).items

    assert item.reason is Reason.ADVISED
    assert [one.text for one in item.recommendations] == ["Do the other thing.", "Do it."]


@pytest.mark.parametrize(
    ("addressees", "chosen"),
    [("", ""), ("u", "u"), ("ub", "ub"), ("uub", "ub"), ("uuu", "uu"), ("ubt", "ub")],
)
def test_advice(addressees: str, chosen: str) -> None:
    """One or two: the newest, and the newest for somebody else where there is one."""
    found = advice(issue(0, ("oil",), Status.OPEN, 2026, addressees))

    assert "".join(one.addressees[0][0] for one in found) == chosen
    assert [one.as_of.year for one in found] == sorted((one.as_of.year for one in found), reverse=True)
    assert [one.as_of.year for one in found[:1]] == [2026][: len(found)]


def test_a_channel_with_topics() -> None:
    """It gets its own topics alone, is told which it was, and hears of no change elsewhere; unknown ones mean nothing."""
    corpus = corpus_of(
        issue(0, ("oil", "law"), Status.OPEN, 2026, "u"),
        issue(1, ("law",), Status.OPEN, 2026, "u"),
        issue(2, ("water",), Status.OPEN, 2026, "u"),
    )
    first = compose(corpus, ["law", "gone"], [], period(0))
    elsewhere = replace(corpus, issues=corpus.issues | {"i3": issue(3, ("oil",), Status.OPEN, 2026, "u")})
    second = compose(rewritten(elsewhere, "i2", "x"), ["law", "gone"], [past(0, first)], period(1))

    assert first.topics == ("law",)
    assert [(item.issue.id, item.topic) for item in (*first.items, *second.items)] == [("i1", "law"), ("i0", "law")]
    assert second.is_unchanged
    assert compose(corpus, ["gone"], [], period(0)).items == ()


def test_what_was_missed_is_said() -> None:
    """Periods that expired are in the next digest."""
    assert compose(corpus_of(), (), [], period(3), missed=["2026-W46", "2026-W47"]).missed == ("2026-W46", "2026-W47")


def test_a_corpus_without_issues() -> None:
    """There is a digest, with nothing in it."""
    digest = compose(corpus_of(), (), [], "2026-11")

    assert (digest.items, digest.events, digest.first, digest.last) == ((), (), *span("2026-11"))


def event(date: str, topic: str = "oil") -> Event:
    """Something that happened."""
    return Event(f"{date}-{topic}", PartialDate.parse(date), "It happened.", (topic,), ())


@pytest.mark.parametrize(
    ("dates", "week", "remembered"),
    [
        (["2008-11-17", "2008-11-23", "2008-11-29", "2008-11-30"], "2026-W48", ["2008-11-23", "2008-11-29"]),
        (["2008-11", "2008", "2026-11-24", "2027-11-24"], "2026-W48", []),
        (
            ["2025-11-23", "2024-11-24", "2023-11-25", "2016-11-26"],
            "2026-W48",
            ["2025-11-23", "2024-11-24", "2016-11-26"],
        ),
        (["2021-12-31", "2020-01-01"], "2026-W53", ["2021-12-31", "2020-01-01"]),
        (["2020-02-29"], "2027-W08", ["2020-02-29"]),
        (["2020-02-29"], "2028-W09", ["2020-02-29"]),
        (["2020-02-29"], "2028-W10", []),
    ],
)
def test_on_this_week(dates: list[str], week: str, remembered: list[str]) -> None:
    """Anniversaries of days of earlier years, three at most, the round ones first, in the order of the calendar."""
    found = anniversaries([event(date) for date in dates], *span(week))

    assert [str(one.date) for one in found] == remembered


def test_one_event_stands_for_its_day() -> None:
    """Of two on one date the first is remembered; and only what touches the channel's topics."""
    events = (event("2025-11-24"), event("2025-11-24", "law"), event("2024-11-25", "law"))

    assert [one.topics for one in compose(corpus_of(events=events), (), [], "2026-W48").events] == [("oil",), ("law",)]
    assert [str(one.date) for one in compose(corpus_of(events=events), ["oil"], [], "2026-W48").events] == [
        "2025-11-24"
    ]


def test_contents_of_the_shipped_corpus(library: Library) -> None:
    """A key for every passage, issue, recommendation and event; twelve digits; no two hashes alike."""
    corpus = library.corpus
    found = contents(corpus)
    advised = [one for each in corpus.issues.values() for one in each.recommendations]

    assert len(found) == len(corpus.passages) + len(corpus.issues) + len(advised) + len(corpus.events)
    assert {len(value) for value in found.values()} == {12}
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    "edit",
    [
        lambda one: replace(one, title="x"),
        lambda one: replace(one, topics=()),
        lambda one: replace(one, status=Status.SETTLED),
        lambda one: replace(one, as_of=PartialDate(1999)),
        lambda one: replace(one, summary="x"),
        lambda one: replace(one, why="x"),
        lambda one: replace(one, passages=()),
        lambda one: replace(one, positions=()),
    ],
    ids=["title", "topics", "status", "as_of", "summary", "why", "passages", "positions"],
)
def test_every_field_of_an_issue_counts(library: Library, edit: Callable[[Issue], Issue]) -> None:
    """Whatever is changed in an issue, its key's value is another; its recommendations' are not."""
    corpus = library.corpus
    one = next(iter(corpus.issues.values()))
    before, after = contents(corpus), contents(replace(corpus, issues=corpus.issues | {one.id: edit(one)}))

    assert {key for key in before if before[key] != after[key]} == {Kind.ISSUE.key(one.id)}
