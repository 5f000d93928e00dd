"""Mentions, direct messages, the Home tab, and what must not be answered."""

import asyncio

import pytest

from bot.playground.model import Message
from bot.texts import notices as texts
from tests.support.desk import Desk, action_ids, said

DISPLACED = "how many people were displaced in 2020?"


async def test_a_mention_is_answered_in_its_thread(desk: Desk) -> None:
    """The reply hangs on the message that asked, for everybody in the channel, without a Share button."""
    asked = await desk.slack.user.say(desk.slack.policy, f"@Iraq Desk {DISPLACED}")
    reply = await desk.slack.user.next_message()

    assert reply.thread_ts == asked.ts
    assert reply.visible_to is None
    assert "1.39 million" in said(reply)
    assert action_ids(reply) == ["more_passages", "feedback"]


async def test_a_mention_inside_a_thread_stays_in_it(desk: Desk) -> None:
    """The reply goes to the thread's root, not to a thread of its own."""
    root = await desk.slack.user.say(desk.slack.policy, "morning all")
    reply = await desk.mentions(DISPLACED, root.ts)

    assert reply.thread_ts == root.ts


async def test_the_mention_may_stand_anywhere(desk: Desk) -> None:
    """The words around the mention are the question; the mention itself is not."""
    await desk.slack.user.say(desk.slack.policy, f"hey @Iraq Desk {DISPLACED}")
    reply = await desk.slack.user.next_message()

    assert "<@" not in said(reply)
    assert said(reply).startswith(f"hey {DISPLACED}")


async def test_a_bare_mention_gets_private_help(desk: Desk) -> None:
    """Somebody who only mentions the bot is shown how to ask, and nobody else is bothered."""
    reply = await desk.mentions("")

    assert reply.visible_to == desk.slack.user.id
    assert "Where to ask" in said(reply)


async def test_a_direct_message_is_answered_in_a_thread(desk: Desk) -> None:
    """A direct message needs no mention; its answer hangs on it."""
    user = desk.slack.user
    asked = await user.say(user.direct_channel, DISPLACED)
    reply = await user.next_message()

    assert (reply.channel, reply.thread_ts) == (user.direct_channel, asked.ts)
    assert "1.39 million" in said(reply)


async def test_a_mention_in_a_direct_message_is_answered_once(desk: Desk) -> None:
    """Naming the bot where it is alone with the asker makes no second answer."""
    await desk.writes(f"@Iraq Desk {DISPLACED}")
    await desk.slack.settled()

    assert len([call for call in desk.slack.calls if call.method == "chat.postMessage"]) == 1


async def test_nothing_is_answered_unasked(desk: Desk) -> None:
    """Talk without a mention, other bots, edits and deletions are left alone."""
    slack, user = desk.slack, desk.slack.user
    await user.say(slack.policy, "what did USIP advise about Iran?")
    slack.other_bot_says(slack.policy, "<@U0PLAYBOT01> what did USIP advise about Iran?")
    mine = await user.say(user.direct_channel, DISPLACED)
    await user.next_message()
    await user.edit(mine, "who is Sistani?")
    await user.delete(mine)
    await slack.settled()

    assert [call.method for call in slack.calls if call.method.startswith("chat.")] == ["chat.postMessage"]


async def test_a_duplicate_delivery_is_answered_once(desk: Desk) -> None:
    """An event that comes twice, as around a change of sockets, has one effect."""
    desk.slack.faults.duplicate()
    await desk.mentions(DISPLACED)
    await desk.slack.settled()

    assert len([call for call in desk.slack.calls if call.method == "chat.postMessage"]) == 1


async def test_an_answer_survives_refused_blocks(desk: Desk) -> None:
    """When Slack refuses the blocks, the same words go out as text."""
    desk.slack.faults.refuse("chat.postMessage", "invalid_blocks")
    reply = await desk.mentions(DISPLACED)

    assert reply.blocks is None
    assert "1.39 million" in reply.text


async def test_a_rate_limit_is_waited_out(desk: Desk) -> None:
    """After a 429 the answer comes all the same, once."""
    desk.slack.faults.rate_limit("chat.postMessage", retry_after=1)
    reply = await desk.mentions(DISPLACED)

    assert "1.39 million" in said(reply)


async def test_a_failure_is_told_privately_with_a_reference(desk: Desk) -> None:
    """When posting fails, only the asker hears of it, with a reference and no innards; asking again works."""
    desk.slack.faults.server_error("chat.postMessage")
    told = await desk.mentions(DISPLACED)
    again = await desk.mentions(DISPLACED)

    assert told.visible_to == desk.slack.user.id
    assert "Something broke" in said(told)
    assert "Error" not in said(told)
    assert "1.39 million" in said(again)


async def test_a_lost_reply_is_not_posted_twice(desk: Desk) -> None:
    """When the connection breaks after Slack took the answer, it is not sent again."""
    desk.slack.faults.drop("chat.postMessage", accepted=True)
    await desk.slack.user.say(desk.slack.policy, f"@Iraq Desk {DISPLACED}")
    await desk.slack.user.next_message()
    await desk.slack.settled()

    answers = [message for message in desk.slack.messages(desk.slack.policy) if _is_answer(message)]
    assert len(answers) == 1


async def test_after_a_reconnect_questions_are_answered(desk: Desk) -> None:
    """Slack asks for a new connection a few times a day; the bot follows."""
    await desk.slack.disconnect("refresh_requested")
    await desk.slack.wait_for(lambda: desk.slack.connected)
    reply = await desk.mentions(DISPLACED)

    assert "1.39 million" in said(reply)


@pytest.mark.parametrize("text", ["thanks!", "great, thank you :pray:", "شكرا جزيلا"])
async def test_thanks_are_no_question(desk: Desk, text: str) -> None:
    """A courtesy gets one private line, and nobody reads that no passage answers it."""
    first = await desk.mentions(DISPLACED)
    told = await desk.mentions(text, first.thread_ts)
    direct = await desk.writes(text)

    assert (told.visible_to, said(told)) == (desk.slack.user.id, texts.GLAD)
    assert (direct.channel, said(direct)) == (desk.slack.user.direct_channel, texts.GLAD)


async def test_many_at_once_are_all_answered(desk: Desk) -> None:
    """Thirty questions from two people at once: every one answered, none twice."""
    people = [desk.slack.user, desk.slack.as_user(desk.slack.colleague)]
    asked = await asyncio.gather(*(people[i % 2].say(desk.slack.policy, f"@Iraq Desk {DISPLACED}") for i in range(30)))

    def answers() -> list[str | None]:
        return [message.thread_ts for message in desk.slack.messages(desk.slack.policy) if _is_answer(message)]

    await desk.slack.wait_for(lambda: len(answers()) >= len(asked), timeout=60)
    await desk.slack.settled(timeout=60)
    assert sorted(answers(), key=str) == sorted(message.ts for message in asked)


def _is_answer(message: Message) -> bool:
    return message.is_from_app() and "1.39 million" in said(message)
