"""`/iraq digest on|off|pause|resume|status|preview|now|list|help`: the digest by words."""

import datetime as dt

import pytest

from jobs.subscriptions import Assurance
from knowledge.library import Library
from tests.support.desk import Desk, action_ids, element_of, said, without_block_ids
from tests.support.digests import Posts, add_channel, digest_desk, kept, now_here


async def test_on_is_the_usual_and_private(desk: Desk) -> None:
    """Turned on by one word; only the asker is told, with all that is set and when the first one comes."""
    told = await desk.asks("digest on")
    found = await kept(desk)

    assert told.visible_to == desk.slack.user.id
    assert "is on." in said(told)
    assert "every Monday at 09:00, Asia/Baghdad" in said(told)
    assert "*Turned on by:* Dana" in said(told)
    assert found is not None
    assert found.assurance is Assurance.AT_MOST_ONCE


@pytest.mark.parametrize("words", ["on", "On.", "onn", "start", "subscribe", "ON please"])
async def test_words_forgive_a_slip(desk: Desk, words: str) -> None:
    """Another word for the same, a slip of the keys, capitals and manners make no difference."""
    await desk.asks(f"digest {words}")

    assert await kept(desk) is not None


async def test_on_says_when(desk: Desk) -> None:
    """Day, time and zone may follow; what is left out stays as it was."""
    await desk.asks("digest on friday 14:30 new york")
    told = await desk.asks("digest on tue")

    assert "every Tuesday at 14:30, America/New_York" in said(told)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [("25:00", "no time of day"), ("blursday 9:00", "no day"), ("9:00 Mars/Olympus", "time zone")],
)
async def test_an_impossible_time(desk: Desk, words: str, complaint: str) -> None:
    """It is named in a sentence, and nothing is saved."""
    told = await desk.asks(f"digest on {words}")

    assert complaint in said(told)
    assert "Nothing was changed." in said(told)
    assert told.visible_to == desk.slack.user.id
    assert await kept(desk) is None


async def test_a_question_that_begins_with_digest(desk: Desk) -> None:
    """More words than the table knows are a question."""
    reply = await desk.asks("digest of what USIP advised about Iran")

    assert "USIP" in said(reply)
    assert "more_passages" in action_ids(reply)


async def test_a_word_that_is_nothing(desk: Desk) -> None:
    """One unknown word gets the list of words."""
    told = await desk.asks("digest frobnicate")

    assert "“frobnicate” is nothing I know of the digest" in said(told)
    assert "`/iraq digest preview`" in said(told)


async def test_mentions_and_direct_messages_point_to_the_command(desk: Desk) -> None:
    """Settings are nobody else's business in a channel, and no form can open from there."""
    mentioned = await desk.mentions("digest on")
    written = await desk.writes("digest")

    assert mentioned.visible_to == desk.slack.user.id
    assert "type `/iraq digest`" in said(mentioned)
    assert "type `/iraq digest`" in said(written)
    assert await kept(desk) is None


async def test_in_a_direct_message_the_command_points_to_a_channel(desk: Desk) -> None:
    """A digest goes to a channel; the list of one's own works anywhere."""
    told = await desk.asks("digest on", desk.slack.user.direct_channel)
    await desk.asks("digest on")
    own = await desk.asks("digest status", desk.slack.user.direct_channel)

    assert "A digest goes to a channel" in said(told)
    assert f"<#{desk.slack.policy}>: every Monday" in said(own)


async def test_nothing_to_change(desk: Desk) -> None:
    """Without a digest every word says how to turn one on."""
    for word in ("off", "pause", "resume", "now", "status"):
        assert "There is no digest" in said(await desk.asks(f"digest {word}"))


async def test_off_asks_first(desk: Desk) -> None:
    """The settings go only when the button was pressed, and the button has a question of its own."""
    await desk.asks("digest on")
    question = await desk.asks("digest off")
    still = await kept(desk)
    await desk.slack.user.press(question, "digest_off")
    answer = await now_here(desk, question)

    assert element_of(question, "digest_off")["confirm"]["title"]["text"] == "Stop the digest?"
    assert still is not None
    assert "is off." in answer
    assert await kept(desk) is None


async def test_off_offers_a_rest_instead(desk: Desk) -> None:
    """Pause instead keeps the settings."""
    await desk.asks("digest on")
    question = await desk.asks("digest off")
    await desk.slack.user.press(question, "digest_pause")

    assert "is paused." in await now_here(desk, question)
    assert await kept(desk) is not None


async def test_a_paused_digest_does_not_come(library: Library) -> None:
    """What is due during the rest is not sent then, nor after it; the next one is."""
    async with digest_desk(library=library) as (desk, calendar):
        posts = Posts(desk, desk.slack.policy)
        await desk.asks("digest on thursday 9:00 utc")
        paused = await desk.asks("digest pause")
        calendar.turn(calendar.start + dt.timedelta(days=2))
        resumed = await desk.asks("digest resume")
        await posts.wait(0)
        calendar.turn(calendar.start + dt.timedelta(days=8))
        await posts.wait(1)

        assert "is paused." in said(paused)
        assert "*Next:*" not in said(paused)
        assert "is on." in said(resumed)


async def test_status_tells_all(library: Library) -> None:
    """Owner, next date in the reader's zone, topics, form, delivery, and how the last one went."""
    async with digest_desk(library=library) as (desk, calendar):
        await desk.asks("digest on thursday 9:00 utc")
        before = said(await desk.asks("digest status"))
        calendar.turn(calendar.start.replace(hour=9) + dt.timedelta(days=1, seconds=2))
        await Posts(desk, desk.slack.policy).wait(1)
        await desk.slack.user.next_message()
        after = said(await desk.asks("digest status"))

        due = calendar.start.replace(hour=9) + dt.timedelta(days=1)
        assert f"<!date^{int(due.timestamp())}^{{date_short_pretty}} at {{time}}|" in before
        assert f"<!date^{int((due + dt.timedelta(days=7)).timestamp())}^" in after
        assert "*Last:*" not in before
        assert "posted" in after.partition("*Last:*")[2]
        assert "*Delivery:* once" in after
        assert "*Topics:* all" in after
        assert "*Form:* brief" in after


async def test_status_says_which_assurance(desk: Desk) -> None:
    """Where the channel cannot be read, it says what may happen, and why."""
    desk.slack.scopes.discard("channels:history")
    await desk.asks("digest on")
    told = said(await desk.asks("digest status"))

    assert "at most once" in told
    assert "I cannot read this channel" in told


async def test_preview_is_what_is_posted(library: Library) -> None:
    """The asker alone sees the very blocks that everybody sees later, under a line that says so."""
    async with digest_desk(library=library) as (desk, calendar):
        user = desk.slack.user
        await desk.asks("digest on thursday 9:00 utc")
        head = await desk.asks("digest preview")
        shown = await user.next_message()
        calendar.turn(calendar.start.replace(hour=9) + dt.timedelta(days=1, seconds=2))
        (digest,) = await Posts(desk, desk.slack.policy).wait(1)

        assert said(head).startswith("*Preview*, for you alone: the next digest")
        assert head.visible_to == shown.visible_to == user.id
        assert without_block_ids(shown) == without_block_ids(digest)
        assert shown.text == digest.text


async def test_preview_of_a_full_one(desk: Desk) -> None:
    """With its replies; four messages, of the five that a response URL takes."""
    await desk.slack.user.command(desk.slack.policy, "/iraq digest")
    await desk.slack.user.submit(await desk.slack.user.next_view(), {"digest_form": "full"})
    await desk.asks("digest preview")
    shown = [await desk.slack.user.next_message() for _ in range(3)]

    assert "Who wants what" in said(shown[1])
    assert {one.visible_to for one in shown} == {desk.slack.user.id}


async def test_preview_before_anything_is_on(desk: Desk) -> None:
    """Shows what a first one would say, and how to get it; nothing is saved."""
    head = await desk.asks("digest preview")
    shown = await desk.slack.user.next_message()

    assert "To turn it on: `/iraq digest on`" in said(head)
    assert said(shown).startswith("U.S.-Iraq weekly")
    assert await kept(desk) is None


async def test_now_comes_early_and_counts(library: Library) -> None:
    """Posted within seconds after the confirmation; this week has no other, next week has its own."""
    async with digest_desk(library=library) as (desk, calendar):
        posts = Posts(desk, desk.slack.policy)
        await desk.asks("digest on thursday 9:00 utc")
        question = await desk.asks("digest now")
        assert posts.all() == []
        await desk.slack.user.press(question, "digest_now")
        await posts.wait(1)
        answer = said(desk.slack.message(question.channel, question.ts) or question)
        await desk.slack.user.next_message()
        again = said(await desk.asks("digest now"))
        status = said(await desk.asks("digest status"))
        calendar.turn(calendar.start + dt.timedelta(days=2))
        await posts.wait(1)
        calendar.turn(calendar.start + dt.timedelta(days=8))
        await posts.wait(2)

        next_week = int((calendar.start.replace(hour=9) + dt.timedelta(days=8)).timestamp())
        assert element_of(question, "digest_now")["confirm"]["title"]["text"] == "Post it now?"
        assert "in a moment" in answer
        assert f"<!date^{next_week}^" in answer
        assert ": posted." in again
        assert f"<!date^{next_week}^" in status


async def test_now_while_it_rests(desk: Desk) -> None:
    """A paused digest is resumed first."""
    await desk.asks("digest on")
    await desk.asks("digest pause")

    assert "is paused. First: `/iraq digest resume`" in said(await desk.asks("digest now"))


async def test_a_list_is_bounded(desk: Desk) -> None:
    """With 200 digests in a workspace, twenty are named and the rest are counted; every one of them is kept."""
    user = desk.slack.user
    for number in range(200):
        channel = f"C{number:09d}"
        add_channel(desk, channel, f"room-{number}")
        await user.command(channel, "/iraq digest on")
    await desk.slack.settled(timeout=60)
    for _ in range(200):  # each is told that it is on, so all of them are kept
        await user.next_message()
    told = await desk.asks("digest list")

    assert "You have turned on 200 digests, of 200 in this workspace." in said(told)
    assert said(told).count("<#") == 20
    assert "and 180 more" in said(told)
