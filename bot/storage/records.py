"""What the ledger is asked besides deliveries: the past of a channel, and second copies. In the caller's transaction."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import bucket, delivery, manifest
from jobs.digest import Past
from jobs.periods import Period
from jobs.ports import State, Status, Suspect
from jobs.timing import Timing


async def history(connection: AsyncConnection, team: str, channel: str, most: int) -> list[Past]:
    """The digests that were posted to a channel, newest first."""
    columns = (delivery.c.period, delivery.c.ts, delivery.c.issues, delivery.c.manifest)
    posted = select(*columns).where(*_parents(team, channel), delivery.c.state == State.POSTED)
    rows = (await connection.execute(posted.order_by(delivery.c.due_at.desc()).limit(most))).all()
    names = {row.manifest for row in rows}
    kept = await connection.execute(select(manifest.c.hash, manifest.c.contents).where(manifest.c.hash.in_(names)))
    contents = {row.hash: orjson.loads(row.contents) for row in kept}
    return [
        Past(
            row.period,
            dt.datetime.fromtimestamp(float(row.ts), dt.UTC),
            contents.get(row.manifest, {}),
            tuple(orjson.loads(row.issues or "[]")),
        )
        for row in rows
    ]


async def missed(connection: AsyncConnection, team: str, channel: str) -> list[Period]:
    """The periods since the last posted digest whose own expired, oldest first."""
    of_channel = _parents(team, channel)
    last = select(func.coalesce(func.max(delivery.c.due_at), 0)).where(*of_channel, delivery.c.state == State.POSTED)
    expired = select(delivery.c.period).where(
        *of_channel, delivery.c.state == State.EXPIRED, delivery.c.due_at > last.scalar_subquery()
    )
    return list((await connection.execute(expired.order_by(delivery.c.due_at))).scalars())


async def status(connection: AsyncConnection, team: str, channel: str) -> Status | None:
    """The newest digest of a channel, and how many extra copies were removed from it."""
    newest = select(delivery).where(*_parents(team, channel)).order_by(delivery.c.due_at.desc()).limit(1)
    row = (await connection.execute(newest)).mappings().first()
    if row is None:
        return None
    of_digest = [delivery.c[name] == row[name] for name in ("team", "channel", "period")]
    extras = (await connection.execute(select(func.sum(delivery.c.extras)).where(*of_digest))).scalar_one()
    due_at = dt.datetime.fromtimestamp(row["due_at"], dt.UTC)
    return Status(row["period"], State(row["state"]), due_at, row["error"], extras)


async def take_suspect(
    connection: AsyncConnection, now: float, timing: Timing, among: Sequence[ColumnElement[bool]]
) -> Suspect | None:
    """A posted message that may have a second copy; nobody else gets it for as long as a lease."""
    silent = select(bucket.c.team).where(bucket.c.channel == "", bucket.c.blocked_until > now)
    due = (
        select(delivery)
        .where(delivery.c.state == State.POSTED, delivery.c.sweep_at <= now, delivery.c.team.not_in(silent), *among)
        .order_by(delivery.c.sweep_at)
        .limit(1)
    )
    if connection.dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    row = (await connection.execute(due)).mappings().first()
    if row is None:
        return None
    names = ("team", "channel", "period", "part")
    own = [delivery.c[name] == row[name] for name in names]
    await connection.execute(update(delivery).where(*own).values(sweep_at=now + timing.lease))
    parent = select(delivery.c.ts).where(*own[:3], delivery.c.part == 0)
    return Suspect(
        **{name: row[name] for name in (*names, "ts", "sweeps")},
        thread_ts=None if row["part"] == 0 else (await connection.execute(parent)).scalar_one(),
        age=now - row["first_send_at"],
    )


def _parents(team: str, channel: str) -> tuple[Any, Any, Any]:
    return delivery.c.team == team, delivery.c.channel == channel, delivery.c.part == 0
