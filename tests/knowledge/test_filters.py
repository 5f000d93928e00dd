from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.filters import Filter, Key, Request, split
from knowledge.library import Library
from knowledge.models import Basis, Passage


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("who leads the PMF?", Request("who leads the PMF?")),
        ("gas source:usip-2020?", Request("gas", (Filter(Key.SOURCE, "usip-2020"),))),
        ("TOPIC:Energy, gas", Request("gas", (Filter(Key.TOPIC, "Energy"),))),
        ("actor:“Ali al-Zaidi” age", Request("age", (Filter(Key.ACTOR, "Ali al-Zaidi"),))),
        ("-basis:summary gas", Request("gas", (Filter(Key.BASIS, "summary", excludes=True),))),
        ("after:2021 before:2022-06", Request("", (Filter(Key.AFTER, "2021"), Filter(Key.BEFORE, "2022-06")))),
        ("«strategic dialogue» rounds", Request("strategic dialogue rounds", phrases=("strategic dialogue",))),
        ('gas -Kuwait -"Saudi Arabia"', Request("gas", without=("Kuwait", "Saudi Arabia"))),
        ("topic: gas", Request("gas", (Filter(Key.TOPIC, ""),))),
        # no filters
        ("U.S.-Iraq talks - and -5 degrees", Request("U.S.-Iraq talks - and -5 degrees")),
        ("ISIS: a history", Request("ISIS: a history")),
        ('an "unbalanced quote', Request('an "unbalanced quote')),
        ("resource:x", Request("resource:x")),
        ('""', Request('""')),
    ],
)
def test_taking_a_question_apart(text: str, request_: Request) -> None:
    """Filters, phrases and excluded words are found; what only looks like one stays a word."""
    assert split(text) == request_


@given(st.text(max_size=80) | st.text('source:topicafter -"“”«x2020.', max_size=60))
def test_any_text_is_taken_apart(text: str) -> None:
    """Whatever is typed, there are words, and nothing in the parts is empty but a filter's value."""
    request = split(text)
    assert request.narrows or request.words == text
    assert all((*request.phrases, *request.without))


def found(library: Library, question: str) -> list[str]:
    """The ids of the passages found."""
    return [hit.passage.id for hit in library.ask(question).hits]


def test_each_filter_narrows(tiny: Library) -> None:
    """Every hit meets the filter, whatever it is, and there are hits."""
    passages = tiny.corpus.passages
    question = "Iraq Iran gas energy Baghdad"
    topic = next(iter(passages["north-2020/waiver"].topics))
    actor = next(iter(passages["north-2020/waiver"].parties))
    cases: dict[str, Callable[[Passage], bool]] = {
        "source:north-2020": lambda one: "north-2020" in one.sources,
        "-source:north-2020": lambda one: "north-2020" not in one.sources,
        f"topic:{topic}": lambda one: topic in one.topics,
        f"actor:{actor}": lambda one: actor in one.parties,
        "basis:compiled": lambda one: one.basis is Basis.COMPILED,
        "after:2020": lambda one: one.as_of is not None and one.as_of.year > 2020,
        "before:2021": lambda one: one.as_of is not None and one.as_of.year < 2021,
        '"South Center"': lambda one: "South Center" in one.text,
        "-south": lambda one: "south" not in one.text.lower(),
    }
    for words, meets in cases.items():
        hits = [hit.passage for hit in tiny.ask(f"{question} {words}").hits]
        assert hits, words
        assert all(meets(passage) for passage in hits), words


def test_filters_come_together(tiny: Library) -> None:
    """Of two values of one filter either will do; of different filters all must be met."""
    both = set(found(tiny, "gas energy source:north-2020 source:south-2021"))
    one = set(found(tiny, "gas energy source:north-2020"))
    assert one < both
    assert set(found(tiny, "gas energy source:north-2020 before:2020-03")) < one


def test_filters_alone_list_the_newest_first(tiny: Library) -> None:
    """Without words everything that meets the filters is an answer, newest first."""
    answer = tiny.ask("after:2019")
    dates = [hit.passage.as_of.latest for hit in answer.hits if hit.passage.as_of]
    assert answer.confident
    assert len(dates) > 2
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("gas source:nroth-2020", "“nroth-2020” is no source, so that filter was left out. The nearest: north-2020"),
        ("gas topic:enrgy", "“enrgy” is no topic, so that filter was left out. The nearest: energy"),
        ("gas basis:zzz", "“zzz” is no basis, so that filter was left out. The nearest: compiled, summary, verbatim."),
        ("gas after:soon", "“soon” after after: is no date, so that filter was left out. A date is written 2021"),
        ("gas actor:", "actor: needs a value, so that filter was left out."),
    ],
)
def test_a_wrong_filter_is_told(tiny: Library, question: str, note: str) -> None:
    """A wrong value is left out with the nearest valid ones, and the words are answered."""
    answer = tiny.ask(question)
    assert [one[: len(note)] for one in answer.notes] == [note]
    assert [hit.passage.id for hit in answer.hits] == found(tiny, "gas")


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("gas after:2030", "The corpus has no passage with after:2030."),
        ("zxqv basis:compiled", "None of the 1 passage with basis:compiled has these words."),
        ('"gas of the moon"', 'The corpus has no passage with "gas of the moon".'),
    ],
)
def test_an_empty_answer_has_a_reason(tiny: Library, question: str, note: str) -> None:
    """When filters leave nothing, the answer says which."""
    answer = tiny.ask(question)
    assert answer.hits == ()
    assert answer.notes == (note,)


def test_many_filters_are_bounded(tiny: Library) -> None:
    """Only the first filters count, and the reader is told."""
    answer = tiny.ask("gas " + " ".join(f"-word{chr(97 + n)}" for n in range(20)))
    assert "Only the first 8 filters were used." in answer.notes
    assert answer.hits


def test_a_superseded_passage_follows_its_successor(tiny: Library) -> None:
    """Newer facts that answer about as well come first, unless the question asks for a time."""
    old = tiny.corpus.passages["north-2020/waiver"]
    new = replace(tiny.corpus.passages["north-2020/gas-from-iran"], superseded_by=None)
    passages = {old.id: replace(old, superseded_by=new.id), new.id: new}
    library = Library(replace(tiny.corpus, passages=passages))
    assert found(library, "Iraq pays Iran for gas under the waiver")[:2] == [new.id, old.id]
    assert found(library, "Iraq pays Iran for gas under the waiver in 2020")[0] == old.id
    assert found(library, "waiver for 120 days, said Mr. Smith")[0] == old.id


def test_a_time_that_is_named_counts(tiny: Library) -> None:
    """Of two passages that match alike, the one of the year asked for comes first."""
    base = tiny.corpus.passages["both/energy-compared"]
    texts = {"a": "Gas of wells alpha beta gamma.", "b": "Gas of wells delta epsilon zeta."}
    dates = {"a": tiny.corpus.passages["north-2020/waiver"].as_of, "b": tiny.corpus.date}
    passages = {
        f"x/{key}": replace(base, id=f"x/{key}", text=text, heading=("Gas",), asks=(), as_of=dates[key])
        for key, text in texts.items()
    }
    library = Library(replace(tiny.corpus, passages=passages))
    assert found(library, "gas wells in 2020") == ["x/a", "x/b"]
    assert found(library, f"gas wells in {tiny.corpus.date.year}") == ["x/b", "x/a"]


def test_near_duplicates_are_told_once(tiny: Library) -> None:
    """Of passages with nearly the same words the best alone is shown."""
    one = tiny.corpus.passages["north-2020/waiver"]
    twin = replace(one, id="north-2020/twin", text=one.text + " Indeed.")
    library = Library(replace(tiny.corpus, passages={**tiny.corpus.passages, twin.id: twin}))
    ids = found(library, "waiver of the United States")
    assert len({"north-2020/waiver", "north-2020/twin"} & set(ids)) == 1
