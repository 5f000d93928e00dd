"""Forgetting a workspace, on every database."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import WorkspaceLeftError
from bot.storage.engine import open_database
from bot.storage.ledger import Ledger
from bot.storage.purge import Purge
from bot.storage.schema import seen
from bot.storage.store import Feedback, Store
from bot.storage.subscriptions import Subscriptions
from jobs.ports import Due
from tests.contracts.conftest import Clock
from tests.contracts.test_subscriptions import ONE
from tests.support.rows import TABLES, count, count_at, fill

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


async def test_every_table_is_emptied_of_it(engine: AsyncEngine) -> None:
    """A row of it in every table, and none afterwards; another workspace keeps all of its own."""
    await fill(engine, "T1")
    await fill(engine, "T2")
    dropped = await Purge(engine, "T2").forget("T1")

    assert dropped == len(TABLES)
    assert set((await count(engine, "T1")).values()) == {0}
    assert set((await count(engine, "T2")).values()) == {1}


async def test_forgetting_twice(engine: AsyncEngine) -> None:
    """Slack tells of both, the tokens and the uninstalling: the second finds nothing, and that is no error."""
    await fill(engine, "T1")
    purge = Purge(engine, "T1")

    assert [await purge.forget("T1"), await purge.forget("T1")] == [len(TABLES), 0]


async def _claim(engine: AsyncEngine, clock: Clock) -> None:
    await Store(engine, clock).claim("T1", "event:late")


async def _rate(engine: AsyncEngine, clock: Clock) -> None:
    await Store(engine, clock).add_feedback(Feedback("T1", "U1", "late", "v", helpful=True))


async def _subscribe(engine: AsyncEngine, _: Clock) -> None:
    await Subscriptions(engine).save(ONE)


async def _plan(engine: AsyncEngine, _: Clock) -> None:
    await Ledger(engine).plan([Due("T1", "C1", "2026-W48", NOW, NOW)])


async def _block(engine: AsyncEngine, _: Clock) -> None:
    await Ledger(engine).block("T1", 30)


@pytest.mark.parametrize("write", [_claim, _rate, _subscribe, _plan, _block])
async def test_nothing_comes_back(
    engine: AsyncEngine, url: str, clock: Clock, write: Callable[[AsyncEngine, Clock], Awaitable[None]]
) -> None:
    """Once our own workspace is forgotten this process writes nothing: no late event, no form, no planned digest."""
    purge = Purge(engine, "T1")
    await purge.forget("T1")
    with pytest.raises(WorkspaceLeftError, match="T1"):
        await write(engine, clock)

    assert purge.has_left
    if url != "sqlite://":
        assert set((await count_at(url, "T1")).values()) == {0}


async def test_another_workspace_leaves(engine: AsyncEngine, clock: Clock) -> None:
    """When it is not ours, this process goes on."""
    purge = Purge(engine, "T1")
    await purge.forget("T2")
    await _claim(engine, clock)

    assert not purge.has_left
    assert (await count(engine, "T1"))["seen"] == 1


async def test_who_is_writing_ends_first(postgres: str) -> None:
    """What another process is about to commit while the workspace is forgotten is forgotten too."""
    ours, theirs = await open_database(postgres), await open_database(postgres)
    purge = Purge(ours, "T1")
    async with theirs.connect() as connection:
        await connection.execute(insert(seen).values(team="T1", key="event:1", state="claimed", at=1))
        forgetting = asyncio.create_task(purge.forget("T1"))
        done, _ = await asyncio.wait({forgetting}, timeout=0.3)
        await connection.commit()
        dropped = await forgetting

    assert not done
    assert dropped == 1
    assert (await count(theirs, "T1"))["seen"] == 0
    await ours.dispose()
    await theirs.dispose()


async def test_what_another_process_wrote_since(tmp_path: Path) -> None:
    """A process that does not know yet may write once more; the next look drops that, and none before it has left."""
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    ours, theirs = await open_database(url), await open_database(url)
    purge = Purge(ours, "T1")
    await fill(theirs, "T1")
    await purge.again()
    stays = await count(theirs, "T1")
    await purge.forget("T1")
    await fill(theirs, "T1")
    await purge.again()

    assert set(stays.values()) == {1}
    assert set((await count(theirs, "T1")).values()) == {0}
    await ours.dispose()
    await theirs.dispose()
