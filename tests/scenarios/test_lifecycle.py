"""The app is removed from its workspace: by uninstalling it, by revoking its token, in every order that Slack tells it."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.playground.model import BOT_USER, JsonObject
from bot.storage.engine import open_database
from knowledge.library import Library
from tests.support.channels import set_to
from tests.support.desk import Desk, rating, said
from tests.support.digests import TEAM, Posts, ask, digest_desk, form
from tests.support.rows import TABLES, count_at, fill

OTHER = "T0OTHERTEAM"
UNINSTALLED: JsonObject = {"type": "app_uninstalled"}
REVOKED: JsonObject = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
# What is filled by use alone: the desk reads these, and would stumble over words without meaning.
USED = {"subscription", "delivery", "bucket", "seen", "feedback", "channel"}
ORDERS = {
    "uninstalled": [UNINSTALLED],
    "revoked": [REVOKED],
    "uninstalled, then revoked": [UNINSTALLED, REVOKED],
    "revoked, then uninstalled": [REVOKED, UNINSTALLED],
    "both, twice": [REVOKED, UNINSTALLED, REVOKED, UNINSTALLED],
}


@asynccontextmanager
async def lived_in(library: Library, tmp_path: Path) -> AsyncIterator[tuple[Desk, str]]:
    """A desk that was used, and the address of its database, where every table has rows of two workspaces."""
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    engine = await open_database(url)
    await fill(engine, TEAM, but=USED)
    await fill(engine, OTHER)
    await engine.dispose()
    async with digest_desk(library=library, database_url=url) as (desk, calendar):
        answer = await desk.mentions("who is Sistani?")
        await desk.slack.user.press(answer, "feedback", rating(answer, helpful=True))
        await desk.slack.user.next_message()
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        await set_to(desk, sharers="setters")
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await Posts(desk, desk.slack.policy).wait(1)
        desk.slack.user.returned.update(message.ts for message in desk.slack.user.posts)
        yield desk, url


def tell(desk: Desk, *events: JsonObject) -> None:
    """What Slack says when somebody removes the app: its token is dead by then."""
    for event in events:
        desk.slack._stage.events.send(event["type"], event)  # noqa: SLF001 - nobody does this at a window
    desk.slack._stage.context.secrets.revoked = True  # noqa: SLF001 - the same


@pytest.mark.parametrize("events", ORDERS.values(), ids=ORDERS)
async def test_no_row_is_left(library: Library, tmp_path: Path, events: list[JsonObject]) -> None:
    """Every table is empty of the workspace, whatever Slack tells first; another workspace keeps all of its rows."""
    async with lived_in(library, tmp_path) as (desk, url):
        before = await count_at(url, TEAM)
        tell(desk, *events)
        await desk.slack.settled()
        after, others = await count_at(url, TEAM), await count_at(url, OTHER)

    assert min(before[table.name] for table in TABLES) > 0
    assert set(after.values()) == {0}
    assert set(others.values()) == {1}


async def test_what_arrives_later_writes_nothing(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A late mention, a form that stood open, a look for digests: none puts a row back, and the log stays calm."""
    async with lived_in(library, tmp_path) as (desk, url):
        user = desk.slack.user
        open_form = await form(desk)
        tell(desk, UNINSTALLED)
        await desk.slack.settled()
        with caplog.at_level(logging.ERROR):
            await user.say(desk.slack.policy, "@Iraq Desk who is Sistani?")
            await user.say(user.direct_channel, "who is Sistani?")
            errors = await user.submit(open_form)
            await user.command(desk.slack.policy, "/iraq digest on")
            await asyncio.sleep(0.6)  # two or three looks for digests
            await desk.slack.settled()

        assert set((await count_at(url, TEAM)).values()) == {0}
    assert "cannot be reached right now" in " ".join(errors.values())
    assert not [one for one in caplog.records if one.exc_info]


async def test_it_was_told_late(library: Library, tmp_path: Path) -> None:
    """Slack may repeat an event for a day: while the token works the app is there, and its rows stay."""
    async with lived_in(library, tmp_path) as (desk, url):
        before = await count_at(url, TEAM)
        for event in (UNINSTALLED, REVOKED):
            desk.slack._stage.events.send(event["type"], event)  # noqa: SLF001 - as `tell`, with a token that works
        await desk.slack.settled()

        assert await count_at(url, TEAM) == before
        assert "Summary of" in said(await desk.writes("who is Sistani?"))


async def test_a_persons_own_token(library: Library, tmp_path: Path) -> None:
    """A member who takes back a token of their own takes back none of the bot's."""
    async with lived_in(library, tmp_path) as (desk, url):
        before = await count_at(url, TEAM)
        tell(desk, {"type": "tokens_revoked", "tokens": {"oauth": [desk.slack.user.id]}})
        await desk.slack.settled()

        assert await count_at(url, TEAM) == before
