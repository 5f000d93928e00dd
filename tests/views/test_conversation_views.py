"""What a follow-up's answer shows and carries, and what somebody is told once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import conversation as texts
from bot.texts import manifest
from bot.views.answer import AnswerKey, answer, notes
from bot.views.greetings import hello, welcome
from bot.views.message import MOST_VALUE, fits
from knowledge.library import Library
from knowledge.models import Query
from knowledge.query import MAX_BEFORE, MAX_LENGTH, parse
from tests.support import blockcheck

MOST_PROMPTS = 4  # assistant.threads.setSuggestedPrompts


@settings(max_examples=25)
@given(st.text('"\\<>&*_~`: عراقwhy?', min_size=1, max_size=MAX_LENGTH + 50), st.text('\\<>&* عراق:"', max_size=400))
def test_a_follow_ups_answer_fits_and_carries_itself(library: Library, text: str, before: str) -> None:
    """Whatever was asked before, the message is one that Slack takes, and its key is the same question again."""
    question = library.follow(parse(before), parse(f"{text} why?"))
    found = library.ask(question, 4)
    message = answer(library, found, shareable=True)
    value = AnswerKey(question.whole, 10, library.corpus.version, helpful=False).dump()

    assert fits(message.blocks)
    assert blockcheck.check(message.payload()) == []
    assert len(value) <= MOST_VALUE
    assert parse(AnswerKey.load(value).question) == question


def test_the_longest_key_fits(library: Library) -> None:
    """A question of quotation marks alone, which JSON doubles, on one of backslashes."""
    question = Query('"' * MAX_LENGTH, before="\\" * MAX_BEFORE)

    assert len(AnswerKey(question.whole, 1000, library.corpus.version, helpful=False).dump()) <= MOST_VALUE
    assert parse(question.whole) == question


def test_the_note_says_what_it_was_read_with(library: Library) -> None:
    """It stands before all others; a question that stands alone has none."""
    follow_up = library.ask(library.follow(parse("Iran source:usip-2020"), parse("and the Kurds? source:nobody")))
    alone = library.ask("What did USIP advise about Iran?")

    assert notes(follow_up)[0] == texts.READ_WITH.format(question="Iran source:usip-2020")
    assert "“nobody” is no source" in notes(follow_up)[1]
    assert not any("Read with" in note for note in notes(alone))


def test_greetings_are_short_messages_that_slack_takes() -> None:
    """Neither is longer than a few lines, and both say as text what their blocks say."""
    for message in (welcome(), hello("U0PLAYBOT01")):
        assert blockcheck.check(message.payload()) == []
        assert len(message.blocks) <= 3
        assert len(message.text) <= 600
    assert 1 <= len(manifest.PROMPTS) <= MOST_PROMPTS
