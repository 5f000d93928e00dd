"""How sure an answer is: what a question tells, what of it a passage has, and what none has."""

import pytest

from bot.views.answer import answer, notes
from knowledge.library import Library

GAS = "gas from Iran"


def test_an_answer_with_all_of_the_question_has_no_caveat(tiny: Library) -> None:
    """The reader is not troubled where the words match."""
    found = tiny.ask(GAS)
    assert (found.confident, found.doubtful, found.lacking) == (True, False, ())
    assert notes(found) == ()


def test_words_that_no_passage_has_are_named(tiny: Library) -> None:
    """An answer to a part of the question says which part is missing, in the reader's own words."""
    found = tiny.ask("gas from Iran for the Zubair smelter")
    assert (found.confident, found.doubtful) == (True, True)
    assert found.lacking == ("Zubair", "smelter")
    (note,) = notes(found)
    assert note == "This may not be the answer: nothing below has “Zubair” or “smelter”."
    assert note in answer(tiny, found, shareable=False).text


def test_few_of_many_missing_words_are_named(tiny: Library) -> None:
    """A caveat stays a line."""
    found = tiny.ask("gas from Iran for smelters in Zubair, Khanaqin, Shatra, Qaim and Rutba")
    if found.doubtful:
        assert notes(found)[-1].count("“") == 4


@pytest.mark.parametrize("question", ["zebra crossings", "", "?!", "topic:energy", "the of and"])
def test_only_an_answer_can_be_doubtful(tiny: Library, question: str) -> None:
    """A refusal, and the passages of a filter, carry no caveat."""
    found = tiny.ask(question)
    assert not found.doubtful
    assert found.lacking == ()
