"""Forgetting a workspace, so that none of its rows comes back."""

from typing import Final

from sqlalchemy import Connection, delete, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import WorkspaceLeftError
from bot.storage.schema import metadata
from bot.storage.transactions import writing

_EXEMPT: Final = "forgets"


class Purge:
    """Drops the rows of workspaces from every table that has any.

    When `team`, whose token this process has, is forgotten, that token is dead for good. From then on the engine begins no
    other transaction: a form that is saved, a late event, a digest that was being planned would each put a row back.
    """

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._team = team
        self._has_left = False
        event.listen(engine.sync_engine, "begin", self._refuse)
        self._engine = engine.execution_options(**{_EXEMPT: True})

    @property
    def has_left(self) -> bool:
        """Whether the app was removed from its workspace."""
        return self._has_left

    async def forget(self, team: str) -> int:
        """Drop every row of a workspace in one transaction; returns how many. Doing it again does no harm.

        Raises:
            LedgerError: the database cannot be used; nothing was dropped.
        """
        self._has_left = self._has_left or team == self._team
        tables = [table for table in metadata.sorted_tables if "team" in table.c]
        async with writing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":  # SQLite has one writer at a time
                # Whoever is writing ends first, here or in another process, and what they wrote is seen.
                names = ", ".join(table.name for table in tables)
                await connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
            return sum([(await connection.execute(delete(one).where(one.c.team == team))).rowcount for one in tables])

    async def again(self) -> None:
        """Drop what other processes, which do not know yet, may have written since; nothing while the app is there."""
        if self._has_left:
            await self.forget(self._team)

    def _refuse(self, connection: Connection) -> None:
        if self._has_left and not connection.get_execution_options().get(_EXEMPT):
            raise WorkspaceLeftError(self._team)
