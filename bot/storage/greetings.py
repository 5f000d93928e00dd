"""Who was greeted, and where: nobody is twice."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.schema import greeting as table
from bot.storage.transactions import writing

DIRECT_MESSAGES: Final = ""  # the place of the welcome to them


class Greetings:
    """The table of greetings. `clock` gives seconds since 1970 in UTC.

    Every method raises `jobs.ports.LedgerError` when the database cannot be used.
    """

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def claim(self, team: str, user: str, channel: str) -> bool:
        """Whether this person is to be greeted there now: true once, whoever else asks at the same moment."""
        row = {"team": team, "user": user, "channel": channel, "at": int(self._clock())}
        statement = self._insert(table).values(row).on_conflict_do_nothing().returning(table.c.user)
        async with writing(self._engine) as connection:
            return (await connection.execute(statement)).first() is not None

    async def release(self, team: str, user: str, channel: str) -> None:
        """The greeting was refused; another occasion may try again."""
        here = (table.c.team == team, table.c.user == user, table.c.channel == channel)
        async with writing(self._engine) as connection:
            await connection.execute(delete(table).where(*here))
