"""What a score is made of."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis import folded
from knowledge.explanation import hundredths
from knowledge.library import Library


@pytest.mark.parametrize(
    ("question", "how"),
    [
        ("gas from Iran", "typed"),
        ("PMU", "alias"),
        ("elctricity", "typo"),
        ("exemption", "asks"),
        ("buys natural gas", "words together"),
        ("الغاز", "translation"),
        ("energy in 2020", "time asked for"),
        ("basis:compiled", "filters"),
    ],
)
def test_how_a_part_matched(tiny: Library, question: str, how: str) -> None:
    """Every way in which a question meets a passage is named."""
    found = tiny.explain(tiny.ask(question))
    assert how in {share.how for shares in found for share in shares}


@given(st.lists(st.sampled_from(["gas", "Iran", "PMU", "waiver", "2020", "elctricity", "الحشد", "guns"]), max_size=6))
def test_points_add_up(tiny: Library, words: list[str]) -> None:
    """For every hit the points make its score, and the shares the whole; the greatest come first."""
    answer = tiny.ask(" ".join(words))
    explained = tiny.explain(answer)
    assert len(explained) == len(answer.hits)
    for hit, shares in zip(answer.hits, explained, strict=True):
        values = [share.points for share in shares]
        assert math.isclose(sum(values), hit.score)
        assert math.isclose(sum(share.share for share in shares), 1)
        assert values == sorted(values, reverse=True)


def test_points_add_up_in_the_shipped_corpus(library: Library) -> None:
    """Newer facts before older ones, times and related words are in the sums too."""
    hows = set()
    for question in ("war authorisation repealed", "elctricity imports", "militias displaced in 2020", "الحشد والغاز"):
        answer = library.ask(question)
        for hit, shares in zip(answer.hits, library.explain(answer), strict=True):
            assert math.isclose(sum(share.points for share in shares), hit.score)
            hows |= {share.how for share in shares}
            assert all((share.points < 0) == (share.how == "older facts") for share in shares)
    assert {"newer facts", "older facts", "time asked for", "related words"} <= hows


@pytest.mark.parametrize(
    ("question", "what", "how", "found"),
    [
        ("USIP advise on Iran", "Iran", "typed", "Iran"),
        ("what did USIP advise", "advise", "typed", "advised"),
        ("PMU control", "PMU", "alias", "Popular Mobilization Forces"),
        ("PMU control", "PMU", "related words", "Popular Mobilization"),
        ("elctricity imports", "elctricity", "typo", "electricity"),
        ("الحشد الشعبي", "الحشد الشعبي", "alias", "PMF"),
    ],
)
def test_the_words_that_were_met(library: Library, question: str, what: str, how: str, found: str) -> None:
    """A share names the passage's own words, as they were typed if they stand so anywhere."""
    explained = library.explain(library.ask(question))
    assert (what, how, found) in {(share.what, share.how, share.found) for shares in explained for share in shares}


def test_the_form_that_was_typed_goes_first(library: Library) -> None:
    """Where a passage has a word as it was typed and in other forms, the share says "as written"."""
    answer = library.ask("attack by militias on the forces", 50)
    for hit, shares in zip(answer.hits, library.explain(answer), strict=True):
        words = {token.term for part in (hit.passage.text, *hit.passage.heading) for token in folded(part)}
        for share in shares:
            if share.how == "typed" and share.what in words:
                assert share.found.lower().removesuffix("'s") == share.what


@given(st.lists(st.floats(-5, 50), max_size=20))
def test_rounded_parts_add_up(values: list[float]) -> None:
    """Hundredths make the rounded sum, and none is further from its value than a hundredth."""
    rounded = hundredths(values)
    assert sum(rounded) == round(sum(values) * 100)
    assert all(abs(one - value * 100) < 1 + 1e-6 for one, value in zip(rounded, values, strict=True))
