"""A digest as messages: its parts, the longest texts of the corpus, hostile ones, and nothing that pings."""

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.playground.model import Message as Shown
from bot.views.digest import messages
from bot.views.digest_sources import DigestKey, citations
from bot.views.digest_words import days_label, lead
from bot.views.ids import ActionId
from bot.views.message import MOST_TEXT, Message
from jobs.digest import Changes, Digest, Item, Past, Reason, advice, compose
from jobs.subscriptions import Form
from knowledge.library import Library
from knowledge.models import Actor, Corpus, Event, Issue
from tests.support import blockcheck
from tests.support.desk import said

DUE = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)
NEXT = dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)
PING = re.compile(r"<[@!#](?!date\^)|@(here|channel|everyone)")


def words(message: Message) -> str:
    """Everything that a reader can see of it."""
    return said(Shown("", "", "", message.text, list(message.blocks)))


def shown(library: Library, digest: Digest, form: Form = Form.FULL, owner: str | None = "Dana") -> tuple[Message, ...]:
    """The messages, after Slack's rules were checked and that nothing can ping."""
    found = messages(library, digest, form=form, next_due=NEXT, owner=owner)
    for message in found:
        payload = message.payload()
        assert blockcheck.check(payload) == []
        assert "blocks" in payload
        assert not PING.search(json.dumps(payload["blocks"], ensure_ascii=False))
        assert not PING.search(payload["text"])
    assert len(found) <= (1 if form is Form.BRIEF else 3)
    return found


def past(digest: Digest) -> Past:
    """A digest that was posted two weeks before."""
    return Past("2026-W46", DUE - dt.timedelta(days=14), digest.manifest, tuple(item.issue.id for item in digest.items))


def controls(message: Message) -> list[dict[str, Any]]:
    """The buttons under a message."""
    return [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]


@pytest.fixture(name="corpus")
def _corpus(library: Library) -> Corpus:
    return library.corpus


@pytest.fixture(name="first")
def _first(corpus: Corpus) -> Digest:
    return compose(corpus, (), [], "2026-W48")


def holding(digest: Digest, *issues: Issue) -> Digest:
    """The digest with these issues, all new."""
    return replace(digest, items=tuple(Item(one, Reason.NEW, None, None, advice(one)) for one in issues))


def test_a_brief_digest(library: Library, first: Digest) -> None:
    """One message: header, a line of news, two lines an issue, the week's events, the next date, at most three controls."""
    (message,) = shown(library, first, Form.BRIEF)
    kinds = [block["type"] for block in message.blocks]
    issues = [block["text"]["text"] for block in message.blocks[2:7]]

    assert kinds == ["header", "context", *["section"] * 5, "divider", "section", "context", "actions"]
    assert message.blocks[0]["text"]["text"] == "U.S.-Iraq weekly · 23 to 29 Nov 2026"
    assert all(text.count("\n") == 2 and "\n→ *" in text for text in issues)
    assert all(item.issue.title in text for item, text in zip(first.items, issues, strict=True))
    assert [one["action_id"] for one in controls(message)] == [ActionId.DIGEST_CITATIONS, ActionId.DIGEST_SETTINGS]
    assert f"<!date^{int(NEXT.timestamp())}^" in words(message)
    assert "http" not in words(message)


def test_the_text_says_the_same(library: Library, first: Digest) -> None:
    """Every title, reason, piece of advice and event of the blocks is in the plain text, uncut."""
    (message,) = shown(library, first, Form.BRIEF)

    assert len(message.text) < MOST_TEXT
    for item in first.items:
        assert f"{item.issue.title} (open, as of {item.issue.as_of.label})" in message.text
        assert item.recommendations[0].text in message.text
    assert all(event.text in message.text and event.date.label in message.text for event in first.events)
    assert "Next: <!date^" in message.text


def test_every_issue_at_its_longest(library: Library, corpus: Corpus, first: Digest) -> None:
    """The five issues with the most text, with the most sources, and every other five: blocks that Slack takes, text whole."""
    longest = sorted(corpus.issues.values(), key=lambda one: -len(str(one)))
    cited = sorted(corpus.issues.values(), key=lambda one: -len(one.passages))
    events = tuple(sorted(corpus.events.values(), key=lambda one: -len(one.text))[:3])
    busy = Changes(dt.date(2025, 12, 31), *(tuple(first.manifest),) * 3)
    for issues in (longest, cited, list(corpus.issues.values())):
        for start in range(0, len(issues), 5):
            digest = replace(holding(first, *issues[start : start + 5]), events=events, changes=busy)
            parent, *replies = shown(library, digest)
            assert len(parent.text) < MOST_TEXT
            assert len(replies) == 2
            for item in digest.items:
                details = "".join(words(reply) for reply in replies)
                assert item.issue.summary.split(".")[0] in details
                assert all(one.text in details for one in item.issue.recommendations)
                assert all(one.text in details for one in item.issue.positions)
            for message in citations(library, DigestKey.of(digest)):
                assert [one for one in blockcheck.check(message.payload()) if one.level == "ERROR"] == []
                assert "blocks" in message.payload()


def test_texts_of_any_length(library: Library, corpus: Corpus, first: Digest) -> None:
    """Of a corpus far longer than ours, parts are cut; the message still goes, and so do its replies."""
    one = max(corpus.issues.values(), key=lambda issue: len(issue.recommendations))
    long = "word " * 900
    grown = replace(
        one,
        title="t" * 150,
        summary=long,
        why=long,
        positions=tuple(replace(position, text=long) for position in one.positions),
        recommendations=tuple(replace(each, text=long) for each in one.recommendations),
    )
    digest = holding(first, *(replace(grown, id=f"i{n}") for n in range(5)))
    for message in shown(library, digest):
        assert len(message.payload()["text"]) <= MOST_TEXT


def test_hostile_words_are_words(corpus: Corpus, first: Digest) -> None:
    """Markup in a corpus, or in a name, is shown as it is written and pings nobody."""
    bad = "<!channel> <@U1> & *bold* <https://x.example|y>"
    one = next(iter(corpus.issues.values()))
    made = replace(
        one,
        title=bad,
        summary=bad,
        why=bad,
        positions=tuple(replace(position, text=bad) for position in one.positions),
        recommendations=tuple(replace(each, text=bad) for each in one.recommendations),
    )
    actors = {id_: Actor(id_, bad, "state", "r", one.as_of, ()) for id_ in corpus.actors}
    events = (Event("e", next(iter(corpus.events.values())).date, bad, (), ()),)
    hostile = Library(replace(corpus, actors=actors, issues={made.id: made}))
    found = shown(hostile, replace(holding(first, made), events=events), owner=bad)

    assert "&lt;!channel&gt; &lt;@U1&gt; &amp;" in found[0].text
    assert all("<https://x.example" not in words(message) for message in found)


def test_an_unchanged_week_says_so_first(library: Library, corpus: Corpus, first: Digest) -> None:
    """In the header, in the first line of the text, with the day of the last digest."""
    (message,) = shown(library, compose(corpus, (), [past(first)], "2026-W48"), Form.BRIEF)

    assert message.blocks[0]["text"]["text"] == "U.S.-Iraq weekly · 23 to 29 Nov 2026: nothing changed"
    assert message.text.startswith("U.S.-Iraq weekly · 23 to 29 Nov 2026: nothing changed. No change since 9 Nov")


def test_what_changed_is_counted_and_named(library: Library, corpus: Corpus, first: Digest) -> None:
    """By kind; an issue that changed is marked with the day since when, and those without a place are named."""
    before = past(first)
    keys = [f"issue:{item.issue.id}" for item in first.items]
    manifest = {key: "0" * 12 if key in keys else value for key, value in before.manifest.items()}
    gone = [key for key in manifest if key.startswith(("passage:", "event:"))][:3]
    manifest = {key: value for key, value in manifest.items() if key not in gone} | {"recommendation:old": "0" * 12}
    digest = compose(corpus, (), [replace(before, manifest=manifest)], "2026-W48")
    (message,) = shown(library, digest, Form.BRIEF)
    texts = words(message)

    assert "Since 9 Nov: 5 issues changed; 1 recommendation withdrawn; 3 passages new" in texts
    assert texts.count("`changed since 9 Nov`") == 5
    assert "Also new or changed" not in texts


def test_news_without_a_place_is_named(library: Library, corpus: Corpus, first: Digest) -> None:
    """Of changed issues beyond five, three titles and how many more."""
    keys = tuple(f"issue:{id_}" for id_ in corpus.issues)
    digest = replace(first, changes=Changes(dt.date(2026, 11, 9), (), keys, ()))
    others = [one.title for one in corpus.issues.values() if one not in [item.issue for item in first.items]]
    (message,) = shown(library, digest, Form.BRIEF)

    assert f"Also new or changed: {'; '.join(others[:3])} and {len(others) - 3} more" in words(message)


def test_missed_digests_are_said(library: Library, corpus: Corpus) -> None:
    """With their weeks, in blocks and text."""
    digest = compose(corpus, (), [], "2026-W48", missed=["2026-W46", "2026-W47"])
    (message,) = shown(library, digest, Form.BRIEF)
    sentence = "Missed: the digests of 9 to 15 Nov 2026, 16 to 22 Nov 2026, which could not be sent"

    assert sentence in str(message.blocks)
    assert sentence in message.text


def test_a_channel_with_topics_sees_which(library: Library, corpus: Corpus) -> None:
    """Its topics stand above, and each issue says which of them brought it."""
    (message,) = shown(library, compose(corpus, ["kurdistan", "iran"], [], "2026-W48"), Form.BRIEF)

    assert "Topics: Iran and the regional contest, " in words(message)
    assert f"as of 2 Jul 2026 · {corpus.topics['iran'].title}" in words(message)


def test_when_all_was_shown(library: Library, corpus: Corpus) -> None:
    """A channel whose few issues all appeared of late gets none, and is told why."""
    history = [Past("2026-W46", DUE, compose(corpus, (), [], "2026-W46").manifest, tuple(corpus.issues))]
    (message,) = shown(library, compose(corpus, (), history, "2026-W48"))

    assert "Every key issue on this channel’s topics was in one of the last five digests" in words(message)


@pytest.mark.parametrize(
    ("topics", "sentence"), [((), "The corpus has no key issues"), (("gone",), "No key issue touches")]
)
def test_nothing_to_show(library: Library, corpus: Corpus, topics: tuple[str, ...], sentence: str) -> None:
    """A corpus with no issues, or topics that it does not have, is said in one message."""
    bare = Library(replace(corpus, issues={}, events={})) if not topics else library
    (message,) = shown(bare, compose(bare.corpus, topics, [], "2026-W30"))

    assert sentence in words(message)
    assert "nothing changed" not in words(message)


def test_a_monthly_digest(library: Library, corpus: Corpus) -> None:
    """It names its month."""
    (message,) = shown(library, compose(corpus, (), [], "2026-11"), Form.BRIEF)

    assert message.text.startswith("U.S.-Iraq monthly · Nov 2026.")
    assert "*This month in other years*" in words(message)


def test_the_last_digest_has_no_next(library: Library, first: Digest) -> None:
    """Where no other comes, and nobody is named, the footer is of the corpus alone."""
    (message,) = messages(library, first, form=Form.BRIEF, next_due=None, owner=None)

    assert "Next:" not in message.text
    assert "Asked for" not in message.text


def test_citations_lead_to_every_source(library: Library, corpus: Corpus, first: Digest) -> None:
    """All publications of what was shown, and a second piece of advice on each issue."""
    found = " ".join(words(message) for message in citations(library, DigestKey.of(first)))
    for item in first.items:
        ids = {id_ for passage in item.issue.passages for id_ in corpus.passages[passage].sources}
        ids |= {id_ for one in item.recommendations for id_ in one.sources}
        assert all(
            str(corpus.sources[id_].url).replace("&", "&amp;") in found for id_ in ids if corpus.sources[id_].url
        )
        assert all(one.text in found for one in item.recommendations)
    assert all(event.date.label in found for event in first.events)


def test_a_citation_button_comes_back(library: Library, first: Digest) -> None:
    """Its value is read as it was written, below Slack's limit; what has left the corpus is passed over."""
    key = DigestKey.of(first)
    (gone,) = citations(library, DigestKey(("gone",), ("gone",), ("gone",)))

    assert DigestKey.load(key.dump()) == key
    assert len(key.dump()) <= 2_000
    assert words(gone) == "What this digest showed is no longer in the corpus."


@pytest.mark.parametrize("value", ["", "{}", "[]", "null", "1", '[["a"], ["b"]]', '["a", [], []]', "iran"])
def test_a_foreign_value_is_refused(value: str) -> None:
    """Only what a digest's button carries is read as such."""
    with pytest.raises(ValueError, match="not the value of a button of a digest"):
        DigestKey.load(value)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2026-11-23", "2026-11-29", "23 to 29 Nov 2026"),
        ("2026-11-30", "2026-12-06", "30 Nov to 6 Dec 2026"),
        ("2026-12-28", "2027-01-03", "28 Dec 2026 to 3 Jan 2027"),
    ],
)
def test_days(first: str, last: str, label: str) -> None:
    """No month or year is said twice."""
    assert days_label(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == label


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("Short. Two sentences.", "Short. Two sentences."),
        (f"The U.S. and Iraq agreed. {'More words. ' * 20}", "The U.S. and Iraq agreed. …"),
        (f"{'One clause ' * 10}; {'another ' * 20}", f"{'One clause ' * 10} …"),
        ("word " * 100, f"{('word ' * 80).strip()}…"),
    ],
)
def test_a_long_reason_is_cut_where_a_sentence_ends(text: str, shown_as: str) -> None:
    """At the first full stop that ends a sentence, else at a semicolon, else between words; and the cut is shown."""
    assert lead(text) == shown_as
