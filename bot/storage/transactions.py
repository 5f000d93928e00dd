"""Transactions for the calendar: begun for writing, bounded in time, and with one error for whatever can go wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import ColumnElement, Double, cast, extract, func
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from jobs.ports import LedgerError

# Longer than SQLite's own wait for another writer (5 s); shorter than any lease.
_SECONDS: Final = 10
# A worker that froze inside a transaction must not hold its locks for ever.
_POSTGRES: Final = (
    "SELECT set_config('lock_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '30s', true)"
)


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that may write from its first statement on.

    Raises:
        LedgerError: the database cannot be reached or written; nothing of the transaction was done, or, when the commit's
            answer was lost, all of it.
    """
    try:
        async with asyncio.timeout(_SECONDS), engine.begin() as connection:
            # SQLite would begin as a reader, and fail where it should wait when another process wrote in between.
            await connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_sqlite(engine) else _POSTGRES)
            yield connection
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        raise LedgerError(_reason(error)) from error


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that only reads.

    Raises:
        LedgerError: the database cannot be reached or read.
    """
    try:
        async with asyncio.timeout(_SECONDS), engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        raise LedgerError(_reason(error)) from error


def database_now(engine: AsyncEngine) -> ColumnElement[float]:
    """The database's own clock, in seconds since 1970, as an expression."""
    if _is_sqlite(engine):
        return (func.julianday("now", type_=Double) - 2_440_587.5) * 86_400.0
    # clock_timestamp() and not now(), which is when the transaction began, before it waited for a lock.
    return cast(extract("epoch", func.clock_timestamp()), Double)


def greatest(engine: AsyncEngine, *values: ColumnElement[float]) -> ColumnElement[float]:
    """The largest of several expressions in one row."""
    return (func.max if _is_sqlite(engine) else func.greatest)(*values, type_=Double)


def _is_sqlite(engine: AsyncEngine) -> bool:
    return engine.dialect.name == "sqlite"


def _reason(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
