"""The controls under an answer."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.playground.model import ActError
from knowledge.library import Library
from tests.support.desk import Desk, action_ids, element_of, rating, running_desk, said

IRAN = "what did USIP advise about Iran?"


async def test_more_passages_follow_privately(desk: Desk) -> None:
    """More passages shows the next ones, numbered on, to the asker, and goes on until there are no more."""
    reply = await desk.asks(IRAN)
    await desk.slack.user.press(reply, "more_passages")
    more = await desk.slack.user.next_message()

    assert more.visible_to == desk.slack.user.id
    assert said(more).startswith("Passages 4 to 6 on")
    assert "*4  " in said(more)

    seen = 6
    while "more_passages" in action_ids(more):
        await desk.slack.user.press(more, "more_passages")
        more = await desk.slack.user.next_message()
        seen += said(more).count("Summary of ") + said(more).count("Compiled from: ")
    assert seen == 10


async def test_sharing_names_who_shared_and_pings_nobody(desk: Desk) -> None:
    """Share posts the answer for the channel with the sharer's name in plain words; the private copy loses its button."""
    reply = await desk.asks(IRAN)
    await desk.slack.user.press(reply, "share_answer")
    shared = await desk.slack.user.next_message()
    await desk.slack.settled()

    assert shared.visible_to is None
    assert said(shared).startswith("Shared by dana")
    assert "<@" not in said(shared)
    assert action_ids(shared) == ["more_passages", "feedback"]
    kept = desk.slack.message(reply.channel, reply.ts)
    assert kept is not None
    assert action_ids(kept) == ["more_passages", "feedback"]


async def test_what_was_shared_is_not_called_broken(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """When only the private copy cannot be changed any more, the log has it and the sharer hears nothing wrong."""
    reply = await desk.asks(IRAN)
    desk.slack.faults.delay("response_url", 0)
    desk.slack.faults.server_error("response_url")
    with caplog.at_level(logging.WARNING):
        await desk.slack.user.press(reply, "share_answer")
        shared = await desk.slack.user.next_message()
        await desk.slack.settled()

    assert shared.visible_to is None
    (logged,) = [record.getMessage() for record in caplog.records]
    assert logged.startswith("a shared message keeps its button: the response URL of an interaction: 500")


async def test_sharing_works_where_the_bot_is_no_member(desk: Desk) -> None:
    """The response URL posts where the bot's token may not."""
    reply = await desk.asks(IRAN, desk.slack.general)
    await desk.slack.user.press(reply, "share_answer")
    shared = await desk.slack.user.next_message()

    assert (shared.channel, shared.visible_to) == (desk.slack.general, None)


async def test_sharing_asks_first(desk: Desk) -> None:
    """The button has a question of its own before it counts."""
    reply = await desk.asks(IRAN)

    assert element_of(reply, "share_answer")["confirm"]["title"]["text"] == "Share this answer?"


async def test_a_private_answer_has_no_button_for_others(desk: Desk) -> None:
    """Nobody but the asker can press what only the asker sees."""
    reply = await desk.asks(IRAN)

    with pytest.raises(ActError):
        await desk.slack.as_user(desk.slack.colleague).press(reply, "share_answer")


async def test_on_a_public_answer_buttons_answer_their_presser(desk: Desk) -> None:
    """A colleague who presses More passages is answered alone, in the thread."""
    reply = await desk.mentions(IRAN)
    colleague = desk.slack.as_user(desk.slack.colleague)
    await colleague.press(reply, "more_passages")
    more = await colleague.next_message()
    while more.ts == reply.ts:
        more = await colleague.next_message()

    assert more.visible_to == colleague.id
    assert more.thread_ts == reply.thread_ts


async def test_the_closest_passages_of_a_no_answer(desk: Desk) -> None:
    """Where nothing answers, the closest are one press away and numbered from one."""
    reply = await desk.asks("which Kurdish singer won a prize for a duet about Iran")
    assert "No passage" in said(reply)
    await desk.slack.user.press(reply, "more_passages")
    closest = await desk.slack.user.next_message()

    assert said(closest).startswith("Passages 1 to 3 on")


async def test_a_rating_is_stored_and_thanked_for(desk: Desk) -> None:
    """Helpful is stored with the question and the corpus, once, and the reader is told privately."""
    reply = await desk.asks(IRAN)
    desk.slack.faults.duplicate()
    await desk.slack.user.press(reply, "feedback", rating(reply, helpful=True))
    thanks = await desk.slack.user.next_message()
    await desk.slack.settled()
    (stored,) = await desk.running.services.store.feedback("T0PLAYTEAM1")

    assert thanks.visible_to == desk.slack.user.id
    assert (stored.user, stored.question, stored.helpful) == (desk.slack.user.id, IRAN, True)
    assert stored.corpus_version == desk.running.services.library.corpus.version


async def test_a_bad_rating_asks_for_the_reason(desk: Desk) -> None:
    """Not helpful opens a modal; a reason must be chosen; what was written is stored before the modal thanks."""
    user = desk.slack.user
    reply = await desk.mentions(IRAN)
    await user.press(reply, "feedback", rating(reply, helpful=False))
    modal = await user.next_view()
    missing = await user.submit(modal, {"feedback_comment": "see the 2024 statement"})
    await user.submit(modal, {"feedback_reason": "outdated", "feedback_comment": "see the 2024 statement <!here>"})
    thanks = await user.next_view()
    (stored,) = await desk.running.services.store.feedback("T0PLAYTEAM1")

    assert list(missing) == ["reason"]
    assert thanks.payload["callback_id"] == "feedback_thanks"
    assert (stored.reason, stored.comment, stored.question) == ("outdated", "see the 2024 statement <!here>", IRAN)


async def test_a_note_that_cannot_be_stored_is_not_lost(library: Library, tmp_path: Path) -> None:
    """When the database fails, the form stays open beneath a plain sentence, and sending it again works."""
    file = tmp_path / "desk.sqlite3"
    async with running_desk(library=library, database_url=f"sqlite:///{file}") as desk:
        user = desk.slack.user
        reply = await desk.asks(IRAN)
        await user.press(reply, "feedback", rating(reply, helpful=False))
        form = await user.next_view()
        await asyncio.to_thread(_run, file, "ALTER TABLE feedback RENAME TO away")
        await user.submit(form, {"feedback_reason": "wrong"})
        failed = await user.next_view()
        await asyncio.to_thread(_run, file, "ALTER TABLE away RENAME TO feedback")
        await user.close(failed)
        await user.submit(form, {"feedback_reason": "wrong"})

        assert failed.payload["callback_id"] == "feedback_failed"
        assert [said.reason for said in await desk.running.services.store.feedback("T0PLAYTEAM1")] == ["wrong"]


async def test_a_button_of_an_older_version(desk: Desk) -> None:
    """A value that is not ours any more gets a plain sentence."""
    reply = await desk.asks(IRAN)
    element_of(reply, "more_passages")["value"] = "q=iran&page=2"
    await desk.slack.user.press(reply, "more_passages")
    told = await desk.slack.user.next_message()

    assert "older version" in said(told)


def _run(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # waits for the bot's own writes
        connection.execute(statement)
        connection.execute("COMMIT")
