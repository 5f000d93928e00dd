"""How the desk behaves in channels: one row a channel that somebody set."""

from typing import Any, Final

import orjson
from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.policy import Mode, Policy, Sharers
from bot.storage.schema import channel as table
from bot.storage.transactions import reading, writing


class Channels:
    """The table of channel settings. Every method raises `jobs.ports.LedgerError` when the database cannot be used."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def save(self, team: str, channel: str, policy: Policy) -> None:
        """Make them, or put them in the place of the channel's former ones. `policy` names who set it, and when."""
        changed: dict[str, object] = {
            "mode": policy.mode.value,
            "topics": orjson.dumps(sorted(policy.topics)).decode(),
            "sharers": policy.sharers.value,
            "outsiders": policy.outsiders,
            "set_by": policy.set_by,
            "set_at": policy.set_at,
        }
        row = self._insert(table).values(team=team, channel=channel, **changed)
        async with writing(self._engine) as connection:
            await connection.execute(row.on_conflict_do_update(index_elements=_KEY, set_=changed))

    async def get(self, team: str, channel: str) -> Policy | None:
        """Those of a channel; None when nobody has set any."""
        async with reading(self._engine) as connection:
            row = (await connection.execute(select(table).where(*_is(team, channel)))).mappings().first()
        return None if row is None else _policy(row)

    async def of_team(self, team: str) -> dict[str, Policy]:
        """All of a workspace, by channel."""
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(table).where(table.c.team == team))
            return {row["channel"]: _policy(row) for row in rows.mappings()}

    async def remove(self, team: str, channel: str) -> bool:
        """Forget those of a channel; whether there were any."""
        async with writing(self._engine) as connection:
            return (await connection.execute(delete(table).where(*_is(team, channel)))).rowcount > 0


_KEY: Final = (table.c.team, table.c.channel)


def _is(team: str, channel: str) -> tuple[Any, Any]:
    return table.c.team == team, table.c.channel == channel


def _policy(row: RowMapping) -> Policy:
    return Policy(
        mode=Mode(row["mode"]),
        topics=frozenset(orjson.loads(row["topics"])),
        sharers=Sharers(row["sharers"]),
        outsiders=row["outsiders"],
        set_by=row["set_by"],
        set_at=row["set_at"],
    )
