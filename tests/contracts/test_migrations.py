"""The migrations, on every database."""

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import DatabaseError
from bot.storage.engine import open_database
from bot.storage.schema import metadata
from bot.storage.store import Feedback, Store


async def test_migrations_end_where_the_schema_is(engine: AsyncEngine) -> None:
    """From an empty database the migrations make exactly the tables that the code expects."""

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_second_start_keeps_what_is_there(tmp_path: Path) -> None:
    """Opening a database that is up to date changes nothing in it."""
    said = Feedback("T1", "U1", "who?", "abc", helpful=True)
    for start in range(2):
        engine = await open_database(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
        store = Store(engine, lambda: 0.0)
        if start == 0:
            await store.add_feedback(said)
        else:
            assert await store.feedback("T1") == [said]
        await store.close()


async def test_replicas_may_start_together(postgres: str) -> None:
    """Several processes that open one new database at once do not trip over each other."""
    code = "import asyncio, sys; from bot.storage.engine import open_database as o; asyncio.run(o(sys.argv[1]))"
    replicas = [await asyncio.create_subprocess_exec(sys.executable, "-c", code, postgres) for _ in range(3)]

    assert [await replica.wait() for replica in replicas] == [0, 0, 0]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "Could not parse"),
        ("mysql://desk:secret@127.0.0.1/desk", "cannot be used"),
        ("postgresql://desk:secret@127.0.0.1:1/desk", "cannot be used"),
    ],
)
async def test_a_wrong_address_is_told_in_one_line(url: str, says: str) -> None:
    """The message names the setting and never the password."""
    with pytest.raises(DatabaseError) as caught:
        await open_database(url)

    message = str(caught.value)
    assert says in message
    assert "IRAQ_DESK_DATABASE_URL" in message
    assert "secret" not in message
    assert "\n" not in message


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where a folder should be gives one line too."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(DatabaseError, match="file"):
        await open_database(f"sqlite:///{tmp_path / 'file' / 'desk.sqlite3'}")


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Another kind of file under the database's name is refused and left as it was."""
    file = tmp_path / "desk.sqlite3"
    file.write_text("these are my notes, not a database, and they should stay" * 20, encoding="utf-8")

    with pytest.raises(DatabaseError, match="not a database"):
        await open_database(f"sqlite:///{file}")

    assert file.read_text(encoding="utf-8").startswith("these are my notes")
