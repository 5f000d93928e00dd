import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import Analyzer
from knowledge.models import Synonyms
from knowledge.thesaurus import Thesaurus

ANALYZER = Analyzer(["the", "of", "is", "in"])
ENTRIES = (
    Synonyms("Popular Mobilization Forces", ("PMF", "PMU", "Hashd al-Shaabi", "الحشد الشعبي")),
    Synonyms("ISIS", ("ISIL", "Islamic State", "داعش"), ("IS",)),
    Synonyms("Nineveh", ("Ninewa",)),
    Synonyms("Nineveh Plain", ("Nineveh Plains",)),
    Synonyms("State of Law Coalition", ("State of Law",), ("SoL",)),
    Synonyms("Status of Forces Agreement", (), ("SOFA",)),
    Synonyms("Muhandis General Company", ("Muhandis company",)),
    Synonyms("Abu Mahdi al-Muhandis", ("Muhandis",)),
)
THESAURUS = Thesaurus(ENTRIES, ANALYZER)


def found(text: str) -> list[tuple[str, str]]:
    """The concepts of a text without their mark, and the forms it has."""
    tokens = THESAURUS.concepts(ANALYZER.tokens(text), text)
    return [(token.term[1:], text[token.start : token.end]) for token in tokens]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("the PMF", [("Popular Mobilization Forces", "PMF")]),
        ("pmu?", [("Popular Mobilization Forces", "pmu")]),
        ("Popular Mobilization Force", [("Popular Mobilization Forces", "Popular Mobilization Force")]),
        ("hashd al-shaabi", [("Popular Mobilization Forces", "hashd al-shaabi")]),
        ("Popular forces", []),
        ("the Islamic State in Nineveh", [("ISIS", "Islamic State"), ("Nineveh", "Nineveh")]),
        ("Nineveh Plain", [("Nineveh Plain", "Nineveh Plain")]),
        (
            "Muhandis Company of Muhandis",
            [("Muhandis General Company", "Muhandis Company"), ("Abu Mahdi al-Muhandis", "Muhandis")],
        ),
        ("IS fighters", [("ISIS", "IS")]),
        ("what is this", []),
        ("THIS and ISIS", [("ISIS", "ISIS")]),
        ("a sofa and a SOFA", [("Status of Forces Agreement", "SOFA")]),
        ("State of Law", [("State of Law Coalition", "State of Law")]),
        ("داعش", [("ISIS", "داعش")]),
        ("وداعش بداعش", [("ISIS", "وداعش"), ("ISIS", "بداعش")]),
        ("ما هو الحشد الشعبي؟", [("Popular Mobilization Forces", "الحشد الشعبي")]),
        ("للحشد الشعبي", [("Popular Mobilization Forces", "للحشد الشعبي")]),
    ],
)
def test_concepts(text: str, concepts: list[tuple[str, str]]) -> None:
    """Names are found in every form, the longest first, cautious ones only as written, Arabic ones with clitics."""
    assert found(text) == concepts


@given(
    st.sampled_from([(entry.name, form) for entry in ENTRIES for form in (entry.name, *entry.aliases, *entry.cautious)])
)
def test_every_form_finds_its_concept(pair: tuple[str, str]) -> None:
    """What the thesaurus lists, it finds."""
    name, form = pair
    assert found(f"about {form}, they say") == [(name, form)]


@given(
    st.lists(
        st.sampled_from(["PMF", "IS", "Nineveh", "Plain", "Muhandis", "company", "داعش", "x", "U.S.", "State", "Law"]),
        max_size=12,
    )
)
def test_concepts_lie_in_the_text(parts: list[str]) -> None:
    """Places are inside the text and in order, whatever stands side by side."""
    text = " ".join(parts)
    tokens = THESAURUS.concepts(ANALYZER.tokens(text), text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert tokens == sorted(tokens, key=lambda token: token.start)


def test_no_entries() -> None:
    """An empty thesaurus finds nothing."""
    assert Thesaurus((), ANALYZER).concepts(ANALYZER.tokens("PMF is"), "PMF is") == []
