"""The long-running commands as real processes: started, used, and ended by a signal."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.manifest import manifest
from bot.playground.server import Playground
from tests.support.desk import said

IRAQ_DESK = (sys.executable, "-c", "from bot.cli import main; main()")


@asynccontextmanager
async def started(*arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`iraq-desk` with these arguments; ended hard if it still runs on leaving."""
    process = await asyncio.create_subprocess_exec(
        *IRAQ_DESK,
        *arguments,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def first_line(process: asyncio.subprocess.Process) -> str:
    """What the process prints first."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 20)).decode()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
async def test_the_playground_starts_answers_and_ends(ending: signal.Signals) -> None:
    """It prints its address, serves the page there with the bot connected, and ends cleanly when asked to."""
    async with started("playground", "--port", "0") as process:
        line = await first_line(process)
        url = line.split()[3]
        async with aiohttp.ClientSession() as session:
            page = await (await session.get(url)).text()
            state = await (await session.get(f"{url}playground/state")).json()
        process.send_signal(ending)
        _, errors = await asyncio.wait_for(process.communicate(), 15)

    assert line.startswith("Iraq Desk playground: http://127.0.0.1:")
    assert "<title>" in page
    assert state["app"]["connected"] is True
    assert process.returncode == 0
    assert errors == b""


async def test_a_taken_port_is_told_in_one_line() -> None:
    """Which port, and what to do; exit status 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with started("playground", "--port", str(port)) as process:
            _, errors = await asyncio.wait_for(process.communicate(), 20)

    assert process.returncode == 2
    assert errors.decode() == (
        f"iraq-desk: port {port} of 127.0.0.1 is taken; choose another with --port (0 takes a free one)\n"
    )


async def test_serve_connects_to_a_slack_and_finishes_its_work(tmp_path: object) -> None:
    """With two tokens and an address it answers over Socket Mode; on SIGTERM it answers what it had accepted."""
    async with Playground(manifest()) as slack:
        environment = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "IRAQ_DESK_DATABASE_URL": f"sqlite:///{tmp_path}/data/desk.sqlite3",
        }
        async with started("serve", **environment) as process:
            await slack.wait_for(lambda: slack.connected, timeout=20)
            await slack.user.command(slack.policy, "/iraq who is Sistani?")
            private = await slack.user.next_message()
            slack.faults.delay("chat.postMessage", 0.5)
            await slack.user.say(slack.policy, "@Iraq Desk how many people were displaced in 2020?")
            await slack.wait_for(lambda: len(slack.deliveries) >= 2)
            process.send_signal(signal.SIGTERM)
            public = await slack.user.next_message()
            _, errors = await asyncio.wait_for(process.communicate(), 15)

    assert "Summary of" in said(private)
    assert "1.39 million" in said(public)
    assert process.returncode == 0
    assert b"connected; corpus of" in errors
    assert b"xoxb-" not in errors
    assert b"Sistani" not in errors


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("SLACK_BOT_TOKEN", b"refuses SLACK_BOT_TOKEN: invalid_auth"),
        ("SLACK_APP_TOKEN", b"refuses SLACK_APP_TOKEN: invalid_auth"),
    ],
)
async def test_a_wrong_token_is_told_in_one_line(token: str, says: bytes) -> None:
    """Which token Slack refuses and why, before anything else happens; exit status 2."""
    async with Playground(manifest()) as slack:
        environment = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "IRAQ_DESK_DATABASE_URL": "sqlite://",
        }
        environment[token] = environment[token][:10] + "wrong"
        async with started("serve", **environment) as process:
            _, errors = await asyncio.wait_for(process.communicate(), 20)

    assert process.returncode == 2
    assert says in errors
    assert errors.count(b"\n") == 1
