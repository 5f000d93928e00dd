"""The digest in the channel: on time, once, in its form, and never in the way of an answer."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import runtime
from bot.manifest import manifest
from bot.playground.model import BOT_USER, Message
from bot.playground.server import Playground
from bot.serving import connect
from bot.settings import Settings
from bot.trial import pointed_at
from jobs.timing import Timing
from knowledge.library import Library
from tests.support.desk import Desk, said
from tests.support.digests import QUICK, Posts, add_channel, ask, digest_desk, form, kept


async def test_made_after_its_time_it_starts_with_the_next(library: Library) -> None:
    """On a Wednesday, a digest for Mondays waits for Monday; then it comes once."""
    async with digest_desk(library=library) as (desk, calendar):
        posts = Posts(desk, desk.slack.policy)
        told = await ask(desk.slack.user, desk.slack.policy, "on monday 9:00 utc")
        await posts.wait(0)
        monday = calendar.start.replace(hour=9) + dt.timedelta(days=5)
        calendar.turn(monday - dt.timedelta(seconds=1))
        (digest,) = await posts.wait(1)

        assert f"<!date^{int(monday.timestamp())}^" in said(told)
        assert digest.visible_to is None
        assert digest.thread_ts is None
        assert digest.metadata is not None
        assert digest.metadata["event_type"] == "iraq_desk_digest"
        assert desk.slack.policy not in str(digest.metadata["event_payload"])


async def test_a_full_digest_has_at_most_two_replies(library: Library) -> None:
    """The parent first, then its thread."""
    async with digest_desk(library=library) as (desk, calendar):
        await desk.slack.user.submit(
            await form(desk), {"digest_form": "full", "digest_weekday": "4", "digest_time": "09:00"}
        )
        calendar.turn(calendar.start + dt.timedelta(days=1))
        parent, first, second = await Posts(desk, desk.slack.policy).wait(3)

        assert parent.thread_ts is None
        assert first.thread_ts == second.thread_ts == parent.ts
        assert len({one.metadata["event_payload"]["key"] for one in (parent, first, second) if one.metadata}) == 3


async def test_a_quiet_week(library: Library) -> None:
    """An unchanged week says so in its first line; where that is to be skipped, nothing comes, and status says why."""
    async with digest_desk(library=library) as (desk, calendar):
        add_channel(desk, "C00000QUIET", "quiet")
        loud, quiet = Posts(desk, desk.slack.policy), Posts(desk, "C00000QUIET")
        for channel, skip in ((desk.slack.policy, []), ("C00000QUIET", ["skip"])):
            chosen: dict[str, object] = {"digest_weekday": "4", "digest_time": "09:00", "digest_skip": skip}
            await desk.slack.user.submit(await form(desk, channel=channel), chosen)
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await loud.wait(1)
        await quiet.wait(1)
        calendar.turn(calendar.start + dt.timedelta(days=8))
        _, second = await loud.wait(2)
        await quiet.wait(1)
        told = await ask(desk.slack.user, "C00000QUIET", "status")
        early = await ask(desk.slack.user, "C00000QUIET", "now")
        calendar.turn(calendar.start + dt.timedelta(days=12))
        refused = await ask(desk.slack.user, "C00000QUIET", "now")

        assert ": nothing changed" in said(second).partition(" No change")[0]
        assert "not posted: nothing changed" in said(told)
        assert "nothing changed" in said(early)
        assert "Nothing has changed since the last digest" in said(refused)


async def test_issues_rotate(library: Library) -> None:
    """Two digests in a row have no issue in common."""
    async with digest_desk(library=library) as (desk, calendar):
        posts = Posts(desk, desk.slack.policy)
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await posts.wait(1)
        calendar.turn(calendar.start + dt.timedelta(days=8))
        first, second = (said(one) for one in await posts.wait(2))
        titles = [issue.title for issue in library.corpus.issues.values()]
        one, two = ({title for title in titles if title in text} for text in (first, second))

        assert len(one) == len(two) == 5
        assert not one & two


async def test_a_topic_that_left_the_corpus(library: Library) -> None:
    """It stops nothing: neither the form, nor status, nor the digest."""
    async with digest_desk(library=library) as (desk, calendar):
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        found = await kept(desk)
        assert found is not None
        old = replace(found, topics=("no-such-topic", next(iter(library.corpus.topics))))
        await desk.running.services.digests._subscriptions.save(old)  # noqa: SLF001
        view = await form(desk)
        told = await ask(desk.slack.user, desk.slack.policy, "status")
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await Posts(desk, desk.slack.policy).wait(1)

        assert len(view.payload["blocks"]) > 8
        assert "no-such-topic" not in said(told)


async def test_answers_do_not_wait_behind_digests(library: Library) -> None:
    """While Slack holds a digest up, a question and the settings are answered as ever."""
    async with digest_desk(library=library) as (desk, calendar):
        posts = Posts(desk, desk.slack.policy)
        await ask(desk.slack.user, desk.slack.policy, "on thursday 9:00 utc")
        desk.slack.faults.delay("chat.postMessage", 3)
        calendar.turn(calendar.start + dt.timedelta(days=1))
        await asyncio.sleep(0.6)
        begun = time.monotonic()
        reply = await ask_question(desk)
        status = await ask(desk.slack.user, desk.slack.policy, "status")
        took = time.monotonic() - begun

        assert "USIP" in reply
        assert "being sent, not confirmed yet" in said(status)
        assert took < 2  # the digest is held up for three
        assert posts.all() == []
        await posts.wait(1)


async def ask_question(desk: Desk) -> str:
    """What `/iraq` answers."""
    reply = await desk.slack.user.command(desk.slack.policy, "/iraq what did USIP advise about Iran?")
    assert reply is not None
    return said(reply)


@asynccontextmanager
async def bot(
    slack: Playground, library: Library, file: Path, *, ahead: float = 0, timing: Timing = QUICK
) -> AsyncIterator[None]:
    """The bot alone, its clock so many seconds ahead, its rows in a file."""
    configured = pointed_at(slack, Settings()).model_copy(update={"database_url": f"sqlite:///{file}"})
    async with runtime(configured, library=library, clock=lambda: time.time() + ahead, timing=timing) as running:
        handler = await connect(running, configured)
        await slack.wait_for(lambda: slack.connected)
        yield
        await handler.close_async()


def digests(slack: Playground) -> list[Message]:
    """Those in all channels."""
    return [one for channel in slack.workspace.channels for one in slack.messages(channel) if one.metadata]


async def test_a_restart_loses_nothing_and_repeats_nothing(library: Library, tmp_path: Path) -> None:
    """Turned on before, due while the bot is away, posted once after it is back."""
    due = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    file = tmp_path / "desk.sqlite3"
    async with Playground(manifest()) as slack:
        async with bot(slack, library, file):
            await ask(slack.user, slack.policy, f"on {due:%A %H:%M} utc")
        assert digests(slack) == []
        async with bot(slack, library, file, ahead=3 * 3600):
            await slack.wait_for(lambda: digests(slack), timeout=10)
            await asyncio.sleep(0.6)
        async with bot(slack, library, file, ahead=3 * 3600):
            await asyncio.sleep(0.6)

        assert len(digests(slack)) == 1


async def test_stopping_begins_nothing_more(library: Library, tmp_path: Path) -> None:
    """Asked to end while many are due, the bot leaves them for its next start, and then none is lost or doubled."""
    due = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    file, many = tmp_path / "desk.sqlite3", 8
    async with Playground(manifest()) as slack:
        for number in range(many):
            members = {slack.user.id, BOT_USER}
            slack.workspace.add_channel(f"C{number:09d}", f"room-{number}", "channel", members)
        async with bot(slack, library, file):
            for number in range(many):
                await ask(slack.user, f"C{number:09d}", f"on {due:%A %H:%M} utc")
        async with bot(slack, library, file, ahead=3 * 3600, timing=Timing()):
            await slack.wait_for(lambda: digests(slack), timeout=10)
        left = many - len(digests(slack))
        async with bot(slack, library, file, ahead=3 * 3600):
            await slack.wait_for(lambda: len(digests(slack)) == many, timeout=20)
            await asyncio.sleep(0.6)

        assert left > 0
        assert sorted(one.channel for one in digests(slack)) == [f"C{number:09d}" for number in range(many)]


async def test_stopping_finishes_what_is_being_posted(library: Library) -> None:
    """Asked to end while a digest is on its way, the bot waits for Slack's answer and is gone within fifteen seconds."""
    async with digest_desk(library=library) as (desk, _):
        posts = Posts(desk, desk.slack.policy)
        await ask(desk.slack.user, desk.slack.policy, "on")
        question = await ask(desk.slack.user, desk.slack.policy, "now")
        desk.slack.faults.delay("chat.postMessage", 1.5)
        await desk.slack.user.press(question, "digest_now")
        await asyncio.sleep(0.5)
        assert posts.all() == []
        begun = time.monotonic()
    assert time.monotonic() - begun < 15
    assert len(posts.all()) == 1
