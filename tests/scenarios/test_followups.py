"""Asking on in a thread: what is read with the question before, what is not, and what is kept of it."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import delete

from bot.bidi import isolated
from bot.manifest import manifest
from bot.mrkdwn import unescape
from bot.playground.model import Message
from bot.storage.schema import conversation
from bot.texts.conversation import READ_WITH
from bot.views.answer import AnswerKey
from jobs.housekeeping import KEEP_QUESTIONS, forget_questions
from knowledge.library import Library
from knowledge.query import parse
from tests.contracts.conftest import Clock
from tests.support.desk import Desk, action_ids, element_of, rating, running_desk, said

RUBIO = "What did Rubio say about the PMF bill?"
ARAJI = "Qasim al-Araji"
AND_ARAJI = "and Araji?"


def read_with(question: str) -> str:
    """The note over a follow-up."""
    return READ_WITH.format(question=isolated(question))


async def thread_on(desk: Desk, question: str) -> str:
    """A thread in #iraq-policy in which a question was answered and is kept: its first ts."""
    thread = str((await desk.mentions(question)).thread_ts)
    await kept(desk, desk.slack.policy, thread, question)
    return thread


async def kept(desk: Desk, channel: str, thread: str, question: str) -> None:
    """Wait until a question is the last one of its thread: it is kept after it was answered."""
    async with asyncio.timeout(5):
        while True:
            last = await desk.running.services.conversations.last("T0PLAYTEAM1", channel, thread)
            if last is not None and parse(last).text == question:
                return
            await asyncio.sleep(0.01)


async def test_a_follow_up_is_read_with_the_question_before(desk: Desk) -> None:
    """It finds what it could not find alone, repeats what was typed, and says with what it was read."""
    reply = await desk.mentions(AND_ARAJI, await thread_on(desk, RUBIO))

    assert said(reply).startswith(AND_ARAJI)
    assert read_with(RUBIO) in said(reply)
    assert read_with(RUBIO) in reply.text
    assert ARAJI in said(reply)


async def test_another_person_asks_on(desk: Desk) -> None:
    """The question is the thread's, not one person's."""
    thread = await thread_on(desk, RUBIO)
    omar = desk.slack.as_user(desk.slack.colleague)
    await omar.next_message()
    await omar.say(desk.slack.policy, f"@Iraq Desk {AND_ARAJI}", thread)

    assert read_with(RUBIO) in said(await omar.next_message())


async def test_the_note_is_no_markup(desk: Desk) -> None:
    """What somebody typed before is repeated literally: no bold, no mention, no link."""
    thread = await thread_on(desk, "*USIP* _Iran_ <!channel> & <https://example.org|here>")
    reply = await desk.mentions("why?", thread)
    note = next(
        run
        for block in reply.blocks or []
        for element in block["elements"]
        for run in element.get("elements", [])
        if "Read with" in str(run.get("text"))
    )

    assert note["type"] == "text"
    assert "*USIP* _Iran_ <!channel> & <https://example.org|here>" in note["text"]
    assert "<!" not in reply.text
    assert "*USIP*" not in reply.text


async def test_buttons_give_the_same_answer_again(desk: Desk) -> None:
    """More, and the rating, know of a follow-up all that it was read with, though the database has forgotten it."""
    reply = await desk.mentions(AND_ARAJI, await thread_on(desk, RUBIO))
    key = AnswerKey.load(element_of(reply, "more_passages")["value"])
    async with desk.running.services.store._engine.begin() as connection:  # noqa: SLF001 - a test looks into the database
        await connection.execute(delete(conversation))
    await desk.slack.user.press(reply, "more_passages")
    more = await desk.slack.user.next_message()
    await desk.slack.user.press(reply, "feedback", rating(reply, helpful=True))
    await desk.slack.user.next_message()
    found = desk.running.services.library.ask(key.question)
    rated = await desk.running.services.store.feedback("T0PLAYTEAM1")

    assert found.hits[0].passage.text in unescape(reply.text)
    assert f"{key.start + 1}) {found.hits[key.start].passage.heading[-1]}" in unescape(more.text)
    assert rated[0].question == key.question == f'{AND_ARAJI} re:"{RUBIO}"'


async def test_a_question_of_its_own_is_not_mixed(desk: Desk) -> None:
    """In the same thread a whole question is answered as anywhere else, and is the one that is asked on from."""
    thread = await thread_on(desk, RUBIO)
    alone = await desk.mentions("how many people were displaced in 2020?", thread)
    await kept(desk, desk.slack.policy, thread, "how many people were displaced in 2020?")
    follow_up = await desk.mentions("what about 2025?", thread)

    assert "Read with" not in said(alone)
    assert "1.39 million" in said(alone)
    assert read_with("how many people were displaced in 2020?") in said(follow_up)
    assert "About one million" in said(follow_up)


async def test_a_chain_of_follow_ups(desk: Desk) -> None:
    """Each is read with all before it, in the order in which they were asked."""
    thread = await thread_on(desk, "How many people were displaced inside Iraq in 2020?")
    await desk.mentions("what about 2025?", thread)
    await kept(desk, desk.slack.policy, thread, "what about 2025?")
    third = await desk.mentions("and the Yazidis?", thread)

    assert read_with("How many people were displaced inside Iraq in 2020? what about 2025?") in said(third)
    assert "Yazidis" in third.text


async def test_arabic(desk: Desk) -> None:
    """An Arabic follow-up is read so too, and its note does not turn the line around it."""
    thread = await thread_on(desk, "ماذا أرادت إيران في العراق عام 2020؟")
    reply = await desk.mentions("وأمريكا؟", thread)

    assert "\u2068ماذا أرادت إيران في العراق عام 2020؟\u2069" in said(reply)
    assert "what the United States wanted from Iraq" in reply.text


async def test_nothing_without_a_mention(library: Library) -> None:
    """In a thread in which the bot has answered, talk among people is left alone, even where the bot hears it."""
    app = manifest()
    app["settings"]["event_subscriptions"]["bot_events"].append("message.channels")
    async with running_desk(library=library, app=app) as desk:
        thread = await thread_on(desk, RUBIO)
        await desk.slack.settled()
        calls, heard = len(desk.slack.calls), len(desk.slack.deliveries)
        for text in (AND_ARAJI, "thanks, very useful", "Iraq Desk is right, why?"):
            await desk.slack.user.say(desk.slack.policy, text, thread)
        await desk.slack.settled()

        assert len(desk.slack.deliveries) == heard + 3
        assert len(desk.slack.calls) == calls


async def test_other_threads_know_nothing_of_it(desk: Desk) -> None:
    """A follow-up elsewhere has nothing before it."""
    await thread_on(desk, RUBIO)
    reply = await desk.mentions(AND_ARAJI)

    assert "Read with" not in said(reply)


async def test_help_and_settings_are_no_questions(desk: Desk) -> None:
    """Between a question and its follow-up they change nothing."""
    thread = await thread_on(desk, RUBIO)
    for text in ("help", "", "digest status", "issues energy"):
        await desk.mentions(text, thread)
    reply = await desk.mentions(AND_ARAJI, thread)

    assert read_with(RUBIO) in said(reply)


async def test_a_bare_who_asks_on(desk: Desk) -> None:
    """In a thread with a question "who?" belongs to it; without one it is the list of actors."""
    alone = await desk.mentions("who")
    in_thread = await desk.mentions("who?", await thread_on(desk, "Why did Washington warn against Maliki?"))

    assert "register_open" in action_ids(alone)
    assert read_with("Why did Washington warn against Maliki?") in said(in_thread)


async def test_sub_commands_show_their_pages(desk: Desk) -> None:
    """What `/iraq` calls by a word is shown in a thread and in a direct message as well, for everybody there to page."""
    for reply in (await desk.mentions("timeline energy 2026"), await desk.writes("timeline energy 2026")):
        assert reply.visible_to is None
        assert reply.text.startswith("Timeline: Oil, gas and electricity")
        assert "register_share" not in action_ids(reply)


async def test_an_unanswered_question_is_not_kept(desk: Desk) -> None:
    """What failed on its way is not what the next one is read with."""
    thread = await thread_on(desk, RUBIO)
    desk.slack.faults.server_error("chat.postMessage")
    failed = await desk.mentions("who is Sistani?", thread)
    reply = await desk.mentions(AND_ARAJI, thread)

    assert "Something broke" in said(failed)
    assert read_with(RUBIO) in said(reply)


async def test_two_at_once(desk: Desk) -> None:
    """Two follow-ups at the same moment are both answered, each with a question before it."""
    thread = await thread_on(desk, RUBIO)
    people = (desk.slack.user, desk.slack.as_user(desk.slack.colleague))
    await asyncio.gather(*(one.say(desk.slack.policy, f"@Iraq Desk {AND_ARAJI}", thread) for one in people))
    await desk.slack.settled()
    replies = [one for one in desk.slack.messages(desk.slack.policy) if one.is_from_app() and "Read with" in said(one)]

    assert len(replies) == 2
    assert all(ARAJI in said(one) for one in replies)


async def test_after_a_day_it_is_forgotten(library: Library) -> None:
    """A follow-up on the next day stands alone; housekeeping drops the row, and no other."""
    clock = Clock()
    async with running_desk(library=library, clock=clock) as desk:
        thread = await thread_on(desk, RUBIO)
        conversations = desk.running.services.conversations
        clock.now += KEEP_QUESTIONS.total_seconds() + 1
        reply = await desk.mentions(AND_ARAJI, thread)
        await kept(desk, desk.slack.policy, thread, AND_ARAJI)

        assert "Read with" not in said(reply)
        assert (
            await forget_questions(conversations, datetime.fromtimestamp(clock(), UTC)) == 0
        )  # that of today took its place
        clock.now += KEEP_QUESTIONS.total_seconds() + 1
        assert await forget_questions(conversations, datetime.fromtimestamp(clock(), UTC)) == 1


async def test_direct_messages_need_no_mention_and_no_thread(library: Library) -> None:
    """A follow-up there is read with the thread's last question, or with the last of all when it begins a new thread."""
    clock = Clock()
    async with running_desk(library=library, clock=clock) as desk:
        first = await desk.writes(RUBIO)
        await kept(desk, first.channel, str(first.thread_ts), RUBIO)
        clock.now += 60
        other = await desk.writes("how many people were displaced in 2020?")
        await kept(desk, other.channel, str(other.thread_ts), "how many people were displaced in 2020?")
        clock.now += 60
        in_thread = await desk.writes(AND_ARAJI, first.thread_ts)
        await kept(desk, first.channel, str(first.thread_ts), AND_ARAJI)
        on_top = await desk.writes("why?")

    assert read_with(RUBIO) in said(in_thread)
    assert in_thread.thread_ts == first.thread_ts
    assert read_with(f"{RUBIO} {AND_ARAJI}") in said(on_top)
    assert on_top.thread_ts not in {first.thread_ts, None}


async def test_a_renamed_channel_goes_on(desk: Desk) -> None:
    """Nothing hangs on a channel's name: the conversation and the digest's settings are as they were."""
    thread = await thread_on(desk, RUBIO)
    await desk.asks("digest on")
    await desk.slack.user.rename(desk.slack.policy, "iraq-and-more")
    reply = await desk.mentions(AND_ARAJI, thread)
    status: Message = await desk.asks("digest status")

    assert read_with(RUBIO) in said(reply)
    assert "digest_settings" in action_ids(status)
    assert "iraq-policy" not in said(status)
