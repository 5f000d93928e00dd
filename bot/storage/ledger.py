"""The record of every message of every digest (`jobs.ports.Ledger`), on SQLite and PostgreSQL.

Each method is one transaction. Rows are locked before buckets, so that no two workers wait for each other.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage import buckets, records
from bot.storage.schema import bucket, delivery, manifest
from bot.storage.transactions import database_now, greatest, reading, writing
from jobs.digest import Past
from jobs.periods import Period
from jobs.ports import Claim, Due, Rendered, State, Status, Suspect, message_key
from jobs.timing import Timing

_HELD: Final = (State.CLAIMED, State.SENDING)
_KEY: Final = (delivery.c.team, delivery.c.channel, delivery.c.period, delivery.c.part)


class Ledger:
    """The tables `delivery`, `manifest` and `bucket`. Every method raises `jobs.ports.LedgerError`.

    With a `team`, only that workspace's messages are given out: one token posts to one workspace.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        timing: Timing = Timing(),  # noqa: B008 - frozen
        *,
        team: str | None = None,
    ) -> None:
        self._engine = engine
        self._mine = [] if team is None else [delivery.c.team == team]
        self._timing = timing
        self._now = database_now(engine)
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    async def check_clock(self) -> float:
        """The database's clock (seconds since 1970); holds further ahead than any can be are cut: it was put back."""
        timing = self._timing
        async with writing(self._engine) as connection:
            now = await self._clock(connection)
            for states, longest in ((_HELD, timing.lease), ((State.DUE,), timing.longest_retry)):
                far = delivery.c.state.in_(states) & (delivery.c.lease_until > now + longest)
                await connection.execute(update(delivery).where(far).values(lease_until=now + longest))
            later = update(delivery).where(delivery.c.sweep_at > now + max(timing.sweeps))
            await connection.execute(later.values(sweep_at=now + timing.sweeps[0]))
            await buckets.cut(connection, now, timing)
        return now

    async def plan(self, dues: Sequence[Due]) -> int:
        """Write down the digests that are not yet; returns how many. Late ones become `expired`.

        One that expired or was skipped before anything was sent is due again when a later time is planned for it.
        """
        if not dues:
            return 0
        rows = [_row(due.team, due.channel, due.period, 0, due.due_at.timestamp()) for due in dues]
        for row, due in zip(rows, dues, strict=True):
            row["next_at"] = due.next_at.timestamp()
            row["state"] = State.EXPIRED if due.is_late else State.DUE
        new = self._insert(delivery).values(rows)
        unsent = delivery.c.state.in_((State.SKIPPED, State.EXPIRED)) & (delivery.c.attempts == 0)
        statement = new.on_conflict_do_update(
            index_elements=_KEY,
            set_={name: new.excluded[name] for name in ("state", "due_at", "next_at", "lease_until", "error")},
            where=unsent & (delivery.c.due_at < new.excluded.due_at),
        ).returning(delivery.c.key)
        async with writing(self._engine) as connection:
            return len((await connection.execute(statement)).all())

    async def claim(self, worker: str, now: dt.datetime, *, settles: bool) -> Claim | None:
        """The next message that may leave: due by `now`, its lease over, and its buckets open, one token taken.

        Parents come before replies. What is in doubt is given out after the quarantine, and only to whom `settles`.
        """
        async with writing(self._engine) as connection:
            at = await self._clock(connection)
            row = (await connection.execute(self._candidate(now.timestamp(), at, settles=settles))).mappings().first()
            if row is None or not await buckets.take(connection, row["team"], row["channel"], at, self._timing):
                return None
            in_doubt = row["state"] == State.SENDING
            changes = {
                "state": State.SENDING if in_doubt else State.CLAIMED,
                "owner": worker,
                "lease_until": self._now + self._timing.lease,
                "fence": row["fence"] + 1,
            }
            await connection.execute(update(delivery).where(*_is(row)).values(changes))
        return Claim(
            **{name: row[name] for name in ("team", "channel", "period", "part", "attempts", "thread_ts")},
            due_at=dt.datetime.fromtimestamp(row["due_at"], dt.UTC),
            fence=row["fence"] + 1,
            at=at,
            age=at - row["first_send_at"] if in_doubt else None,
            payload=None if row["payload"] is None else orjson.loads(row["payload"]),
        )

    async def wait(self, now: dt.datetime, *, settles: bool) -> float | None:
        """Seconds until there is something to claim; None when nothing is to be done at all."""
        workspace, channel = bucket.alias(), bucket.alias()
        held = delivery.c.lease_until - self._now
        opens = [func.coalesce(one, 0) - self._now for one in (*_times(workspace), channel.c.free_at)]
        own = case(
            (delivery.c.state == State.DUE, greatest(self._engine, held, delivery.c.next_at - now.timestamp())),
            (delivery.c.state == State.SENDING, held + self._timing.quarantine),
            else_=held,
        )
        first = select(func.min(greatest(self._engine, own, *opens, literal(0.0)))).select_from(
            _with_buckets(workspace, channel)
        )
        states = {State.DUE, *_HELD} if settles else {State.DUE, State.CLAIMED}
        async with reading(self._engine) as connection:
            wait = first.where(delivery.c.state.in_(states), delivery.c.next_at.is_not(None), *self._mine)
            return (await connection.execute(wait)).scalar_one()

    async def sending(self, claim: Claim, rendered: Rendered | None) -> bool:
        """Commit that the message is about to be sent, under a new lease; with `rendered`, what the digest says.

        False when the fence has moved on, and while Slack wants silence.
        """
        changes: dict[str, Any] = {
            "state": State.SENDING,
            "attempts": delivery.c.attempts + 1,
            "first_send_at": func.coalesce(delivery.c.first_send_at, self._now),
            "lease_until": self._now + self._timing.lease,
        }
        kept = None if rendered is None else orjson.dumps(rendered.manifest, option=orjson.OPT_SORT_KEYS).decode()
        if rendered is not None and kept is not None:
            changes["payload"] = orjson.dumps(rendered.messages[0]).decode()
            changes["manifest"] = hashlib.sha256(kept.encode()).hexdigest()
            changes["issues"] = orjson.dumps(rendered.issues).decode()
        ours = update(delivery).where(*_ours(claim), ~buckets.is_blocked(claim.team, self._now))
        async with writing(self._engine) as connection:
            if (await connection.execute(ours.values(changes))).rowcount == 0:
                return False
            if kept is not None:
                name = {"hash": changes["manifest"]}
                await connection.execute(self._insert(manifest).values(contents=kept, **name).on_conflict_do_nothing())
            if replies := _replies(claim, rendered):
                await connection.execute(self._insert(delivery).values(replies).on_conflict_do_nothing())
        return True

    async def doubt(self, claim: Claim, error: str) -> bool:
        """Note why nobody knows whether it was posted; lease and quarantine take their course."""
        return await self._change(claim, error=error)

    async def release(self, claim: Claim, seconds: float, error: str) -> bool:
        """It was certainly not sent; it is due again after so long."""
        return await self._change(claim, state=State.DUE, lease_until=self._now + seconds, error=error)

    async def rest(self, claim: Claim, seconds: float, error: str) -> bool:
        """It is still in doubt; the channel may be read again after so long."""
        until = self._now + (seconds - self._timing.quarantine)
        return await self._change(claim, state=State.SENDING, lease_until=until, error=error)

    async def settle(self, claim: Claim, state: State, *, ts: str | None = None, error: str | None = None) -> bool:
        """The end of a message. When it is posted the next part may leave; else the parts after it end with it."""
        # Only what was sent more than once can be there twice.
        again = case((delivery.c.attempts > 1, self._now + self._timing.sweeps[0]), else_=delivery.c.sweep_at)
        sweep_at = again if state == State.POSTED else None
        end = {"state": state, "ts": ts, "error": error, "payload": None, "sweep_at": sweep_at}
        parts = update(delivery).where(*_of(claim), delivery.c.state == State.DUE)
        async with writing(self._engine) as connection:
            if (await connection.execute(update(delivery).where(*_ours(claim)).values(end))).rowcount == 0:
                return False
            if state == State.POSTED:
                following = parts.where(delivery.c.part == claim.part + 1)
                await connection.execute(following.values(next_at=delivery.c.due_at))
            else:
                following = parts.where(delivery.c.part > claim.part)
                await connection.execute(following.values(state=state, error="the part before", payload=None))
        return True

    async def block(self, team: str, seconds: float) -> None:
        """Slack said 429: nothing leaves for this workspace for so long, and then half as fast."""
        async with writing(self._engine) as connection:
            await buckets.block(connection, team, await self._clock(connection), seconds, self._timing)

    async def suspect(self, claim: Claim, ts: str) -> None:
        """Slack has it under `ts`, perhaps not only once: look for a second copy now. What was given up is posted then."""
        row = update(delivery).where(*_of(claim), _part(claim))
        given_up = row.where(delivery.c.state.in_((State.FAILED, State.EXPIRED)))
        async with writing(self._engine) as connection:
            await connection.execute(given_up.values(state=State.POSTED, ts=ts, error=None))
            await connection.execute(row.values(sweep_at=self._now, sweeps=0))

    async def take_suspect(self) -> Suspect | None:
        """A posted message that may have a second copy, and whose time for a look has come."""
        async with writing(self._engine) as connection:
            return await records.take_suspect(connection, await self._clock(connection), self._timing, self._mine)

    async def swept(self, suspect: Suspect, removed: int, *, complete: bool) -> None:
        """So many extra copies were removed; when the look was complete, the next is later or never."""
        looks = suspect.sweeps + 1
        later = self._now + self._timing.sweeps[looks] if looks < len(self._timing.sweeps) else None
        changes: dict[str, Any] = {"extras": delivery.c.extras + removed}
        if complete:
            changes |= {"sweeps": looks, "sweep_at": later}
        async with writing(self._engine) as connection:
            await connection.execute(update(delivery).where(*_of(suspect), _part(suspect)).values(changes))

    async def history(self, team: str, channel: str, most: int) -> list[Past]:
        """The digests that were posted to a channel, newest first."""
        async with reading(self._engine) as connection:
            return await records.history(connection, team, channel, most)

    async def missed(self, team: str, channel: str) -> list[Period]:
        """The periods since the last posted digest whose own expired, oldest first."""
        async with reading(self._engine) as connection:
            return await records.missed(connection, team, channel)

    async def status(self, team: str, channel: str) -> Status | None:
        """The newest digest of a channel."""
        async with reading(self._engine) as connection:
            return await records.status(connection, team, channel)

    async def _clock(self, connection: AsyncConnection) -> float:
        return float((await connection.execute(select(self._now))).scalar_one())

    def _candidate(self, now: float, at: float, *, settles: bool) -> Select[Any]:
        parent, workspace, channel = delivery.alias(), bucket.alias(), bucket.alias()
        state, lease_until = delivery.c.state, delivery.c.lease_until
        ready = [and_(state == State.DUE, delivery.c.next_at <= now, lease_until <= at)]
        ready += [and_(state == State.CLAIMED, lease_until <= at)]
        if settles:
            ready += [and_(state == State.SENDING, lease_until <= at - self._timing.quarantine)]
        thread = select(parent.c.ts).where(*_same(parent), delivery.c.part > 0).scalar_subquery().label("thread_ts")
        statement = (
            select(delivery, thread)
            .select_from(_with_buckets(workspace, channel))
            .where(or_(*ready), *self._mine, buckets.is_open(workspace, at), buckets.is_open(channel, at))
            .order_by(delivery.c.part, delivery.c.next_at)
            .limit(1)
        )
        if self._engine.dialect.name == "postgresql":
            return statement.with_for_update(of=delivery, skip_locked=True)
        return statement

    async def _change(self, claim: Claim, **changes: object) -> bool:
        async with writing(self._engine) as connection:
            return (await connection.execute(update(delivery).where(*_ours(claim)).values(changes))).rowcount > 0


def _row(team: str, channel: str, period: Period, part: int, due_at: float) -> dict[str, Any]:
    """A message that nobody has touched."""
    nothing = {"next_at": None, "lease_until": 0.0, "fence": 0, "attempts": 0, "sweeps": 0, "extras": 0, "error": None}
    key = message_key(team, channel, period, part)
    place = {"team": team, "channel": channel, "period": period, "part": part}
    return {**place, "state": State.DUE, "due_at": due_at, "key": key, **nothing}


def _replies(claim: Claim, rendered: Rendered | None) -> list[dict[str, Any]]:
    """The messages after the first, which wait for it."""
    due_at = claim.due_at.timestamp()
    return [
        _row(claim.team, claim.channel, claim.period, part, due_at) | {"payload": orjson.dumps(payload).decode()}
        for part, payload in enumerate(rendered.messages[1:] if rendered else (), start=1)
    ]


def _ours(claim: Claim) -> list[ColumnElement[bool]]:
    """The row of a claim, as long as nobody else has claimed it."""
    return [*_of(claim), _part(claim), delivery.c.fence == claim.fence, delivery.c.state.in_(_HELD)]


def _of(message: Claim | Suspect) -> list[ColumnElement[bool]]:
    """All parts of its digest."""
    places = (message.team, message.channel, message.period)
    return [column == value for column, value in zip(_KEY, places, strict=False)]


def _part(message: Claim | Suspect) -> ColumnElement[bool]:
    return delivery.c.part == message.part


def _is(row: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    return [column == row[column.name] for column in _KEY]


def _same(parent: FromClause) -> list[ColumnElement[bool]]:
    """The first part of the same digest."""
    return [parent.c[column.name] == column for column in _KEY[:3]] + [parent.c.part == 0]


def _with_buckets(workspace: FromClause, channel: FromClause) -> FromClause:
    whole = and_(workspace.c.team == delivery.c.team, workspace.c.channel == buckets.WORKSPACE)
    own = and_(channel.c.team == delivery.c.team, channel.c.channel == delivery.c.channel)
    return delivery.outerjoin(workspace, whole).outerjoin(channel, own)


def _times(where: FromClause) -> tuple[ColumnElement[float], ColumnElement[float]]:
    return where.c.free_at, where.c.blocked_until
