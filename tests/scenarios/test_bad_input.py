"""What people and machines type that they should not: a clear, private reply, no ping, no traceback, nothing lost."""

import json
import logging

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import logs
from bot.questions.commands import reply
from knowledge.library import Library
from tests.support import blockcheck
from tests.support.desk import Desk, action_ids, said

CASES = {
    "only punctuation": "?!… --- ...",
    "only emoji": "🙂🙂 👍🏽 :wave:",
    "10,000 characters": "what about the PMF " * 526,
    "10,000 characters without a space": "x" * 10_000,
    "control characters": "what\x00 did\x07 USIP\x1b[31m advise\x7f",
    "zero-width characters": "I\u200br\u200da\u2060n\ufeff and Iraq",
    "right-to-left override": "what is \u202egnp.exe\u202c about Iran",
    "a broadcast": "<!channel> what did USIP advise about Iran?",
    "a person": "<@U0PLAYOMAR1> what did USIP advise about Iran?",
    "a broken mention": "<@U1|<!here>> hello",
    "HTML": "<script>alert('Iran')</script><b>Iran</b>",
    "SQL": "Iran'; DROP TABLE seen; --",
    "format strings": "{0} %s %n ${jndi:ldap://127.0.0.1/x} {{7*7}}",
    "a code fence": "```\nIran\n``` and `code` *bold* _it_ ~no~",
    "a link": "<https://example.org|Iran & Iraq> and http://127.0.0.1/",
    "only markup": "**** ____ ~~~~ ````",
    "Arabic": "ما هي نصيحة المعهد بشأن إيران؟",
    "half a surrogate pair": "Iran \ud83d and Iraq",
    "an unknown sub-command": "subscribe --weekly",
    "path": "../../etc/passwd",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
async def test_it_is_answered_privately_and_pings_nobody(
    desk: Desk, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is typed, the asker alone gets a reply that holds Slack's rules, and nothing is logged as broken."""
    with caplog.at_level(logging.WARNING):
        answer = await desk.asks(text)

    assert answer.visible_to == desk.slack.user.id
    assert said(answer)
    assert desk.slack.notices == []
    assert "<!" not in answer.text + said(answer).replace(text, "")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
async def test_a_mention_with_it_pings_nobody(desk: Desk, text: str) -> None:
    """The same in a channel: the public answer holds no broadcast and mentions nobody."""
    answer = await desk.mentions(text.replace("\ud83d", ""))

    assert "<!" not in answer.text
    assert "<@U0PLAYOMAR1" not in answer.text


async def test_a_long_question_says_that_it_was_cut(desk: Desk) -> None:
    """What was not searched is said, and the buttons still work with what was."""
    answer = await desk.asks(CASES["10,000 characters"])
    assert "Only the first 500 characters of your question were searched." in said(answer)
    assert "more_passages" in action_ids(answer)
    await desk.slack.user.press(answer, "more_passages")

    assert "on “what about the PMF" in said(await desk.slack.user.next_message())


async def test_question_text_is_never_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Not even when answering fails, and not even at the most talkative level."""
    with caplog.at_level(logging.DEBUG):
        desk.slack.faults.server_error("chat.postMessage")
        await desk.mentions("my secret question on Sistani")
        await desk.asks("my secret question on Sistani")
        await desk.slack.settled()

    written = "\n".join(logs.Redacting().format(record) for record in caplog.records if logs.worth_saying(record))
    assert "a request failed" in written
    assert "secret question" not in written
    assert "xoxb-" not in written


@given(text=st.text(st.characters(codec=None), max_size=800))
@example("settings")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_any_text_makes_a_message_that_slack_takes(library: Library, text: str) -> None:
    """Every reply to every string passes an independent checker of Slack's rules, and can be sent as UTF-8."""
    payload = reply(library, text, bot_user_id="U0PLAYBOT01", shareable=True).payload()

    assert [problem for problem in blockcheck.check(payload) if problem.level == "ERROR"] == []
    json.dumps(payload, ensure_ascii=False).encode()
