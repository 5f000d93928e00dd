import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.models import Query
from knowledge.query import MAX_LENGTH, parse


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("", ""),
        (" \t\n ", ""),
        ("who  leads\nthe PMF ?", "who leads the PMF ?"),
        ("a\u200bb\u202ec\u2066d", "abcd"),
        ("a\x00b\x1bc", "a b c"),
        ("a\u2028b\u00a0c", "a b c"),
        ("\ud800x", "x"),
        ("الحشد الشعبي؟", "الحشد الشعبي؟"),
        ("naïve 🙂", "naïve 🙂"),
    ],
)
def test_cleaning(raw: str, text: str) -> None:
    """What does not show goes, space of any kind becomes one blank."""
    assert parse(raw) == Query(text)


@given(st.text(max_size=700) | st.text("ab \n", max_size=1500))
def test_any_text_becomes_a_question(raw: str) -> None:
    """Whatever is typed gives one short, visible line that is clean already."""
    query = parse(raw)
    assert len(query.text) <= MAX_LENGTH
    assert query.text == " ".join(query.text.split())
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in query.text)
    assert parse(query.text) == Query(query.text)


def test_a_long_question_is_cut_at_a_word() -> None:
    """The cut is told, falls between words, and inside a word only when there is no other place."""
    assert parse("word " * 200) == Query(("word " * 100).strip(), truncated=True)
    assert parse("x" * 600) == Query("x" * 500, truncated=True)
    assert parse("x" * 499 + " yes") == Query("x" * 499, truncated=True)
    assert parse("x" * 500) == Query("x" * 500)
    assert parse("x" * 500 + " ") == Query("x" * 500)
    assert parse("x" * 500 + " y") == Query("x" * 500, truncated=True)
