"""How fast messages may leave, shared by all workers: the buckets of workspaces and channels, as rows.

Every function runs in a transaction of the caller, which locks the rows until it ends.
"""

from dataclasses import asdict
from typing import Final

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import bucket
from jobs.rates import Bucket
from jobs.timing import Timing

WORKSPACE: Final = ""  # in the place of a channel
_LATE: Final = 0.25  # of an interval: as long as a claim may take without making the workspace slower than its rate


async def take(connection: AsyncConnection, team: str, channel: str, now: float, timing: Timing) -> bool:
    """Take a token from the workspace and from the channel; False, and none taken, when one of them has none."""
    fulls = {WORKSPACE: timing.rate, channel: 1 / timing.channel_gap}
    held = {place: await _locked(connection, team, place, full) for place, full in fulls.items()}
    if any(one.wait(now) > 0 for one in held.values()):
        return False
    for place, one in held.items():
        await _write(connection, team, place, one.take(now, fulls[place], _LATE if place == WORKSPACE else 0))
    return True


async def block(connection: AsyncConnection, team: str, now: float, seconds: float, timing: Timing) -> None:
    """Nothing leaves for this workspace for so long, and then half as fast."""
    held = await _locked(connection, team, WORKSPACE, timing.rate)
    await _write(connection, team, WORKSPACE, held.refused(now, seconds, timing.slowest))


async def cut(connection: AsyncConnection, now: float, timing: Timing) -> None:
    """Buckets that open later than any can were filled before the clock was put back: they open as late as one can."""
    latest = {bucket.c.free_at: 1 / timing.slowest + timing.channel_gap, bucket.c.blocked_until: timing.longest_retry}
    for column, longest in latest.items():
        far = update(bucket).where(column > now + longest)
        await connection.execute(far.values({column: now + longest}))


def is_open(where: FromClause, now: float) -> ColumnElement[bool]:
    """Whether a bucket, or one that does not exist yet (outer join), has a token."""
    return and_(func.coalesce(where.c.free_at, 0) <= now, func.coalesce(where.c.blocked_until, 0) <= now)


def is_blocked(team: str, now: ColumnElement[float]) -> ColumnElement[bool]:
    """Whether Slack asked for silence in this workspace."""
    return exists(select(bucket.c.team).where(*_is(team, WORKSPACE), bucket.c.blocked_until > now))


async def _locked(connection: AsyncConnection, team: str, channel: str, full: float) -> Bucket:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(bucket).values(team=team, channel=channel, **asdict(Bucket(full)))
    # An update that changes nothing locks the row as well, and makes one round trip of two.
    same = new.on_conflict_do_update(index_elements=[bucket.c.team, bucket.c.channel], set_={"team": team})
    row = (await connection.execute(same.returning(bucket.c.rate, bucket.c.free_at, bucket.c.blocked_until))).one()
    return Bucket(*row)


async def _write(connection: AsyncConnection, team: str, channel: str, value: Bucket) -> None:
    await connection.execute(update(bucket).where(*_is(team, channel)).values(asdict(value)))


def _is(team: str, channel: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return bucket.c.team == team, bucket.c.channel == channel
