"""Every database that the store must behave the same on."""

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.engine import open_database
from bot.storage.store import Store


class Clock:
    """Seconds since 1970 that only move when told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture(name="clock")
def _clock() -> Clock:
    return Clock()


@asynccontextmanager
async def _empty_postgres() -> AsyncIterator[str]:
    server = os.environ.get("IRAQ_DESK_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL server: IRAQ_DESK_TEST_POSTGRES is not set")
    name = f"desk_{uuid.uuid4().hex}"
    admin = create_async_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"{server.rsplit('/', 1)[0]}/{name}"
    async with admin.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await admin.dispose()


@pytest.fixture(name="postgres")
async def _postgres() -> AsyncIterator[str]:
    """The address of an empty PostgreSQL database."""
    async with _empty_postgres() as url:
        yield url


@pytest.fixture(name="url", params=["sqlite memory", "sqlite file", "postgresql"])
async def _url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database."""
    match request.param:
        case "sqlite memory":
            yield "sqlite://"
        case "sqlite file":
            yield f"sqlite:///{tmp_path / 'folder' / 'desk.sqlite3'}"
        case _:
            async with _empty_postgres() as url:
                yield url


@pytest.fixture(name="engine")
async def _engine(url: str) -> AsyncIterator[AsyncEngine]:
    """A migrated database; no connection may be left checked out."""
    engine = await open_database(url)
    yield engine
    assert "Checked out connections" not in (status := engine.pool.status()) or "Checked out connections: 0" in status
    await engine.dispose()


@pytest.fixture(name="store")
def _store(engine: AsyncEngine, clock: Clock) -> Store:
    return Store(engine, clock)
