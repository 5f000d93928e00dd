"""What the scenarios of the digest share: a calendar to turn, and the steps that people take."""

import asyncio
import datetime as dt
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.playground.model import BOT_USER, Message, View
from bot.playground.user import User
from jobs.subscriptions import Subscription
from jobs.timing import Timing
from knowledge.library import Library
from tests.support.desk import Desk, running_desk, said

TEAM: Final = "T0PLAYTEAM1"
QUICK: Final = Timing(tick=0.2)


class Calendar:
    """The bot's clock: it begins on a Wednesday, 10:00 UTC, and goes on like any other until it is turned.

    The Wednesday is the next one, since what is due lies ahead of the machine's own clock too.
    """

    def __init__(self) -> None:
        today = dt.datetime.now(dt.UTC).replace(hour=10, minute=0, second=0, microsecond=0)
        self.start = today + dt.timedelta(days=(2 - today.weekday()) % 7 or 7)
        self._ahead = self.start.timestamp() - time.time()

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def turn(self, to: dt.datetime) -> None:
        """Make it `to` now."""
        self._ahead = to.timestamp() - time.time()


@asynccontextmanager
async def digest_desk(
    *,
    library: Library | None = None,
    timing: Timing = QUICK,
    **settings: Any,  # noqa: ANN401 - of many kinds
) -> AsyncIterator[tuple[Desk, Calendar]]:
    """A running desk that looks five times a second, and its calendar."""
    calendar = Calendar()
    async with running_desk(library=library, clock=calendar, timing=timing, app=None, **settings) as desk:
        yield desk, calendar


@dataclass(frozen=True, slots=True)
class Posts:
    """The digests in a channel, by their receipts."""

    desk: Desk
    channel: str

    def all(self) -> list[Message]:
        """Oldest first."""
        return [one for one in self.desk.slack.messages(self.channel) if one.metadata]

    async def wait(self, number: int, seconds: float = 10) -> list[Message]:
        """Until so many are there; and no more of them."""
        await self.desk.slack.wait_for(lambda: len(self.all()) >= number, timeout=seconds)
        await asyncio.sleep(0.5)  # a second copy would come within a tick or two
        assert len(self.all()) == number
        return self.all()


async def kept(desk: Desk, channel: str | None = None) -> Subscription | None:
    """What the database has of a channel; of #iraq-policy unless named."""
    return await desk.running.services.digests._subscriptions.get(TEAM, channel or desk.slack.policy)  # noqa: SLF001


async def form(desk: Desk, user: User | None = None, channel: str | None = None) -> View:
    """The modal that `/iraq digest` opens."""
    user = user or desk.slack.user
    await user.command(channel or desk.slack.policy, "/iraq digest")
    return await user.next_view()


def element(view: View, block_id: str) -> dict[str, Any]:
    """An input of a modal."""
    return next(block["element"] for block in view.payload["blocks"] if block.get("block_id") == block_id)


def words(view: View) -> str:
    """Everything a reader sees of a modal."""
    return said(Message("", "", "", "", view.payload["blocks"]))


async def ask(user: User, channel: str, text: str) -> Message:
    """What somebody sees alone after `/iraq digest ...`; other posts are passed over."""
    user.returned.update(message.ts for message in user.posts)
    await user.command(channel, f"/iraq digest {text}".strip())
    while True:
        message = await user.next_message()
        if message.visible_to == user.id:
            return message


async def now_here(desk: Desk, message: Message) -> str:
    """What stands in the place of a private message after a button in it was pressed."""
    before = said(message)
    changed = await desk.slack.wait_for(lambda: _other(desk, message, before))
    return said(changed)


def _other(desk: Desk, message: Message, before: str) -> Message | None:
    current = desk.slack.message(message.channel, message.ts)
    return current if current is not None and said(current) != before else None


def add_channel(desk: Desk, channel: str, name: str, *, private: bool = False, with_bot: bool = True) -> None:
    """A channel with Dana and Omar in it."""
    members = {desk.slack.user.id, desk.slack.colleague, *([BOT_USER] if with_bot else [])}
    desk.slack.workspace.add_channel(channel, name, "private" if private else "channel", members)


def demote(desk: Desk) -> None:
    """Dana is no admin any more."""
    dana = desk.slack.workspace.members[desk.slack.user.id]
    desk.slack.workspace.members[dana.id] = replace(dana, is_admin=False)


async def hide(file: Path, table: str, *, back: bool = False) -> None:
    """Break the database: no table of that name, or `back` again."""
    names = (f"{table}_away", table) if back else (table, f"{table}_away")

    def run() -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"ALTER TABLE {names[0]} RENAME TO {names[1]}")
            connection.execute("COMMIT")

    await asyncio.to_thread(run)
