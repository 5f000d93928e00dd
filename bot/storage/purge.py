"""Forgetting a workspace."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.schema import metadata
from bot.storage.transactions import writing


async def forget_workspace(engine: AsyncEngine, team: str) -> int:
    """Drop every row of a workspace, from every table that has any, in one transaction; returns how many.

    Raises:
        LedgerError: the database cannot be used; nothing was dropped.
    """
    async with writing(engine) as connection:
        tables = [table for table in metadata.sorted_tables if "team" in table.c]
        return sum([(await connection.execute(delete(one).where(one.c.team == team))).rowcount for one in tables])
