"""A channel that was archived, deleted or left; a token that was revoked; an app that was uninstalled; a new name."""

import asyncio
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.playground.model import Message
from bot.storage.engine import open_database
from bot.storage.schema import metadata
from knowledge.library import Library
from tests.support.desk import Desk, said
from tests.support.digests import TEAM, Posts, add_channel, ask, digest_desk, kept

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


async def test_uninstalling_leaves_no_row(library: Library, tmp_path: Path) -> None:
    """Every table is empty of the workspace, in whichever order Slack tells it; another workspace keeps its own."""
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    async with digest_desk(library=library, database_url=url) as (desk, calendar):
        user = desk.slack.user
        await ask(user, desk.slack.policy, "on thursday 9:00 utc")
        found = await kept(desk)
        assert found is not None
        await desk.running.services.digests._subscriptions.save(replace(found, team="T0OTHERTEAM", paused="on request"))  # noqa: SLF001
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await Posts(desk, desk.slack.policy).wait(1)
        before = await rows(url, TEAM)
        await user.uninstall()
        await desk.slack.settled()

        assert before["subscription"] == before["delivery"] == 1
        assert before["bucket"] > 0
        assert before["seen"] > 0
        assert set((await rows(url, TEAM)).values()) == {0}
        assert (await rows(url, "T0OTHERTEAM"))["subscription"] == 1


async def test_a_revoked_token(library: Library) -> None:
    """The subscriptions rest; Slack is not asked again and again."""
    async with digest_desk(library=library) as (desk, calendar):
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        desk.slack._stage.events.send(  # noqa: SLF001 - revoked without being uninstalled
            "tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0PLAYBOT01"]}}
        )
        await desk.slack.settled()
        found = await kept(desk)
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await Posts(desk, desk.slack.policy).wait(0)

        assert found is not None
        assert found.paused == "token_revoked"


async def rows(url: str, team: str) -> dict[str, int]:
    """How many rows of a workspace each table has."""
    engine = await open_database(url)
    try:
        async with engine.connect() as connection:
            tables = [table for table in metadata.sorted_tables if "team" in table.c]
            counts = [select(func.count()).select_from(table).where(table.c.team == team) for table in tables]
            return {
                table.name: (await connection.execute(count)).scalar_one()
                for table, count in zip(tables, counts, strict=True)
            }
    finally:
        await engine.dispose()
