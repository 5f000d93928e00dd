"""All queries, each keyed by workspace."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.schema import feedback, seen
from bot.storage.transactions import writing
from jobs.ports import LedgerError

# A claim this old belongs to a process that died before it was done; the delivery may be handled again.
CLAIM_SECONDS: Final = 120
_PROBE_SECONDS: Final = 2


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader said of an answer: the question as asked, the corpus that answered, and why it did not help.

    `passage` is the one that was reported, by its id; None for an answer as a whole.
    """

    team: str
    user: str
    question: str
    corpus_version: str
    helpful: bool
    reason: str | None = None
    comment: str | None = None
    passage: str | None = None


class Store:
    """The database behind the bot. `clock` gives seconds since 1970 in UTC."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def claim(self, team: str, key: str) -> bool:
        """Whether this delivery is ours to handle: nobody did, and nobody is at it."""
        now = int(self._clock())
        row = self._insert(seen).values(team=team, key=key, state="claimed", at=now)
        statement = row.on_conflict_do_update(
            index_elements=[seen.c.team, seen.c.key],
            set_={"at": now},
            where=(seen.c.state == "claimed") & (seen.c.at < now - CLAIM_SECONDS),
        ).returning(seen.c.key)
        async with self._engine.begin() as connection:
            return (await connection.execute(statement)).first() is not None

    async def done(self, team: str, key: str) -> None:
        """The delivery was handled; it will not be again."""
        statement = update(seen).where(seen.c.team == team, seen.c.key == key).values(state="done")
        async with self._engine.begin() as connection:
            await connection.execute(statement)

    async def release(self, team: str, key: str) -> None:
        """Handling failed; a second delivery may try again."""
        statement = delete(seen).where(seen.c.team == team, seen.c.key == key, seen.c.state == "claimed")
        async with self._engine.begin() as connection:
            await connection.execute(statement)

    async def forget_seen(self, before: float) -> int:
        """Drop the keys of deliveries that Slack will not repeat any more; returns how many."""
        async with self._engine.begin() as connection:
            return (await connection.execute(delete(seen).where(seen.c.at < int(before)))).rowcount

    async def add_feedback(self, said: Feedback) -> None:
        """Keep what a reader said."""
        async with self._engine.begin() as connection:
            await connection.execute(insert(feedback).values(at=int(self._clock()), **asdict(said)))

    async def add_report(self, said: Feedback) -> bool:
        """Keep what a reader said of one passage; returns whether it is the first time.

        What the same person said before, for the same reason, is said anew: the newer comment stays, if there is one.
        """
        now = int(self._clock())
        mine = [feedback.c[name] == getattr(said, name) for name in ("team", "user", "passage", "reason")]
        newer = {"at": now, "corpus_version": said.corpus_version}
        again = update(feedback).where(*mine).values(**newer, comment=func.coalesce(said.comment, feedback.c.comment))
        async with writing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":  # two windows at once; SQLite lets one write at a time
                await connection.exec_driver_sql("LOCK TABLE feedback IN SHARE ROW EXCLUSIVE MODE")
            if (await connection.execute(again)).rowcount:
                return False
            await connection.execute(insert(feedback).values(at=now, **asdict(said)))
            return True

    async def feedback(self, team: str) -> list[Feedback]:
        """All that readers of a workspace said, oldest first."""
        columns = [feedback.c[name] for name in Feedback.__dataclass_fields__]
        statement = select(*columns).where(feedback.c.team == team).order_by(feedback.c.id)
        async with self._engine.connect() as connection:
            return [Feedback(**row) for row in (await connection.execute(statement)).mappings()]

    async def count_seen(self, team: str) -> int:
        """How many deliveries of a workspace are remembered."""
        statement = select(func.count()).select_from(seen).where(seen.c.team == team)
        async with self._engine.connect() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def is_reachable(self) -> bool:
        """Whether the database answers, within two seconds."""
        try:
            async with asyncio.timeout(_PROBE_SECONDS), self._engine.connect() as connection:
                await connection.execute(select(1))
        except (SQLAlchemyError, LedgerError, OSError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        """Give every connection back."""
        await self._engine.dispose()
