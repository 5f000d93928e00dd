"""The negative control: digests by APScheduler alone, with a job store in a database that several processes share.

This is how it is usually done, and what the suite must find fault with.
"""

import asyncio
import datetime as dt
import logging
import signal
from typing import Final

import aiohttp
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient

_DRIVERS: Final = {"postgresql": "postgresql+psycopg", "sqlite": "sqlite"}
# The kindest settings: a late job runs all the same, and once.
_DEFAULTS: Final = {"misfire_grace_time": None, "coalesce": True}


async def post(url: str, team: str, channel: str, parts: int) -> None:
    """The job: what it posts has no period of its own, since APScheduler does not tell for when it was due."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(f"xoxb-{team}", base_url=url, session=session)
        thread_ts = None
        for part in range(parts):
            response = await client.chat_postMessage(channel=channel, text=f"{channel} {part}", thread_ts=thread_ts)
            thread_ts = thread_ts or response["ts"]


def main(database: str, slack: str, channels: list[tuple[str, str]], due: dt.datetime, parts: int) -> None:
    """One of the processes: it adds every job, as each replica does when it starts, and runs what is due."""
    logging.disable(logging.CRITICAL)
    asyncio.run(_work(database, slack, channels, due, parts))


def prepare(database: str) -> None:
    """Make the job store's table, since processes that start together trip over each other there."""
    store = _store(database)
    store.jobs_t.create(store.engine, checkfirst=True)
    store.engine.dispose()


def _store(database: str) -> SQLAlchemyJobStore:
    scheme, rest = database.split(":", maxsplit=1)
    return SQLAlchemyJobStore(url=f"{_DRIVERS[scheme]}:{rest}")


async def _work(database: str, slack: str, channels: list[tuple[str, str]], due: dt.datetime, parts: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    stores = {"default": _store(database)}
    scheduler = AsyncIOScheduler(timezone=dt.UTC, jobstores=stores, job_defaults=_DEFAULTS)
    for team, channel in channels:
        arguments = [slack, team, channel, parts]
        scheduler.add_job(
            post, "interval", weeks=1, next_run_time=due, args=arguments, id=channel, replace_existing=True
        )
    scheduler.start()
    await stop.wait()
