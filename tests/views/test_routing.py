"""The router of `/iraq`: what is a sub-command, and above all what is a question."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.commands import Request, Verb
from bot.playground.model import Message as Shown
from bot.questions.commands import reply_to
from bot.questions.routing import Command, Digest, Help, Pages, Question, Route, Settings, Thanks, route
from bot.texts import register as texts
from bot.views.register.key import Page
from knowledge.library import Library
from tests.support import blockcheck
from tests.support.desk import said as said_by

QUESTIONS = Path(__file__).parents[1] / "evaluation" / "questions.yaml"

UNDERSTOOD = {
    # as the help writes them
    "issues": "issues",
    "issues energy": "issues|topic|energy-oil",
    "issue weapons-in-state-hands": "issue|issue|weapons-in-state-hands",
    "issue pmf law": "issue|issue|pmf-legal-status",
    "recommendations": "recommendations",
    "recommendations oil": "recommendations|topic|energy-oil",
    "recommendations to iraq": "recommendations|actor|iraq",
    "who": "actors",
    "who sadr": "actor|actor|moqtada-al-sadr",
    "compare": "compare",
    "compare militias": "compare|topic|militias-pmf",
    "timeline": "timeline",
    "timeline energy": "timeline|topic|energy-oil",
    "timeline energy 2025 2026": "timeline|topic|energy-oil||2025|2026",
    "sources": "sources",
    "source usip-2020": "source|source|usip-2020",
    # any letter case, punctuation, singular or plural, a word that leads over
    "WHO Sadr?": "actor|actor|moqtada-al-sadr",
    "Issues: energy": "issues|topic|energy-oil",
    "issue": "issues",
    "source": "sources",
    "issue energy": "issues|topic|energy-oil",
    "issues weapons in state hands": "issue|issue|weapons-in-state-hands",
    "issues on oil and gas": "issues|topic|energy-oil",
    "recommendation about water": "recommendations|topic|climate-water",
    "recommendations for the US": "recommendations|actor|united-states",
    "advice to KRG": "recommendations|actor|krg",
    # names of any kind
    "who مقتدى الصدر": "actor|actor|moqtada-al-sadr",
    "who IS": "actor|actor|isis",
    "who us": "actor|actor|united-states",
    "recommendations iran": "recommendations|topic|iran",
    "recommendations krg": "recommendations|actor|krg",
    "compare weapons in the hands of the state": "compare|issue|weapons-in-state-hands",
    "compare kurds": "positions|actor|kurds",
    "timeline sadr": "timeline|actor|moqtada-al-sadr",
    "issue unami": "issue|issue|after-unami",
    "sources usip": "sources|publisher|USIP",
    "source reuters": "sources|publisher|Reuters",
    "sources water": "sources|topic|climate-water",
    # times
    "timeline 2020": "timeline||||2020|2020",
    "timeline since 2024": "timeline||||2024",
    "timeline 2019-2021": "timeline||||2019|2021",
    "timeline 2021 2019": "timeline||||2019|2021",
    "timeline iran from 2020 to 2021": "timeline|topic|iran||2020|2021",
    "timeline kurdistan June 2025": "timeline|topic|kurdistan||2025-06|2025-06",
    "timeline energy 2025-03-08 2025-06": "timeline|topic|energy-oil||2025-03-08|2025-06",
    "timeline energy before 2021": "timeline|topic|energy-oil|||2020-12-31",
    "timeline after 2024": "timeline||||2025-01-01",
    "timeline until 2021": "timeline|||||2021",
}
SLIPS = {
    "recomendations oil": "recommendations|topic|energy-oil",
    "reccommendations": "recommendations",
    "isues water": "issues|topic|climate-water",
    "timline": "timeline",
    "timel iran": "timeline|topic|iran",
    "compare militas": "compare|topic|militias-pmf",
    "who sader": "actor|actor|moqtada-al-sadr",
    "issue electricty": "issues|topic|energy-oil",
    "sorces usip": "sources|publisher|USIP",
}
ASKED = [
    "who controls the PMF?",
    "who is sadr",
    "who are the Yazidis?",
    "who leads",
    "who votes",
    "who meets",
    "issues projects",
    "who is",
    "issues with the budget",
    "issue visas to interpreters",
    "issues of the dialogue",
    "issued sanctions",
    "sources of the conflict",
    "source of the drought",
    "sources say the deadline slipped",
    "timeline of the withdrawal",
    "timeline for the withdrawal of troops",
    "time of the attack",
    "compare the US and Iran",
    "compare 2020 with today",
    "comparing militias",
    "recommend sanctions on Iran",
    "recommendations of USIP on Iran",
    "advice from Hollings about exchange",
    "help me understand the PMF law",
    "help for displaced people",
    "help wanted in Mosul",
    "help issues of the displaced",
    "held elections",
    "settings of the oil price",
    "settings for a deal",
    "setting the oil price",
    "set back",
    "thank you for the passage on Iran",
    "thanks to whom",
    "great powers",
    "ok what about the Kurds?",
    "good",
    "for this",
    ":pray:",
    "? thanks",
    "? help",
    "? settings",
    "digest of the week",
    "digest what happened?",
    "? who sadr",
    "? issues",
    "iran",
    "2020",
]

DESK = {
    "": Help(),
    " ? ": Help(),
    "؟": Help(),
    "help": Help(),
    "HELP!": Help(),
    "help me": Help(),
    "help please": Help(),
    "help issues": Help(),
    "مساعدة": Help(),
    "helpp": Help("helpp"),
    "hlep": Help("hlep"),
    "settings": Settings(),
    "Setting": Settings(),
    "settings please.": Settings(),
    "setings": Settings(),
    "settigns": Settings(),
    "setti": Settings(),
    "الإعدادات": Settings(),
    "thanks!": Thanks(),
    "Thank you so much for this.": Thanks(),
    "great, thanks :pray:": Thanks(),
    "OK 👍": Thanks(),
    "شكرا جزيلا": Thanks(),
    "digest": Digest(Request(Verb.SETTINGS)),
    "digset pause": Digest(Request(Verb.PAUSE)),
    "help digest": Digest(Request(Verb.HELP)),
}


def words(found: Route, library: Library) -> str:
    """What the message of a route shows."""
    shown = reply_to(library, found, bot_user_id="U1", shareable=True, channel="C1").message
    assert blockcheck.check(shown.payload()) == []
    return said_by(Shown("", "", "", shown.text, list(shown.blocks)))


@pytest.mark.parametrize(("typed", "key"), UNDERSTOOD.items())
def test_sub_commands(library: Library, typed: str, key: str) -> None:
    """What is written as a sub-command is one, and shows its page without a word about how it was read."""
    found = route(library, typed)

    assert isinstance(found, Pages)
    assert [one.dump() for one in found.keys] == [key]
    assert not found.slipped
    assert "Showing" not in words(found, library)


@pytest.mark.parametrize(("typed", "key"), SLIPS.items())
def test_slips(library: Library, typed: str, key: str) -> None:
    """A slip is put right, and the page says so."""
    found = route(library, typed)

    assert isinstance(found, Pages)
    assert [one.dump() for one in found.keys] == [key]
    assert found.slipped
    assert f"for “{typed}”" in words(found, library)


@pytest.mark.parametrize(("typed", "meant"), DESK.items())
def test_the_desk_itself(library: Library, typed: str, meant: Route) -> None:
    """Help, settings and the digest: for the asker alone, in any letter case, with slips, prefixes and a please."""
    found = route(library, typed)

    assert found == meant
    assert reply_to(library, found, bot_user_id="U1", shareable=True, channel="C1").private


def test_a_slip_of_help_can_be_undone(library: Library) -> None:
    """The help for a slip says how the word is searched instead."""
    assert "for “hlep”. To search for the word instead" in words(route(library, "hlep"), library)
    assert "search for the word instead" not in words(route(library, "help"), library)


@pytest.mark.parametrize("typed", ASKED)
def test_questions(library: Library, typed: str) -> None:
    """A sentence that begins like a sub-command stays a question."""
    assert isinstance(route(library, typed), Question)


def test_every_question_that_the_desk_is_measured_on(library: Library) -> None:
    """None of them is taken for a sub-command."""
    asked = [one["question"] for one in yaml.safe_load(QUESTIONS.read_text("utf-8"))]

    assert [one for one in asked if not isinstance(route(library, one), Question)] == []


def test_every_question_that_a_passage_answers(library: Library) -> None:
    """Nor is any wording that the corpus expects."""
    asked = [text for one in library.corpus.passages.values() for text in (*one.asks, *one.wordings)]

    assert len(asked) > 1_000
    assert [one for one in asked if not isinstance(route(library, one), Question)] == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("who barzani", ["Masoud Barzani", "Masrour Barzani", "Nechirvan Barzani"]),
        ("who kataib", ["Kataib Hezbollah", "Kataib Sayyid al-Shuhada"]),
    ],
)
def test_several_readings(library: Library, typed: str, names: list[str]) -> None:
    """A name that several bear asks which one is meant."""
    found = route(library, typed)

    assert isinstance(found, Pages)
    shown = words(found, library)
    assert "Which one do you mean" in shown
    assert all(name in shown for name in names)


def test_an_unknown_id(library: Library) -> None:
    """A wrong id is no question: the nearest ones are offered."""
    found = route(library, "source usip-2021")

    assert isinstance(found, Pages)
    assert found.question == texts.NO_SOURCE
    assert "U.S.-Iraq Dialogue Opens Door" in words(found, library)


def test_every_name_leads_to_its_page(library: Library) -> None:
    """Each actor, issue, topic and source is reached by typing what it is called."""
    corpus = library.corpus
    for command, table in (
        ("who", {id_: one.name for id_, one in corpus.actors.items()}),
        ("issue", {id_: one.title for id_, one in corpus.issues.items()}),
        ("issues", {id_: one.title for id_, one in corpus.topics.items()}),
        ("source", {id_: id_ for id_ in corpus.sources}),
    ):
        for id_, name in table.items():
            found = route(library, f"{command} {name}")
            assert isinstance(found, Pages), name
            assert [key.subject for key in found.keys] == [id_], name


@given(
    first=st.sampled_from([*Command, "recs", "timlin", "isue", "?"]),
    rest=st.text(max_size=60) | st.from_regex(r"(from|to|-|20[0-9]{2}(-[0-9]{2}){0,2}| |jan){1,6}", fullmatch=True),
)
def test_nothing_that_is_typed_raises(library: Library, first: str, rest: str) -> None:
    """Whatever follows a sub-command, there is a route, and a message that Slack takes."""
    found = route(library, f"{first} {rest}")
    shown = reply_to(library, found, bot_user_id="U1", shareable=True, channel="C1").message
    assert [one for one in blockcheck.check(shown.payload()) if one.level == "ERROR"] == []
    if isinstance(found, Pages):
        assert found.keys
        assert all(key.page in Page for key in found.keys)
