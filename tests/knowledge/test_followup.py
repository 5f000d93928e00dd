"""Follow-ups: which questions depend on the one before, and what is searched then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.followup import context
from knowledge.library import Library
from knowledge.models import Query
from knowledge.query import MAX_BEFORE, MAX_LENGTH, parse

IRAN = Query("What did USIP advise about Iran?")

DEPENDENT = [
    "and the Kurds?",
    "what about 2026?",
    "why?",
    "who said that?",
    "since when?",
    "والأكراد؟",
    "ولماذا؟",
    "وماذا عن الأكراد؟",
    "Kurds?",
    "in 2021?",
    "did parliament approve it?",
    "what do they say about its budget?",
    "is that legal?",
    "was a ransom paid?",
    "what does Human Rights Watch say?",
    "how many others came home?",
    "thanks, and the dollar shipments to Basra?",
    "after:2024",
]
INDEPENDENT = [
    "dollar auction",
    "Tower 22",
    "who is Sistani?",
    "and who controls the PMF?",
    "so what is the Development Road?",
    "is it true that Iran stopped the gas in December 2025?",
    "how long did it take to form the government of Kadhimi?",
    "who is Sadr and what did he do with his militia?",
    "how many of those who protested in October 2019 died?",
    "the law that parliament passed on the PMF",
    "why did the PKK burn its weapons?",
    "what about the share of Iraq's water that comes from Turkey?",
    "ما هو طريق التنمية؟",
    "how much did oil exports fall this year?",
    "thanks",
    "hello",
]


@pytest.mark.parametrize("text", DEPENDENT)
def test_what_needs_the_question_before(library: Library, text: str) -> None:
    """Fragments, bare question words, pronouns and clauses that say too little are read with it."""
    assert library.follow(IRAN, parse(text)) == Query(text, before=IRAN.text)


@pytest.mark.parametrize("text", INDEPENDENT)
def test_what_stands_alone(library: Library, text: str) -> None:
    """A question that says what it asks is left as it is."""
    assert library.follow(IRAN, parse(text)) == parse(text)


@given(
    st.text(max_size=600).map(parse).filter(lambda query: query.text and not query.before),
    st.text(max_size=400).map(lambda text: context(parse(text))),
)
def test_a_follow_up_is_one_line_that_reads_back(query: Query, before: str) -> None:
    """Whatever was typed: the whole line is parsed as the same question, so a button can carry it."""
    follow_up = Query(query.text, before=before)

    assert parse(follow_up.whole) == follow_up
    assert len(follow_up.whole) <= MAX_LENGTH + MAX_BEFORE + len(' re:""')


def test_a_long_conversation_does_not_grow(library: Library) -> None:
    """What is read with stays within its limit; the oldest words go first, and the newest stay."""
    last = IRAN
    for number in range(40):
        last = library.follow(last, parse(f"and the Kurds in district {number}?"))
        assert len(last.before) <= MAX_BEFORE

    assert last.before.endswith("and the Kurds in district 38?")
    assert "USIP" not in last.before


def test_own_words_count_more_than_those_taken_over(library: Library) -> None:
    """The words "and Araji?" after a question on Rubio finds what Araji said, and not Rubio again."""
    before = parse("What did Rubio say about the PMF bill?")
    found = library.ask(library.follow(before, parse("and Araji?")))

    assert found.hits[0].passage.id == "mehr-2025-09-araji/araji-postponed-not-dissolved"


def test_a_time_takes_the_place_of_the_one_before(library: Library) -> None:
    """The words "in 2021?" after a question on 2025 asks for the one year alone."""
    found = library.ask(library.follow(parse("turnout in the 2025 election"), parse("in 2021?")))

    assert found.hits[0].passage.id == "early-election-2021/turnout-2021"


def test_filters_are_taken_over_unless_set_anew(library: Library) -> None:
    """A filter stays in force for the follow-up; one of the same kind replaces it."""
    before = parse("Iran source:usip-2020")
    same = library.ask(library.follow(before, parse("and the Kurds?")))
    other = library.ask(library.follow(before, parse("and the Kurds? source:hollings-2022")))

    assert same.hits
    assert all("usip-2020" in hit.passage.sources for hit in same.hits)
    assert other.hits
    assert all("hollings-2022" in hit.passage.sources for hit in other.hits)


def test_quoted_names_in_filters_survive(library: Library) -> None:
    """A quotation mark in the question before does not end what the follow-up carries."""
    last = parse('weapons actor:"Kataib Hezbollah"')
    follow_up = library.follow(last, parse("why?"))
    found = library.ask(parse(follow_up.whole))

    assert parse(follow_up.whole) == follow_up
    assert found.hits
    assert all("kataib-hezbollah" in hit.passage.parties for hit in found.hits)


def test_a_bare_why_repeats_the_search(library: Library) -> None:
    """Where a follow-up has no words of its own the question before is answered as it was."""
    found, before = library.ask(library.follow(IRAN, parse("why?"))), library.ask(IRAN)

    assert [hit.passage.id for hit in found.hits] == [hit.passage.id for hit in before.hits]


def test_explained_shares_add_up(library: Library) -> None:
    """The parts of a follow-up's scores make a whole, those taken over included."""
    found = library.ask(library.follow(IRAN, parse("and the Kurds?")))

    assert found.hits
    for shares in library.explain(found):
        assert sum(share.share for share in shares) == pytest.approx(1)


def test_only_own_words_are_missed(library: Library) -> None:
    """The note "nothing below has ..." names words of the question that was typed, never one taken over."""
    found = library.ask(library.follow(parse("What did Rubio say about the PMF bill? and Araji?"), parse("والأكراد؟")))

    assert found.doubtful
    assert "Araji" not in found.lacking
