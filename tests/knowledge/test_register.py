import functools

import pytest

from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.names import How
from knowledge.register import Era, Register, register_of
from knowledge.statistics import count


@pytest.fixture(name="register", scope="module")
def _register(library: Library) -> Register:
    return register_of(library)


def test_the_tiny_corpus(tiny: Library) -> None:
    """Everything in it is found by what it is about."""
    register = Register(tiny.corpus)
    (issue,) = register.issues("energy")
    (advice,) = register.recommendations(addressee="iraq")
    (held,) = register.positions("iraq")
    (side,) = register.sides(issue)

    assert register.issues("security") == ()
    assert register.recommendations(topic="energy") == (advice,)
    assert register.recommendations(topic="security") == ()
    assert (str(held.first), str(held.last)) == ("2020-06", "2020-06")
    assert side.then is not None
    assert side.now is not None
    assert (side.then.id, side.now.id) == ("north-2020/gas-from-iran", "both/energy-compared")
    assert register.concerning("iraq") == (issue,)
    assert register.concerning("pmf") == ()
    assert [event.id for event in register.events(topic="security")] == ["dialogue-opens"]
    assert [source.id for source in register.sources(short="North")] == ["north-2020"]
    assert [passage.id for passage in register.facts(tiny.corpus.actors["pmf"])] == ["south-2021/pmf-and-the-state"]


def test_issues_of_a_topic(register: Register) -> None:
    """Every issue is under each of its topics, those first whose main topic it is; the list of all has each once."""
    for topic in register.corpus.topics:
        found = register.issues(topic)
        assert {one.id for one in found} == {one.id for one in register.corpus.issues.values() if topic in one.topics}
        main = [one.topics[0] == topic for one in found]
        assert main == sorted(main, reverse=True)
    assert sorted(one.id for one in register.issues()) == sorted(register.corpus.issues)


def test_every_recommendation_is_reached(register: Register) -> None:
    """By its addressees, by its issue's main topic and in the whole list; the newest come first."""
    everything = {one.id for one in register.recommendations()}
    by_topic = {one.id for topic in register.corpus.topics for one in register.recommendations(topic=topic)}
    by_addressee = {one.id for actor in register.corpus.actors for one in register.recommendations(addressee=actor)}
    dates = [one.as_of.earliest for one in register.recommendations()]

    assert everything == by_topic == by_addressee
    assert len(everything) == sum(len(issue.recommendations) for issue in register.corpus.issues.values())
    assert dates == sorted(dates, reverse=True)


def test_advice_follows_what_it_is_about(register: Register) -> None:
    """A side topic of an issue does not draw in advice that no passage ties to it."""
    to_oil = {one.id for one in register.recommendations(topic="energy-oil")}

    assert "declare-the-pkk-terrorist" not in to_oil
    for one in register.recommendations(topic="energy-oil"):
        issue = register.corpus.issues[one.issue]
        topics = {topic for id_ in one.passages for topic in register.corpus.passages[id_].topics}
        assert issue.topics[0] == "energy-oil" or "energy-oil" in topics


def test_then_and_now(register: Register) -> None:
    """The horizon parts what is recent, and of each party the oldest and newest fact stand apart."""
    assert register.era(register.corpus.date) is Era.NOW
    assert register.era(PartialDate(2020, 6)) is Era.THEN
    assert register.era(None) is Era.THEN
    for issue in register.corpus.issues.values():
        sides = register.sides(issue)
        assert [held.position for side in sides for held in side.positions] == sorted(
            issue.positions, key=lambda one: [side.party for side in sides].index(one.party)
        )
        for side in sides:
            dates = [one.as_of.earliest for one in (side.then, side.now) if one is not None and one.as_of is not None]
            assert dates == sorted(dates)
            assert dates


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (None, None),
        ("2020", None),
        (None, "2020"),
        (None, "2003-06"),
        ("2020-06", "2021"),
        ("2025-03-08", "2025-03-08"),
    ],
)
def test_events_in_a_time(register: Register, since: str | None, until: str | None) -> None:
    """Both ends belong to the time, as precisely as they are written; the order is that of the calendar."""
    low, high = (PartialDate.parse(one) if one else None for one in (since, until))
    found = register.events(since=low, until=high)
    wanted = {
        one.id
        for one in register.corpus.events.values()
        if not (low and one.date.latest < low.earliest) and not (high and one.date.earliest > high.latest)
    }

    assert {one.id for one in found} == wanted
    assert [one.date.earliest for one in found] == sorted(one.date.earliest for one in found)


def test_events_of_an_actor(register: Register) -> None:
    """An event that names an actor in full is one of its events, and a small word is no acronym."""
    for event in register.corpus.events.values():
        if "Moqtada al-Sadr" in event.text:
            assert event in register.events(actor="moqtada-al-sadr")
    isis = register.events(actor="isis")
    assert isis
    assert all("ISIS" in one.text or "Islamic State" in one.text for one in isis)


def test_what_rests_on_a_source_is_what_the_statistics_count(register: Register) -> None:
    """Two ways of counting agree for every source, and the list has the most cited first."""
    counted = {one.id: one for one in count(register.corpus).sources}
    for source in register.corpus.sources:
        resting, known = register.resting(source), counted[source]
        found = (
            len(resting.alone),
            len(resting.compiled),
            len(resting.events),
            len(resting.recommendations),
        )
        assert found == (known.alone, known.compiled, known.events, known.recommendations)
    totals = [register.resting(one.id).total for one in register.sources()]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) == len(register.corpus.sources)


def test_related_addressees(register: Register) -> None:
    """Advice to Iraq points to the bodies whose name has Iraq in it."""
    related = dict(register.related_addressees(register.corpus.actors["iraq"]))

    assert related[register.corpus.actors["government-of-iraq"]] == len(
        register.recommendations(addressee="government-of-iraq")
    )
    assert register.corpus.actors["iraq"] not in related


def test_everything_is_found_by_its_names(register: Register) -> None:
    """Id, title, name and every alias lead to what bears them, as exact names."""
    corpus, names = register.corpus, register.names
    wanted = [
        *((names.topics, one.id, [one.id, one.title]) for one in corpus.topics.values()),
        *((names.issues, one.id, [one.id, one.title, one.title.upper()]) for one in corpus.issues.values()),
        *((names.actors, one.id, [one.id, one.name, *one.aliases]) for one in corpus.actors.values()),
        *((names.sources, one.id, [one.id, one.title, one.short]) for one in corpus.sources.values()),
    ]
    for table, id_, forms in wanted:
        for form in forms:
            found = table.find(form)
            assert found is not None, form
            assert found.how is How.EXACT, form
            assert id_ in found.ids, form


@pytest.mark.parametrize(
    ("kind", "text", "how", "ids"),
    [
        ("actors", "sadr", How.EXACT, ["moqtada-al-sadr"]),
        ("actors", "IS", How.EXACT, ["isis"]),
        ("actors", "masoud barzani", How.EXACT, ["masoud-barzani"]),
        ("actors", "talabani", How.PART, ["bafel-talabani"]),
        ("actors", "tlabani", How.ALIKE, ["bafel-talabani"]),
        ("issues", "pmf law", How.PART, ["pmf-legal-status"]),
        ("issues", "hashd law", How.PART, ["pmf-legal-status"]),
        ("topics", "militias", How.EXACT, ["militias-pmf"]),
        ("keywords", "electricity", How.EXACT, ["energy-oil"]),
        ("keywords", "oil exports", How.PART, ["energy-oil"]),
        ("keywords", "electricty", How.ALIKE, ["energy-oil"]),
    ],
)
def test_names(register: Register, kind: str, text: str, how: How, ids: list[str]) -> None:
    """Whole names, parts of names, and slips of the keys."""
    found = getattr(register.names, kind).find(text)

    assert found is not None
    assert (found.how, list(found.ids)) == (how, ids)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("actors", ""),
        ("actors", "is"),
        ("actors", "of the"),
        ("actors", "controls the PMF"),
        ("actors", "votes"),
        ("actors", "meets"),
        ("topics", "projects"),
        ("keywords", "with the budget"),
        ("keywords", "of the withdrawal"),
        ("sources", "of the conflict"),
        ("issues", "weapons " * 40),
    ],
)
def test_no_names(register: Register, kind: str, text: str) -> None:
    """Function words, the rests of sentences and words of the corpus are no names."""
    assert getattr(register.names, kind).find(text) is None


def test_prepared_at_the_start(tiny: Library) -> None:
    """After `prepare` nothing is left to be made for the first reader, and the answers are the same."""
    prepared, lazy = Register(tiny.corpus), Register(tiny.corpus)
    prepared.prepare()
    made = {*vars(prepared), *vars(prepared.names)}
    for kind in (Register, type(prepared.names)):
        assert {name for name, one in vars(kind).items() if isinstance(one, functools.cached_property)} <= made
    assert prepared.events(actor="pmf") == lazy.events(actor="pmf")
    assert prepared.names.actors.find("hashd al shaabi") == lazy.names.actors.find("hashd al shaabi")
