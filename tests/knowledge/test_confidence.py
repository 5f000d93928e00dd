"""How sure an answer is: what a question tells, what of it a passage has, and what none has."""

from dataclasses import replace

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
    """An answer to a part of the question says which part is missing, a few words of it, as the reader typed them."""
    found = tiny.ask("Iraq buys natural gas from Iran and cities go dark in Zubair, Khanaqin, Shatra, Qaim and Rutba")
    assert (found.confident, found.doubtful) == (True, True)
    assert found.lacking == ("Zubair", "Khanaqin", "Shatra", "Qaim", "Rutba")
    (note,) = notes(found)
    assert note == "This may not be the answer: nothing below has “Zubair”, “Khanaqin”, “Shatra” or “Qaim”."
    assert note in answer(tiny, found, shareable=False).text


def test_words_that_stand_apart_are_told(tiny: Library) -> None:
    """Where each word is somewhere but no passage has all, the caveat says that."""
    found = replace(tiny.ask(GAS), doubtful=True)
    assert notes(found) == ("This may not be the answer: no passage has all of the question together.",)


@pytest.mark.parametrize("question", ["zebra crossings", "", "?!", "topic:energy", "the of and"])
def test_only_an_answer_can_be_doubtful(tiny: Library, question: str) -> None:
    """A refusal, and the passages of a filter, carry no caveat."""
    found = tiny.ask(question)
    assert not found.doubtful
    assert found.lacking == ()
