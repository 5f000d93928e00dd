"""The last question of every thread, kept for a day: what a follow-up is read with."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.schema import conversation as table
from bot.storage.transactions import reading, writing
from jobs.housekeeping import KEEP_QUESTIONS

_KEY: Final = (table.c.team, table.c.channel, table.c.thread)


class Conversations:
    """The table of last questions; a thread is named by the ts of its first message. `clock`: seconds since 1970 in UTC.

    Every method raises `jobs.ports.LedgerError` when the database cannot be used.
    """

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def last(self, team: str, channel: str, thread: str, *, or_newest: bool = False) -> str | None:
        """The last question of a thread, if it is not too old; `or_newest`: of one without any, the channel's newest."""
        statement = select(table.c.question).where(
            table.c.team == team,
            table.c.channel == channel,
            table.c.at > self._clock() - KEEP_QUESTIONS.total_seconds(),
        )
        if or_newest:
            elsewhere = case((table.c.thread == thread, 0), else_=1)
            statement = statement.order_by(elsewhere, table.c.at.desc(), table.c.thread.desc()).limit(1)
        else:
            statement = statement.where(table.c.thread == thread)
        async with reading(self._engine) as connection:
            found = (await connection.execute(statement)).scalar_one_or_none()
        return None if found is None else str(found)

    async def keep(self, team: str, channel: str, thread: str, question: str) -> None:
        """Put a question in the place of the thread's last one."""
        row = {"team": team, "channel": channel, "thread": thread, "question": question, "at": int(self._clock())}
        statement = self._insert(table).values(row)
        newer = {"question": statement.excluded.question, "at": statement.excluded.at}
        async with writing(self._engine) as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=newer))

    async def forget_questions(self, before: float) -> int:
        """Drop the questions asked before a moment (seconds since 1970); returns how many."""
        async with writing(self._engine) as connection:
            return (await connection.execute(delete(table).where(table.c.at < int(before)))).rowcount
