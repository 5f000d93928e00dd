"""Pages of the register: every one of the shipped corpus, its controls, its plain words, and hostile texts."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bidi import ISOLATE, POP, isolated
from bot.mrkdwn import escape
from bot.playground.model import Message as Shown
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.ids import ActionId
from bot.views.message import MOST_TEXT, Message
from bot.views.register.choice import choice
from bot.views.register.key import About, Page, PageKey
from bot.views.register.lists import Item, fitting
from bot.views.register.pages import has, register_page, title
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Issue
from knowledge.register import register_of
from tests.support import blockcheck
from tests.support.desk import said

MOST_CONTROLS: Final = 3
MOST_PAGES: Final = 100
HOSTILE: Final = "<!channel> & <@U1> *bold* <https://evil.example|click> `code` "
ARABIC: Final = "الحشد الشعبي"
VIEWS: Final = Path(__file__).parents[2] / "bot" / "views" / "register"


def words(message: Message) -> str:
    """Everything a reader can see of it."""
    return said(Shown("", "", "", message.text, list(message.blocks)))


def controls(message: Message) -> list[dict[str, Any]]:
    """The controls of a message."""
    return [
        element
        for block in message.blocks
        for element in block.get("elements", [])
        if isinstance(element, dict) and "action_id" in element
    ]


def keys(message: Message, action_id: ActionId) -> list[PageKey]:
    """The pages that a control of a message leads to."""
    return [
        PageKey.load(value)
        for control in controls(message)
        if control["action_id"] == action_id
        for value in (
            [option["value"] for option in control["options"]] if "options" in control else [control["value"]]
        )
    ]


def first_pages(library: Library) -> Iterator[PageKey]:
    """Every page that somebody can ask for."""
    corpus = library.corpus
    for page in (Page.ISSUES, Page.RECOMMENDATIONS, Page.ACTORS, Page.COMPARE, Page.TIMELINE, Page.SOURCES):
        yield PageKey(page)
    for topic in corpus.topics:
        for page in (Page.ISSUES, Page.RECOMMENDATIONS, Page.COMPARE, Page.TIMELINE, Page.SOURCES):
            yield PageKey(page, About.TOPIC, topic)
    for issue in corpus.issues:
        yield from (PageKey(page, About.ISSUE, issue) for page in (Page.ISSUE, Page.COMPARE))
    for actor in corpus.actors:
        for page in (Page.ACTOR, Page.POSITIONS, Page.RECOMMENDATIONS, Page.TIMELINE):
            yield PageKey(page, About.ACTOR, actor)
    yield from (PageKey(Page.SOURCE, About.SOURCE, source) for source in corpus.sources)
    for short in sorted({source.short for source in corpus.sources.values()}):
        yield PageKey(Page.SOURCES, About.PUBLISHER, short)


def chain(library: Library, key: PageKey) -> Iterator[Message]:
    """A page and all that its More buttons lead to."""
    following: list[PageKey] = [key]
    for _ in range(MOST_PAGES):
        message = register_page(library, following.pop(), shareable=True)
        yield message
        following = keys(message, ActionId.REGISTER_MORE)
        if not following:
            return
    pytest.fail(f"{key} has no end")


def said_on(issue: Issue) -> list[str]:
    """What the parties want and expect, and what is advised."""
    return [*(one.text for one in issue.positions), *(one.text for one in issue.recommendations)]


def pings(text: str) -> bool:
    """Whether a text could notify anybody."""
    return any(mark in text for mark in ("<!", "<@", "<#"))


def test_every_page_of_the_corpus(library: Library) -> None:
    """Each page, and each that its controls lead to, holds Slack's rules in blocks and in words, and pings nobody."""
    waiting = list(first_pages(library))
    seen = set(waiting)
    note = "Showing this for that."
    while waiting:
        key = waiting.pop()
        message = register_page(library, key, shareable=True, note=note)
        payload = message.payload()
        assert "blocks" in payload, key
        assert blockcheck.check(payload) == [], key
        assert len(message.text) <= MOST_TEXT, key
        assert not pings(message.text + words(message)), key
        assert len(controls(message)) <= MOST_CONTROLS, key
        for action_id in (ActionId.REGISTER_OPEN, ActionId.REGISTER_MORE):
            for found in keys(message, action_id):
                assert has(library, found), found
                if found not in seen:
                    seen.add(found)
                    waiting.append(found)
    assert {key.page for key in seen} == set(Page)


@pytest.mark.parametrize(
    "key",
    [
        PageKey(Page.TIMELINE),
        PageKey(Page.TIMELINE, since=PartialDate(2003)),
        PageKey(Page.RECOMMENDATIONS),
        PageKey(Page.ISSUES),
    ],
    ids=PageKey.dump,
)
def test_pages_show_everything_once(library: Library, key: PageKey) -> None:
    """Following More from the first page leads past every item of a list, and past none twice."""
    corpus = library.corpus
    spoken = " ".join(message.text for message in chain(library, key))
    items = {
        Page.TIMELINE: [f"{one.date.label}: {one.text}" for one in corpus.events.values()],
        Page.RECOMMENDATIONS: [f"{one.text} (" for issue in corpus.issues.values() for one in issue.recommendations],
        Page.ISSUES: [f"{one.title} (" for one in corpus.issues.values()],
    }[key.page]

    assert items
    assert [item for item in items if spoken.count(escape(item)) != items.count(item)] == []


@pytest.mark.parametrize(
    ("items", "most", "count"),
    [
        ([], 5, 0),
        ([Item((b.divider(),), "x")] * 9, 5, 5),
        ([Item((b.section("x" * 2_000),), "x")] * 9, 9, 4),
        ([Item((b.section("x"),), "x" * 1_000)] * 9, 9, 3),
        ([Item((b.divider(),) * 9, "x")] * 9, 9, 4),
        ([Item((b.divider(),) * 9, "x", str(number)) for number in range(9)], 9, 3),
        ([Item((b.section("x"),), "x", "", ("x" * 3_000, PageKey(Page.ISSUES)))] * 9, 9, 2),
        ([Item((b.section("x" * 20_000),), "x")] * 9, 9, 1),
    ],
)
def test_as_many_items_as_a_message_holds(items: list[Item], most: int, count: int) -> None:
    """Characters, plain words, blocks, headings and options all take room; one item is always shown."""
    assert fitting(items, most) == count


def test_a_timeline_goes_back_without_a_beginning(library: Library) -> None:
    """The latest events come first; with a first day it begins there; on a page time runs forwards."""
    latest = register_page(library, PageKey(Page.TIMELINE), shareable=False)
    earliest = register_page(library, PageKey(Page.TIMELINE, since=PartialDate(2003)), shareable=False)
    events = register_of(library).events()

    assert events[-1].text in latest.text
    assert events[0].text in earliest.text
    assert latest.text.index(events[-2].text) < latest.text.index(events[-1].text)
    assert [control["text"]["text"] for control in controls(latest)] == [texts.EARLIER]
    assert [control["text"]["text"] for control in controls(earliest)] == [texts.LATER]


def test_an_issue_page_says_who_wants_what_and_who_should_do_what(library: Library) -> None:
    """Positions with parties and dates, recommendations with addressees, and for each the publications, as links."""
    for issue in library.corpus.issues.values():
        messages = list(chain(library, PageKey(Page.ISSUE, About.ISSUE, issue.id)))
        shown = " ".join(map(words, messages))
        spoken = " ".join(message.text for message in messages)
        cited = {source for one in issue.recommendations for source in one.sources}
        cited |= {
            source
            for position in issue.positions
            for passage in position.passages
            for source in library.corpus.passages[passage].sources
        }
        for text in (shown, spoken):
            for part in said_on(issue):
                assert escape(part) in text
            assert issue.as_of.label in text
        for position in issue.positions:
            assert escape(library.corpus.actors[position.party].name) in shown
        for source in cited:
            assert escape(library.corpus.sources[source].short) in shown
            assert "<http" in shown


def test_a_comparison_is_one_table_with_a_plain_fallback(library: Library) -> None:
    """A row a party, then and now in columns, every reference among the publications; the text says the same."""
    for issue in library.corpus.issues.values():
        message = register_page(library, PageKey(Page.COMPARE, About.ISSUE, issue.id), shareable=False)
        (table,) = (block for block in message.blocks if block["type"] == "table")
        sides = register_of(library).sides(issue)
        assert [cell["text"] for cell in table["rows"][0]] == list(texts.COLUMNS)
        assert [row[0]["text"] for row in table["rows"][1:]] == [
            library.corpus.actors[side.party].name for side in sides
        ]
        for side in sides:
            for held in side.positions:
                assert escape(held.position.text) in message.text
            for passage in (side.then, side.now):
                if passage is not None:
                    assert escape(passage.heading[-1]) in message.text


def test_a_comparison_walks_the_topics_issues(library: Library) -> None:
    """One issue a page, in the order of the list, until the last."""
    messages = list(chain(library, PageKey(Page.COMPARE, About.TOPIC, "militias-pmf")))
    issues = register_of(library).issues("militias-pmf")

    assert len(messages) == len(issues)
    for message, issue in zip(messages, issues, strict=True):
        assert f"*{issue.title}*" in words(message)


def test_a_source_page_says_what_rests_on_it(library: Library) -> None:
    """Passages, recommendations and events, each once."""
    resting = register_of(library).resting("usip-2020")
    spoken = " ".join(message.text for message in chain(library, PageKey(Page.SOURCE, About.SOURCE, "usip-2020")))

    for passage in (*resting.alone, *resting.compiled):
        assert passage.heading[-1] in spoken
    for text in (*(one.text for one in resting.recommendations), *(one.text for one in resting.events)):
        assert text in spoken


def test_sharing(library: Library) -> None:
    """The Share control stands on private pages alone, asks first, and the shared page names who shared it."""
    key = PageKey(Page.ACTOR, About.ACTOR, "moqtada-al-sadr")
    private = register_page(library, key, shareable=True)
    shared = register_page(library, key, shareable=False, shared_by="<!here> *dana*")
    (share,) = (control for control in controls(private) if control["action_id"] == ActionId.REGISTER_SHARE)

    assert PageKey.load(share["value"]) == key
    assert share["confirm"]["text"]["text"] == texts.SHARE_TEXT
    assert ActionId.REGISTER_SHARE not in [control["action_id"] for control in controls(shared)]
    assert "Shared by &lt;!here&gt; dana" in words(shared)
    assert shared.text.startswith("Shared by &lt;!here&gt; dana: ")
    assert blockcheck.check(shared.payload()) == []


def hostile(library: Library, text: str) -> Library:
    """The corpus with a text put before every name and every sentence that the register shows.

    Its index has one passage only: pages look nothing up in it, and indexing them all takes seconds.
    """
    corpus = library.corpus
    shown = {
        "topics": {
            id_: replace(one, title=text + one.title, introduction=text + one.description)
            for id_, one in corpus.topics.items()
        },
        "actors": {
            id_: replace(one, name=text + one.name, role=text + one.role, kind=text, aliases=(text, *one.aliases))
            for id_, one in corpus.actors.items()
        },
        "events": {id_: replace(one, text=text + one.text) for id_, one in corpus.events.items()},
        "sources": {
            id_: replace(one, title=text + one.title, short=text, publisher=text, kind=text, note=text, authors=(text,))
            for id_, one in corpus.sources.items()
        },
        "passages": {
            id_: replace(one, heading=(text + one.heading[-1],), locator=text) for id_, one in corpus.passages.items()
        },
        "issues": {
            id_: replace(
                one,
                title=text + one.title,
                summary=text + one.summary,
                why=text + one.why,
                positions=tuple(replace(each, text=text + each.text) for each in one.positions),
                recommendations=tuple(replace(each, text=text + each.text) for each in one.recommendations),
            )
            for id_, one in corpus.issues.items()
        },
    }
    first = next(iter(corpus.passages))
    made = Library(replace(corpus, passages={first: corpus.passages[first]}))
    made.corpus = replace(corpus, **shown)  # type: ignore[arg-type]  # one dict of six kinds of values
    return made


SAMPLES: Final = (
    PageKey(Page.ISSUES),
    PageKey(Page.ISSUES, About.TOPIC, "iran"),
    PageKey(Page.ISSUE, About.ISSUE, "weapons-in-state-hands"),
    PageKey(Page.RECOMMENDATIONS, About.TOPIC, "iran"),
    PageKey(Page.RECOMMENDATIONS, About.ACTOR, "iraq"),
    PageKey(Page.ACTORS),
    PageKey(Page.ACTOR, About.ACTOR, "moqtada-al-sadr"),
    PageKey(Page.POSITIONS, About.ACTOR, "iran"),
    PageKey(Page.COMPARE),
    PageKey(Page.COMPARE, About.ISSUE, "pmf-legal-status"),
    PageKey(Page.TIMELINE, About.ACTOR, "iran"),
    PageKey(Page.SOURCES),
    PageKey(Page.SOURCE, About.SOURCE, "usip-2020"),
)


@pytest.fixture(name="dangerous", scope="module")
def _dangerous(library: Library) -> Library:
    return hostile(library, HOSTILE)


@pytest.fixture(name="arabic", scope="module")
def _arabic(library: Library) -> Library:
    return hostile(library, f"{ARABIC} ")


@pytest.fixture(name="wide", scope="module")
def _wide(library: Library) -> Library:
    return hostile(library, "w" * 4_000 + " ")


@pytest.mark.parametrize("key", SAMPLES, ids=PageKey.dump)
def test_no_text_of_a_corpus_is_markup(dangerous: Library, key: PageKey) -> None:
    """What looks like a ping or a link in the corpus is shown as it is written."""
    for message in (
        register_page(dangerous, key, shareable=True),
        register_page(dangerous, key, shareable=False, shared_by=HOSTILE, note=HOSTILE),
    ):
        payload = message.payload()
        assert [one for one in blockcheck.check(payload) if one.level == "ERROR"] == []
        assert not pings(payload["text"])
        marked = [block for block in payload.get("blocks", ()) if block["type"] in {"section", "context"}]
        for text in (
            element["text"]
            for block in marked
            for element in block.get("elements", [block["text"]] if "text" in block else [])
        ):
            assert not pings(text)
            assert "<https://evil" not in text


@pytest.mark.parametrize("key", SAMPLES, ids=PageKey.dump)
def test_texts_of_any_length(wide: Library, key: PageKey) -> None:
    """The longest texts that a corpus may hold become plain text that Slack takes."""
    payload = register_page(wide, key, shareable=True).payload()

    assert [one for one in blockcheck.check(payload) if one.level == "ERROR"] == []
    assert len(payload["text"]) <= MOST_TEXT


@pytest.mark.parametrize("key", SAMPLES, ids=PageKey.dump)
def test_right_to_left_text_is_set_apart(arabic: Library, key: PageKey) -> None:
    """Every Arabic run that is shown stands between the marks that keep the line around it as it is."""
    message = register_page(arabic, key, shareable=True)
    for text in _texts(list(message.blocks)):
        depth = 0
        for character in text:
            depth += (character == ISOLATE) - (character == POP)
            assert depth or not "\u0590" <= character <= "\u08ff", text
        assert depth == 0, text


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            if isinstance(value, dict | list):
                yield from _texts(value)


def test_isolation_leaves_other_text_alone() -> None:
    """Only right-to-left letters need the marks."""
    assert isolated("Baghdad") == "Baghdad"
    assert isolated(ARABIC) == f"{ISOLATE}{ARABIC}{POP}"


@given(
    key=st.builds(
        PageKey,
        page=st.sampled_from(Page),
        about=st.sampled_from(About),
        subject=st.text(st.characters(exclude_characters="|", categories=["L", "N"]), max_size=40),
        start=st.integers(0, 999_999),
        since=st.none() | st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
        until=st.none() | st.dates().map(lambda day: PartialDate(day.year)),
    )
)
def test_a_key_comes_back(key: PageKey) -> None:
    """What a control carries is read as it was written, and is short enough for an option."""
    assert PageKey.load(key.dump()) == key
    assert len(key.dump()) <= 150


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nosuch",
        "issues|nosuch",
        "issues|topic|iran|x",
        "issues|topic|iran|-1",
        "issues|||²",
        "timeline||||soon",
        "a|" * 9,
    ],
)
def test_a_foreign_key_is_refused(value: str) -> None:
    """Only what a page's controls carry is read as such."""
    with pytest.raises(ValueError, match="not the value of a control"):
        PageKey.load(value)


@pytest.mark.parametrize(
    "key",
    [
        PageKey(Page.ISSUE, About.ISSUE, "gone"),
        PageKey(Page.ISSUE, About.TOPIC, "iran"),
        PageKey(Page.SOURCES, About.PUBLISHER, "gone"),
        PageKey(Page.ACTORS, About.ALL, "iran"),
    ],
)
def test_a_page_that_is_gone(library: Library, key: PageKey) -> None:
    """A control of an older corpus gets a plain sentence."""
    assert words(register_page(library, key, shareable=True)) == texts.GONE


def test_past_the_end_of_a_list(library: Library) -> None:
    """A list that became shorter shows its end."""
    for key in (
        PageKey(Page.SOURCES, start=99_999),
        PageKey(Page.TIMELINE, start=99_999),
        PageKey(Page.COMPARE, About.TOPIC, "iran", 99),
    ):
        message = register_page(library, key, shareable=True)
        assert keys(message, ActionId.REGISTER_MORE) == []
        assert blockcheck.check(message.payload()) == []


def test_a_choice(library: Library) -> None:
    """Each reading in a menu, and a way to search instead; what was typed is echoed without its marks."""
    found = [PageKey(Page.ACTOR, About.ACTOR, id_) for id_ in ("masoud-barzani", "masrour-barzani")]
    message = choice(library, texts.WHICH, "*barzani* <!here>", found)

    assert keys(message, ActionId.REGISTER_OPEN) == found
    assert [control["action_id"] for control in controls(message)] == [ActionId.REGISTER_OPEN, "more_passages"]
    assert blockcheck.check(message.payload()) == []
    assert "“barzani &lt;!here&gt;”" in message.text
    assert all(title(library, key) in message.text for key in found)


def test_sentences_stand_in_one_place() -> None:
    """No page has words of its own: they are all in `texts`, ready to be translated."""
    for path in VIEWS.glob("*.py"):
        if path.name == "texts.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
        }
        errors = {id(one) for node in ast.walk(tree) if isinstance(node, ast.Raise) for one in ast.walk(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | errors:
                assert len([word for word in node.value.split() if word.isalpha()]) < 2, (path.name, node.value)
