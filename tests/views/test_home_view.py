"""The Home tab as a view: Slack's rules at every size, its age in words, and what it says of digests."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.playground.model import Message
from bot.texts import home as texts
from bot.views.home import Digests, Entry, home
from bot.views.ids import ActionId
from bot.views.message import MOST_SECTION
from jobs.ports import State, Status
from jobs.subscriptions import ON_REQUEST, Form, Subscription
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Status as Standing
from knowledge.models import Topic
from tests.contracts.test_subscriptions import ONE
from tests.support import blockcheck
from tests.support.desk import said

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
NONE = Digests((), 0, 0)
MOST_BLOCKS = 100


def _words(view: dict[str, object]) -> str:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    return said(Message("", "", "", "", blocks))


def _entry(subscription: Subscription = ONE, last: Status | None = None, *, may_change: bool = True) -> Entry:
    due = NOW if subscription.paused is None else None
    return Entry(subscription, due, last, is_own=True, may_change=may_change)


@pytest.mark.parametrize(
    ("days", "says", "warns"),
    [
        (-1, "Corpus of {date}, latest fact", False),
        (0, "Corpus of {date}, curated today, latest fact", False),
        (1, "Corpus of {date}, 1 day old", False),
        (10, "Corpus of {date}, 10 days old", False),
        (30, "30 days old", False),
        (31, "last curated 31 days ago", True),
    ],
)
def test_the_age_of_the_corpus(library: Library, days: int, says: str, *, warns: bool) -> None:
    """It is said in days, and with a plain word when it is more than thirty."""
    shown = _words(home(library, NONE, library.corpus.date.latest + dt.timedelta(days)))

    assert says.format(date=library.corpus.date.label) in shown
    assert ("This corpus is old" in shown) is warns


def test_a_corpus_of_old_facts_says_so(library: Library) -> None:
    """One that was curated today but reports nothing recent is not taken for news."""
    newest = replace(next(iter(library.corpus.passages.values())), id="a/b", as_of=PartialDate(2026, 7, 5))
    event = replace(next(iter(library.corpus.events.values())), date=PartialDate(2026, 7, 1))
    quiet = Library(
        replace(
            library.corpus,
            date=PartialDate(2026, 11, 22),
            passages={newest.id: replace(newest, superseded_by=None)},
            events={event.id: event},
            issues={},
        )
    )

    assert "Its latest fact is 140 days old" in _words(home(quiet, NONE, dt.date(2026, 11, 22)))
    assert "Its latest fact" not in _words(home(quiet, NONE, dt.date(2026, 7, 20)))


def test_the_news_is_dated_and_cited(library: Library) -> None:
    """At most five lines, each with its day and a link, and what was overtaken with its successor."""
    view = home(library, NONE, library.corpus.date.latest)
    lines = view["blocks"][2]["text"]["text"].split("\n")

    assert len(lines) == 5
    assert all(line.startswith("*") and "<https://" in line for line in lines)
    assert "*Overtaken:* “" in _words(view)


def test_what_is_known_of_a_digest(library: Library) -> None:
    """Channel, time, the next one in the reader's own time, topics and form."""
    chosen = replace(ONE, topics=("iran", "gone"), form=Form.FULL)
    shown = _words(home(library, Digests((_entry(chosen),), 0, 1), NOW.date()))

    assert "<#C1>*  every Monday at 09:00, Asia/Baghdad" in shown
    assert f"Next: <!date^{int(NOW.timestamp())}^" in shown
    assert "Iran and the regional contest  ·  full" in shown


@pytest.mark.parametrize(
    ("paused", "says"), [(ON_REQUEST, "*Paused*"), ("is_archived", "*Paused:* the channel is archived")]
)
def test_one_that_rests_says_why(library: Library, paused: str, says: str) -> None:
    """By request or for trouble; then there is no next one, and the button says what saving does."""
    shown = _words(home(library, Digests((_entry(replace(ONE, paused=paused)),), 0, 1), NOW.date()))

    assert says in shown
    assert "Next:" not in shown
    assert texts.RESUME in shown


@pytest.mark.parametrize("state", list(State))
def test_only_trouble_is_told_of_the_last_one(library: Library, state: State) -> None:
    """A digest that failed or came too late is named with its reason; one that went well is no news."""
    last = Status("2026-W47", state, NOW, "channel_not_found", 0)
    shown = _words(home(library, Digests((_entry(last=last),), 0, 1), NOW.date()))

    assert ("*Last one* (16 to 22 Nov 2026): not posted" in shown) is (state in {State.FAILED, State.EXPIRED})


def test_buttons_are_for_those_who_may(library: Library) -> None:
    """Who may not change a digest is offered nothing to press."""
    ids = [
        element["action_id"]
        for block in home(library, Digests((_entry(may_change=False),), 0, 1), NOW.date())["blocks"]
        for element in block.get("elements", ())
        if "action_id" in element
    ]

    assert ActionId.HOME_CHANGE not in ids
    assert ActionId.HOME_STOP not in ids


def test_the_longest_home_holds_slacks_rules(library: Library) -> None:
    """Very many topics with long names, and digests with every topic: inside every limit, without a warning."""
    issue = next(iter(library.corpus.issues.values()))
    topics = {f"t{number}": Topic(f"t{number}", "Topic " * 12 + f"{number}", "", ()) for number in range(120)}
    issues = {
        f"i{number}": replace(issue, id=f"i{number}", title="Long words " * 10, topics=(f"t{number % 120}",))
        for number in range(300)
    }
    wide = Library(replace(library.corpus, topics=topics, issues=issues, passages={}))
    every = replace(ONE, topics=tuple(wide.corpus.topics))
    failed = Status("2026-W47", State.FAILED, NOW, "e" * 500, 0)
    entries = tuple(_entry(replace(every, channel=f"C{number}"), failed) for number in range(5))
    view = home(wide, Digests(entries, 5, 60), NOW.date(), notice="x" * MOST_SECTION)

    assert blockcheck.check(view) == []
    assert len(view["blocks"]) <= MOST_BLOCKS
    assert texts.MORE_TOPICS.format(80) in _words(view)
    assert "6 to 10 of 60" in _words(view)


def test_a_row_says_what_it_opens(library: Library) -> None:
    """The list of a topic with several issues, the page of an only one; that an issue is open goes without saying."""
    first, second, third = list(library.corpus.issues.values())[:3]
    one, two = list(library.corpus.topics)[:2]
    issues = [
        replace(first, topics=(one,), status=Standing.EASED),
        replace(second, topics=(one,), status=Standing.OPEN),
        replace(third, topics=(two,)),
    ]
    few = Library(replace(library.corpus, issues={issue.id: issue for issue in issues}, passages={}))
    view = home(few, NONE, NOW.date())
    opened = [block["accessory"]["value"] for block in view["blocks"] if "accessory" in block]

    assert [f"issues|topic|{one}", f"issue|issue|{third.id}", "recommendations"] == opened[1:]
    assert f"{first.title} (eased)" in _words(view)
    assert "(open)" not in _words(view)


def test_a_corpus_with_nothing_in_it(library: Library) -> None:
    """A bare corpus still has a Home."""
    bare = Library(replace(library.corpus, topics={}, issues={}, passages={}, events={}, sources={}))
    view = home(bare, None, NOW.date())

    assert blockcheck.check(view) == []
    assert texts.NO_EVENTS in _words(view)
    assert texts.DIGESTS_UNREADABLE in _words(view)
