"""Rows of every table, made and counted: what forgetting a workspace is held against."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Double, Integer, Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.engine import open_database
from bot.storage.schema import metadata

TABLES = [table for table in metadata.sorted_tables if "team" in table.c]


async def fill(engine: AsyncEngine, team: str, *, but: Collection[str] = ()) -> None:
    """A row in every table that has a workspace, `but` those; what it says has no meaning."""
    async with engine.begin() as connection:
        for table in (one for one in TABLES if one.name not in but):
            await connection.execute(insert(table).values(_row(table, team)))


async def count(engine: AsyncEngine, team: str) -> dict[str, int]:
    """How many rows of a workspace each table has."""
    async with engine.connect() as connection:
        counts = {table.name: select(func.count()).select_from(table).where(table.c.team == team) for table in TABLES}
        return {name: (await connection.execute(one)).scalar_one() for name, one in counts.items()}


async def count_at(url: str, team: str) -> dict[str, int]:
    """The same, seen by another process."""
    engine = await open_database(url)
    try:
        return await count(engine, team)
    finally:
        await engine.dispose()


def _row(table: Table, team: str) -> Mapping[str, Any]:
    columns = [column for column in table.columns if column.autoincrement is not True]
    return {column.name: team if column.name == "team" else _value(column) for column in columns}


def _value(column: Column[Any]) -> object:
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | Double):
        return 2_000_000_000  # as a time, one that is not over
    return "x"
