import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import Speller

KNOWN = [
    "soleimani",
    "sulaimani",
    "framework",
    "government",
    "elections",
    "iran",
    "iraq",
    "troops",
    "strategy",
    "strategic",
]
SPELLER = Speller(KNOWN)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment", "government"),
        ("governmentt", "government"),
        ("govrenmet", "government"),  # two slips in a long word
        ("govirmant", None),  # three
        ("tropps", "troops"),
        ("trupps", None),  # two in a short one
        ("govrenment", "government"),
        ("goverpment", "government"),
        ("fraeworxk", "framework"),
        ("solemani", "soleimani"),
        ("elecions", "elections"),
        ("pizza", None),
        ("irak", None),  # too short to tell
        ("xramework", None),  # the first letter is taken as meant
        ("framework", None),  # not another word
        ("", None),
    ],
)
def test_corrections(typed: str, meant: str | None) -> None:
    """One slip is put right, in long words two."""
    assert SPELLER.correct(typed) == meant


def test_the_likelier_word_wins() -> None:
    """Of two neighbours the one that was given first is taken."""
    assert Speller(["troops", "troupes", "trooper"]).correct("troope") == "troops"
    assert Speller(["trooper", "troops"]).correct("troope") == "trooper"


@given(st.text(LETTERS, min_size=6, max_size=12), st.integers(1, 11), st.sampled_from(LETTERS), st.sampled_from("dist"))
def test_every_single_slip_is_found(word: str, at: int, letter: str, slip: str) -> None:
    """A letter left out, put in, replaced or changed with the next one leads back, anywhere after the first."""
    at = min(at, len(word) - 2)
    typed = {
        "d": word[:at] + word[at + 1 :],
        "i": word[:at] + letter + word[at:],
        "s": word[:at] + letter + word[at + 1 :],
        "t": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[slip]
    assert Speller([word]).correct(typed) == (word if typed != word else None)


@given(st.text(LETTERS, min_size=4, max_size=10), st.text(LETTERS, min_size=5, max_size=10))
def test_only_few_slips_are_found(known: str, typed: str) -> None:
    """What is found is one slip away, of eight letters and more two (optimal string alignment distance)."""
    if Speller([known]).correct(typed) is not None:
        assert 1 <= _distance(known, typed) <= (1 if len(typed) < 8 else 2)


def _distance(a: str, b: str) -> int:
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]
