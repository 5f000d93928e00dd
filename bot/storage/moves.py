"""What is kept of a channel, under the new id that Slack gives it."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.schema import metadata
from bot.storage.transactions import writing


async def move_channel(engine: AsyncEngine, team: str, old: str, new: str) -> int:
    """Settings, digest and what was posted of it, in one transaction; returns how many rows. Doing it again does no harm.

    A table that has rows of the new id already is left alone: somebody set it anew meanwhile.

    Raises:
        LedgerError: the database cannot be used; nothing was moved.
    """
    moved = 0
    async with writing(engine) as connection:
        for table in metadata.sorted_tables:
            if "team" not in table.c or "channel" not in table.c:
                continue
            there = select(table.c.channel).where(table.c.team == team, table.c.channel == new).limit(1)
            if (await connection.execute(there)).first() is None:
                old_rows = update(table).where(table.c.team == team, table.c.channel == old)
                moved += (await connection.execute(old_rows.values(channel=new))).rowcount
    return moved
