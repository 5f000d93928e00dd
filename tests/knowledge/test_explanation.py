import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
def test_shares_add_up(tiny: Library, words: list[str]) -> None:
    """For every hit the parts make the whole, the greatest first."""
    answer = tiny.ask(" ".join(words))
    explained = tiny.explain(answer)
    assert len(explained) == len(answer.hits)
    for shares in explained:
        values = [share.share for share in shares]
        assert math.isclose(sum(values), 1)
        assert values == sorted(values, reverse=True)
