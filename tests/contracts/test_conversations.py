"""What the tables of last questions and of greetings promise, on every database."""

import asyncio

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.conversations import Conversations
from bot.storage.greetings import Greetings
from bot.storage.purge import Purge
from bot.storage.schema import conversation, greeting
from jobs.housekeeping import KEEP_QUESTIONS
from tests.contracts.conftest import Clock

DAY = KEEP_QUESTIONS.total_seconds()


@pytest.fixture(name="conversations")
def _conversations(engine: AsyncEngine, clock: Clock) -> Conversations:
    return Conversations(engine, clock)


@pytest.fixture(name="greetings")
def _greetings(engine: AsyncEngine, clock: Clock) -> Greetings:
    return Greetings(engine, clock)


async def test_the_last_question_of_a_thread(conversations: Conversations) -> None:
    """The newest replaces the one before, in any script; another thread, channel or workspace has its own."""
    await conversations.keep("T1", "C1", "1.0", "what about Iran?")
    await conversations.keep("T1", "C1", "1.0", 'والأكراد؟ re:"what about Iran?"')
    await conversations.keep("T2", "C1", "1.0", "theirs")

    assert await conversations.last("T1", "C1", "1.0") == 'والأكراد؟ re:"what about Iran?"'
    assert await conversations.last("T1", "C1", "2.0") is None
    assert await conversations.last("T1", "C2", "1.0") is None


async def test_the_newest_of_a_channel(conversations: Conversations, clock: Clock) -> None:
    """Where it is wanted: the thread's own, or else the newest of the channel, and never another channel's."""
    await conversations.keep("T1", "D1", "1.0", "first")
    clock.now += 10
    await conversations.keep("T1", "D1", "2.0", "second")
    await conversations.keep("T1", "D2", "3.0", "elsewhere")

    assert await conversations.last("T1", "D1", "1.0", or_newest=True) == "first"
    assert await conversations.last("T1", "D1", "9.0", or_newest=True) == "second"
    assert await conversations.last("T1", "D9", "9.0", or_newest=True) is None


async def test_after_a_day_it_is_over(conversations: Conversations, clock: Clock) -> None:
    """A question is read with for a day, housekeeping or not; then it is dropped, and a newer one stays."""
    await conversations.keep("T1", "C1", "1.0", "old")
    clock.now += DAY - 1
    before = await conversations.last("T1", "C1", "1.0")
    await conversations.keep("T1", "C1", "2.0", "new")
    clock.now += 1
    after = await conversations.last("T1", "C1", "1.0")
    clock.now += 1

    assert (before, after) == ("old", None)
    assert await conversations.forget_questions(clock.now - DAY) == 1
    assert await conversations.last("T1", "C1", "2.0") == "new"


async def test_many_at_once(conversations: Conversations) -> None:
    """Ten questions at the same moment in one thread: one of them stays, and nothing breaks."""
    await asyncio.gather(*(conversations.keep("T1", "C1", "1.0", f"question {number}") for number in range(10)))

    assert str(await conversations.last("T1", "C1", "1.0")).startswith("question ")


async def test_a_greeting_is_claimed_once(greetings: Greetings) -> None:
    """Of ten claims at the same moment one is granted; another place, person or workspace has its own."""
    claims = await asyncio.gather(*(greetings.claim("T1", "U1", "C1") for _ in range(10)))
    others = [await greetings.claim(*key) for key in (("T1", "U1", ""), ("T1", "U2", "C1"), ("T2", "U1", "C1"))]

    assert sum(claims) == 1
    assert others == [True, True, True]
    assert not await greetings.claim("T1", "U1", "C1")


async def test_a_refused_greeting_may_be_tried_again(greetings: Greetings) -> None:
    """After a release the next claim is granted, and one elsewhere is as it was."""
    await greetings.claim("T1", "U1", "C1")
    await greetings.claim("T1", "U1", "")
    await greetings.release("T1", "U1", "C1")

    assert await greetings.claim("T1", "U1", "C1")
    assert not await greetings.claim("T1", "U1", "")


async def test_uninstalling_leaves_none(
    engine: AsyncEngine, conversations: Conversations, greetings: Greetings
) -> None:
    """Of the workspace that goes no row is left, and the other's are untouched: counted."""
    for team in ("T1", "T2"):
        await conversations.keep(team, "C1", "1.0", "why?")
        await conversations.keep(team, "C1", "2.0", "why?")
        await greetings.claim(team, "U1", "")

    assert await Purge(engine, "T9").forget("T1") == 3
    async with engine.connect() as connection:
        for table, left in ((conversation, 2), (greeting, 1)):
            teams = (await connection.execute(select(table.c.team, func.count()).group_by(table.c.team))).all()
            assert [tuple(row) for row in teams] == [("T2", left)]
