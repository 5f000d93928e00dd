"""A channel that was archived, deleted or left; an open one again; a new name."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.playground.model import Message
from knowledge.library import Library
from tests.support.desk import Desk, said
from tests.support.digests import Posts, add_channel, ask, digest_desk, kept

CHANNEL = "C0000TRIAL1"


def direct(desk: Desk) -> list[Message]:
    """What Omar was told in his direct messages."""
    return desk.slack.messages(desk.slack.as_user(desk.slack.colleague).direct_channel)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize(("fate", "words"), [("archive", "was archived"), ("remove", "I am not in")])
async def test_a_closed_channel(library: Library, fate: str, words: str, *, private: bool) -> None:
    """The digest rests at once, the owner gets one direct message with what to do, and nothing is tried later."""
    async with digest_desk(library=library) as (desk, calendar):
        omar = desk.slack.as_user(desk.slack.colleague)
        add_channel(desk, CHANNEL, "trial", private=private)
        await ask(omar, CHANNEL, "on thursday 9:00 utc")
        await getattr(desk.slack.user, fate)(CHANNEL)
        await desk.slack.wait_for(lambda: direct(desk))
        rests = await kept(desk, CHANNEL)
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await asyncio.sleep(0.8)

        assert rests is not None
        assert rests.paused is not None
        (told,) = direct(desk)
        assert words in told.text
        assert "/invite" in told.text
        assert f"<#{CHANNEL}>" in told.text
        assert Posts(desk, CHANNEL).all() == []


async def test_coming_back(library: Library) -> None:
    """After the invitation `on` goes on with the settings that were."""
    async with digest_desk(library=library) as (desk, _):
        user = desk.slack.user
        await ask(user, desk.slack.policy, "on friday 14:00")
        await user.remove(desk.slack.policy)
        told = await user.next_message()
        early = await ask(user, desk.slack.policy, "on")
        await user.invite(desk.slack.policy)
        await desk.slack.settled()
        back = await ask(user, desk.slack.policy, "on")

        assert told.channel == user.direct_channel
        assert "/invite @Iraq Desk" in said(early)
        assert "is on." in said(back)
        assert "every Friday at 14:00" in said(back)


async def test_a_channel_whose_closing_nobody_told(library: Library) -> None:
    """When Slack says so only at the posting, the subscription rests then, and the owner is told once."""
    async with digest_desk(library=library) as (desk, calendar):
        await ask(desk.slack.as_user(desk.slack.colleague), desk.slack.policy, "on thursday 9:00 utc")
        desk.slack.faults.refuse("chat.postMessage", "is_archived")
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await desk.slack.wait_for(lambda: direct(desk))
        await asyncio.sleep(0.6)
        status = await ask(desk.slack.user, desk.slack.policy, "status")

        assert len(direct(desk)) == 1
        assert "*Paused:* the channel is archived" in said(status)
        assert "not posted: is_archived" in said(status)


async def test_a_new_name_changes_nothing(library: Library) -> None:
    """Channels are kept by id."""
    async with digest_desk(library=library) as (desk, calendar):
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        await desk.slack.user.rename(desk.slack.policy, "iraq-desk-policy")
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await Posts(desk, desk.slack.policy).wait(1)


async def test_an_archived_channel_that_is_opened_again(library: Library) -> None:
    """The digest goes on resting until somebody turns it on: whoever opened the channel may not want it any more."""
    async with digest_desk(library=library) as (desk, calendar):
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        await desk.slack.user.archive(desk.slack.policy)
        told = await desk.slack.user.next_message()
        workspace = desk.slack.workspace
        workspace.update_channel(replace(workspace.channels[desk.slack.policy], is_archived=False))
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await Posts(desk, desk.slack.policy).wait(0)
        back = await ask(desk.slack.user, desk.slack.policy, "on")

        assert "`/iraq digest on`" in told.text
        assert "is on." in said(back)
