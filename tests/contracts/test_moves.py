"""What is kept of a channel under its new id, on every database."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.policy import Mode, Policy
from bot.storage.channels import Channels
from bot.storage.moves import move_channel
from bot.storage.subscriptions import Subscriptions
from tests.contracts.test_subscriptions import ONE
from tests.support.rows import TABLES, fill

OFF = Policy(mode=Mode.OFF, set_by="U1", set_at=1)


async def test_every_row_of_a_channel_moves(engine: AsyncEngine) -> None:
    """A row in every table that has channels, and those of other workspaces and channels stay where they are."""
    with_channel = [table for table in TABLES if "channel" in table.c]
    await fill(engine, "T1")
    await fill(engine, "T2")
    moved = await move_channel(engine, "T1", "x", "C2")
    async with engine.connect() as connection:
        found = {
            (row.team, row.channel)
            for table in with_channel
            for row in await connection.execute(table.select().with_only_columns(table.c.team, table.c.channel))
        }

    assert moved == len(with_channel) >= 5
    assert found == {("T1", "C2"), ("T2", "x")}
    assert await move_channel(engine, "T1", "x", "C2") == 0


async def test_what_was_set_anew_stays(engine: AsyncEngine) -> None:
    """A table that has rows of the new id is left alone; the others move."""
    channels, subscriptions = Channels(engine), Subscriptions(engine)
    for channel, policy in (("C1", OFF), ("C2", replace(OFF, mode=Mode.MENTIONS))):
        await channels.save("T1", channel, policy)
    await subscriptions.save(replace(ONE, team="T1", channel="C1"))
    await move_channel(engine, "T1", "C1", "C2")

    assert await channels.get("T1", "C2") == replace(OFF, mode=Mode.MENTIONS)
    assert await subscriptions.get("T1", "C2") == replace(ONE, team="T1", channel="C2")
