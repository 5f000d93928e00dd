from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import curated
from knowledge.analysis import Analyzer, words
from knowledge.library import Library

STOPWORDS = ("the", "of", "al", "is", "what", "who", "to")
ANALYZER = Analyzer(STOPWORDS)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("the of IS?", []),
        # acronyms
        ("U.S. u.s US us", ["us", "us", "us", "us"]),
        ("The U.S.-Iraq talks", ["us", "iraq", "talk"]),
        ("U.N.S.C. and U.K.'s", ["unsc", "and", "uk", "s"]),
        ("the end.Then", ["end", "then"]),
        # names and hyphens
        ("Iran-backed", ["iran", "back"]),
        ("al-Kadhimi Al-Kadhimi al Kadhimi el-Kadhimi", ["kadhimi"] * 4),
        ("Hashd ash-Sha'bi", ["hashd", "shabi"]),
        ("Kata'ib Kata’ib Kataib Kataʿib", ["kataib"] * 4),
        ("Abdul-Mahdi", ["abdul", "mahdi"]),
        ("al-Qaeda al- x", ["qaeda", "x"]),
        # possessives and accents
        ("Iraq's Iraq’s Iraqis'", ["iraq", "iraq", "iraqi"]),
        ("Erdoğan Türkiye naïve Straße", ["erdogan", "turkiy", "naiv", "strass"]),
        ("e\u0301lite \ufb01le ＵＳ", ["elit", "file", "us"]),
        # numbers
        ("1.39 million", ["1.39", "million"]),
        ("2,500 troops; 2500", ["2500", "troop", "2500"]),
        ("1,2 and 12,34", ["1", "2", "and", "12", "34"]),
        ("31st 1990s 5G $400bn 80%", ["31", "1990", "5", "g", "400", "bn", "80"]),
        ("COVID-19 covid19 2020-06", ["covid", "19", "covid", "19", "2020", "06"]),
        ("٢٠٢٠", ["2020"]),
        # stemming
        ("resigned resigning resigns", ["resign"] * 3),
        # Arabic: vowels, tatweel, letter forms, the article
        ("الحَشْد الحشـــد حشد والحشد بالحشد للحشد", ["حشد"] * 6),
        ("أربيل إربيل آربيل ٱربيل", ["اربيل"] * 4),
        ("كركوك ککرک", ["كركوك", "ككرك"]),
        ("بغداد؟ داعش،", ["بغداد", "داعش"]),
        ("اتفاقية اتفاقيه", ["اتفاقيه"] * 2),
        # what cannot be seen
        ("ba\u200bgh\u00addad", ["baghdad"]),
        ("\u202ebaghdad\u202c", ["baghdad"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    """What counts as the same word, and what is dropped."""
    assert ANALYZER.terms(text) == terms


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Did the U.S. leave?", ["Did", "U.S.", "leave"]),
        ("Mustafa al-Kadhimi’s two-prong plan", ["Mustafa", "al-Kadhimi’s", "two", "prong", "plan"]),
        ("In 2,500 (naïve) ways", ["In", "2,500", "naïve", "ways"]),
        ("قال الحَشْد", ["قال", "الحَشْد"]),
        ("Straße \ufb01le", ["Straße", "\ufb01le"]),
    ],
)
def test_places(text: str, pieces: list[str]) -> None:
    """Each token says where it stands in the text as it was written."""
    assert [text[token.start : token.end] for token in ANALYZER.tokens(text)] == pieces


@given(st.text(max_size=200))
def test_places_lie_in_the_text(text: str) -> None:
    """For any text the tokens are in order, not empty and inside (two of them on one character for ¼: 1 and 4)."""
    tokens = ANALYZER.tokens(text)
    assert all(token.term and 0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(a.start <= b.start and a.end <= b.end and b.end - a.start > 0 for a, b in pairwise(tokens))


@given(st.text(st.characters(max_codepoint=0x24F), max_size=100))
def test_letter_case_does_not_matter(text: str) -> None:
    """Upper and lower case give the same terms (where Unicode has both)."""
    if text.upper().lower() == text.lower():
        assert ANALYZER.terms(text.upper()) == ANALYZER.terms(text.lower())


@given(
    st.lists(st.sampled_from(["Iraq", "U.S.", "al-Sadr", "1.39", "2,500", "PMF", "الحشد", "Iran-backed"]), max_size=8)
)
def test_terms_do_not_depend_on_what_stands_around(parts: list[str]) -> None:
    """A text has the terms of its parts, one after another."""
    assert ANALYZER.terms(" ".join(parts)) == [term for part in parts for term in ANALYZER.terms(part)]


def test_words_are_not_stemmed() -> None:
    """Spelling is corrected on whole words."""
    assert words("The U.S. protesters' Sha'bi in 2020") == ["the", "protesters", "shabi", "in"]


def test_the_shipped_stop_words(library: Library) -> None:
    """The country is never stopped, nor are the words that make a difference between two questions."""
    kept = {"us", "against", "before", "after", "between", "under", "over", "want"}
    assert not kept & library.corpus.stopwords
    analyzer = Analyzer(curated.load(curated.packaged()).stopwords)
    assert analyzer.terms("What did the U.S. do, and why?") == ["us"]
    assert analyzer.terms("how is it that they were there") == []
