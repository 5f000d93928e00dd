"""The search form, its results and what is shared of them: whatever was filled in."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.listeners.forms import Form
from bot.listeners.search_form import read
from bot.questions.message_text import question
from bot.questions.publications import label, suggestions
from bot.questions.search import QUESTION_LENGTH, Search
from bot.views import search as views
from bot.views.background import background
from knowledge.filters import split
from knowledge.library import Library
from knowledge.query import MAX_LENGTH, parse
from knowledge.selection import MOST
from tests.support import blockcheck

DAYS = st.dates() | st.dates(dt.date(2018, 1, 1), dt.date(2027, 1, 1))
MANY = " ".join(f"before:{year}" for year in range(2010, 2025))
WORDS = st.text(max_size=400) | st.sampled_from(['"', 'the "budget', "topic:iran", "-oil", "gas", MANY])
SEARCHES = st.builds(
    Search,
    question=WORDS.map(lambda text: parse(text[:QUESTION_LENGTH]).text),
    topic=st.sampled_from(["", "iran", "climate-water"]),
    source=st.sampled_from(["", "usip-2020", "hollings-2022"]),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    pages=st.integers(0, 5),
)


def _option(values: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"selected_option": st.none() | st.fixed_dictionaries({"value": values})})


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "question": st.fixed_dictionaries({"search_question": st.fixed_dictionaries({"value": st.none() | WORDS})}),
        "topic": st.fixed_dictionaries({"search_topic": _option(st.text() | st.sampled_from(["iran", "energy-oil"]))}),
        "source": st.fixed_dictionaries({"search_source": _option(st.text() | st.just("usip-2020"))}),
        "since": st.fixed_dictionaries(
            {"search_since": st.fixed_dictionaries({"selected_date": st.none() | st.text() | DAYS.map(str)})}
        ),
        "until": st.fixed_dictionaries(
            {"search_until": st.fixed_dictionaries({"selected_date": st.none() | st.text() | DAYS.map(str)})}
        ),
    },
)


def _form(values: dict[str, Any]) -> Form:
    return Form.read({"team": {"id": "T1"}, "user": {"id": "U1"}, "view": {"id": "V1", "state": {"values": values}}})


@given(values=VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_form_is_answered(library: Library, values: dict[str, Any]) -> None:
    """Results that Slack takes, or a sentence at each place that is wrong."""
    wanted = read(_form(values), library)

    if isinstance(wanted, Search):
        assert blockcheck.check(views.results(library, wanted)) == []
        assert wanted != Search()
    else:
        assert set(wanted) <= {"question", "topic", "source", "since", "until"}
        assert all(wanted.values())


@given(search=SEARCHES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_every_window_of_a_search_holds_slacks_rules(library: Library, search: Search) -> None:
    """The form filled in, the results, the window for sharing, and the message in the channel."""
    made = [
        views.form(library, search),
        views.results(library, search, notice="Again."),
        views.share_form(search),
        views.shared(library, search, "dana").payload(),
    ]

    assert [problem for one in made for problem in blockcheck.check(one)] == []
    assert len(views.share_form(search)["private_metadata"]) <= 3_000


@given(search=SEARCHES)
def test_a_search_is_kept_whole(search: Search) -> None:
    """Through a button's value and back; and as a text it keeps every filter, whatever the question has in it."""
    assert Search.load(search.dump()) == search
    assert len(search.dump()) <= 2_000
    assert set(search.filters) <= set(split(search.query.text).filters[:MOST])
    assert len(search.query.text) <= MAX_LENGTH
    assert parse(search.query.text).text == search.query.text


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"question": "x"}', '{"since": 5, "until": 0}', "q=1"])
def test_what_is_no_search(text: str) -> None:
    """Every other text is refused in one way."""
    with pytest.raises(ValueError, match="not a search"):
        Search.load(text)


@given(text=st.text(st.characters(codec=None), max_size=1_500))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_background_to_anything(library: Library, text: str) -> None:
    """Every message has a reply that Slack takes."""
    assert blockcheck.check(background(library, question({"text": text})).payload()) == []


def test_a_publication_in_the_menu(library: Library) -> None:
    """Named by its publisher, its date and its title; a publisher that begins so stands before a title that does."""
    first, *_ = suggestions(library, "reuters", 50)
    labels = [label(source) for source in suggestions(library, "iraq", 50)]

    assert label(first).startswith("Reuters, ")
    assert labels == sorted(labels, key=lambda one: not one.startswith("Iraq"))


def test_all_sources_can_be_found(library: Library) -> None:
    """By its id everything is among what is offered."""
    lost = [id_ for id_, source in library.corpus.sources.items() if source not in suggestions(library, id_, 50)]

    assert lost == []
