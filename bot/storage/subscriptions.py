"""Who gets a digest: one subscription a channel."""

import datetime as dt
from collections.abc import AsyncIterator, Collection
from typing import Any, Final

import orjson
from sqlalchemy import RowMapping, case, delete, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.schema import subscription as table
from bot.storage.transactions import reading, writing
from jobs.periods import Frequency, Schedule
from jobs.subscriptions import Assurance, Form, Subscription

_PAGE: Final = 100  # rows between two breaths of the event loop


class Subscriptions:
    """The table of subscriptions. Every method raises `jobs.ports.LedgerError` when the database cannot be used.

    With a `team`, what is to be delivered is that workspace's alone: one token posts to one workspace.
    """

    def __init__(self, engine: AsyncEngine, *, team: str | None = None) -> None:
        self._engine = engine
        self._mine = [] if team is None else [table.c.team == team]
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def save(self, subscription: Subscription) -> None:
        """Make it, or put it in the place of the channel's former one. A suspension is over with it."""
        row = _row(subscription)
        statement = self._insert(table).values(row)
        changed = {name: value for name, value in row.items() if name not in {"team", "channel"}}
        async with writing(self._engine) as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=changed))

    async def get(self, team: str, channel: str) -> Subscription | None:
        """The one of a channel, paused or not."""
        async with reading(self._engine) as connection:
            row = (await connection.execute(select(table).where(*_is(team, channel)))).mappings().first()
        return None if row is None else _subscription(row)

    async def of_team(self, team: str) -> list[Subscription]:
        """All of a workspace, by channel."""
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(table).where(table.c.team == team).order_by(table.c.channel))
            return [_subscription(row) for row in rows.mappings()]

    async def of_person(self, team: str, user: str, channels: Collection[str]) -> list[Subscription]:
        """Those that somebody turned on, and then those of other people in these channels, each by channel."""
        is_own = table.c.owner == user
        chosen = select(table).where(table.c.team == team, is_own | table.c.channel.in_(channels))
        async with reading(self._engine) as connection:
            rows = await connection.execute(chosen.order_by(case((is_own, 0), else_=1), table.c.channel))
            return [_subscription(row) for row in rows.mappings()]

    async def remove(self, team: str, channel: str) -> bool:
        """Forget the one of a channel; whether there was one. What was posted stays on record."""
        async with writing(self._engine) as connection:
            return (await connection.execute(delete(table).where(*_is(team, channel)))).rowcount > 0

    async def active(self) -> AsyncIterator[Subscription]:
        """Those that are not paused."""
        last = ("", "")
        while True:
            rest = table.c.paused.is_(None) & (tuple_(*_KEY) > last)
            async with reading(self._engine) as connection:
                page = await connection.execute(select(table).where(rest, *self._mine).order_by(*_KEY).limit(_PAGE))
                rows = page.mappings().all()
            for row in rows:
                yield _subscription(row)
            if len(rows) < _PAGE:
                return
            last = (rows[-1]["team"], rows[-1]["channel"])

    async def suspend(self, team: str, channel: str, why: str) -> None:
        """Pause it since nothing can be posted, and let its owner be told once; nothing when it is paused already."""
        statement = update(table).where(*_is(team, channel), table.c.paused.is_(None)).values(paused=why, notice="due")
        async with writing(self._engine) as connection:
            await connection.execute(statement)

    async def take_notice(self) -> Subscription | None:
        """A suspended one whose owner nobody has told; from now on it counts as told."""
        one = select(*_KEY).where(table.c.notice == "due", *self._mine).limit(1)
        if self._engine.dialect.name == "postgresql":
            one = one.with_for_update(skip_locked=True)
        async with writing(self._engine) as connection:
            key = (await connection.execute(one)).first()
            if key is None:
                return None
            take = update(table).where(*_is(key.team, key.channel)).values(notice="told").returning(*table.c)
            return _subscription((await connection.execute(take)).mappings().one())

    async def return_notice(self, team: str, channel: str) -> None:
        """The owner was certainly not told; somebody may try again."""
        told = update(table).where(*_is(team, channel), table.c.notice == "told")
        async with writing(self._engine) as connection:
            await connection.execute(told.values(notice="due"))


_KEY: Final = (table.c.team, table.c.channel)


def _is(team: str, channel: str) -> tuple[Any, Any]:
    return table.c.team == team, table.c.channel == channel


def _row(subscription: Subscription) -> dict[str, object]:
    schedule = subscription.schedule
    return {
        "team": subscription.team,
        "channel": subscription.channel,
        "owner": subscription.owner,
        "frequency": schedule.frequency.value,
        "weekday": schedule.weekday,
        "at": schedule.at.isoformat("minutes"),
        "zone": schedule.zone,
        "topics": orjson.dumps(subscription.topics).decode(),
        "form": subscription.form.value,
        "skip_unchanged": subscription.skip_unchanged,
        "assurance": subscription.assurance.value,
        "paused": subscription.paused,
        "since": subscription.since.timestamp(),
        "notice": None,
    }


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(
        team=row["team"],
        channel=row["channel"],
        owner=row["owner"],
        schedule=Schedule(Frequency(row["frequency"]), row["weekday"], dt.time.fromisoformat(row["at"]), row["zone"]),
        topics=tuple(orjson.loads(row["topics"])),
        form=Form(row["form"]),
        skip_unchanged=row["skip_unchanged"],
        assurance=Assurance(row["assurance"]),
        paused=row["paused"],
        since=dt.datetime.fromtimestamp(row["since"], dt.UTC),
    )
