"""More work than fits: everybody is told, nobody is answered twice, and it passes."""

import asyncio
import logging

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.app import runtime
from bot.errors import OverloadError
from bot.inbox import LANE_SIZE, Inbox, Task
from bot.manifest import manifest
from bot.playground.server import Playground
from bot.settings import Settings
from bot.trial import pointed_at
from bot.views.message import Message
from knowledge.library import Library
from tests.support.desk import running_desk, said

DISPLACED = "how many people were displaced in 2020?"


async def test_a_full_queue_declines_in_private(library: Library) -> None:
    """With one worker stuck and no place left, the next asker is told to try again, while the first are served."""
    async with running_desk(library=library, queue_size=1, workers=1) as desk:
        user = desk.slack.user
        desk.slack.faults.delay("chat.postMessage", 1.0)
        for _ in range(4):
            await user.say(desk.slack.policy, f"@Iraq Desk {DISPLACED}")
            await asyncio.sleep(0.1)
        await desk.slack.settled(quiet=0.5)
        replies = [message for message in desk.slack.messages(desk.slack.policy) if message.is_from_app()]
        busy = [message for message in replies if "Ask again in a minute" in said(message)]
        answers = [message for message in replies if "1.39 million" in said(message)]

        assert len(busy) == 2
        assert {message.visible_to for message in busy} == {user.id}
        assert len(answers) == 2


async def test_commands_are_answered_while_the_queue_is_full(library: Library) -> None:
    """`/iraq` takes no place in the queue."""
    async with running_desk(library=library, queue_size=1, workers=1) as desk:
        desk.slack.faults.delay("chat.postMessage", 0.5)
        await desk.slack.user.say(desk.slack.policy, f"@Iraq Desk {DISPLACED}")
        reply = await desk.slack.user.command(desk.slack.policy, f"/iraq {DISPLACED}")

        assert reply is not None
        assert "1.39 million" in said(reply)


async def test_leaving_finishes_what_is_queued(library: Library) -> None:
    """A stop answers the questions that were accepted before it."""
    async with running_desk(library=library, workers=1) as desk:
        slack = desk.slack
        slack.faults.delay("chat.postMessage", 0.3)
        for _ in range(3):
            await slack.user.say(slack.policy, f"@Iraq Desk {DISPLACED}")
        await slack.wait_for(lambda: len(slack.deliveries) >= 3 and all(sent.outcome for sent in slack.deliveries))
        async with asyncio.timeout(5):
            await desk.running.services.inbox.__aexit__(None, None, None)

        answers = [message for message in slack.messages(slack.policy) if message.is_from_app()]
        assert len(answers) == 3


async def test_without_any_room_the_delivery_is_refused() -> None:
    """When not even the lane for notices has room, the caller learns it, so that Slack delivers again."""
    never = asyncio.Event()

    async def wait() -> None:
        await never.wait()

    async def tell(_: Message) -> None:
        await never.wait()

    async with Inbox(_NoKeys(), size=1, workers=1, drain_seconds=0.05) as inbox:
        for _ in range(1 + LANE_SIZE):
            inbox.offer(Task("T1", None, wait, tell))
        with pytest.raises(OverloadError, match="1 places"):
            inbox.offer(Task("T1", None, wait, tell))


async def test_a_notice_that_cannot_be_delivered_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """When telling fails too, the log has both, and the worker lives on."""
    done = asyncio.Event()

    async def fail() -> None:
        raise RuntimeError("first")

    async def tell(_: Message) -> None:
        raise RuntimeError("second")

    async def work() -> None:
        done.set()

    with caplog.at_level(logging.ERROR):
        async with Inbox(_NoKeys(), size=4, workers=1) as inbox:
            inbox.offer(Task("T1", None, fail, tell))
            inbox.offer(Task("T1", None, work, tell))
            await asyncio.wait_for(done.wait(), 5)

    assert "a request failed" in caplog.text
    assert "could not be delivered" in caplog.text


async def test_a_restart_does_not_answer_again(library: Library, tmp_path: object) -> None:
    """An event that is delivered again after a restart was answered before it."""
    settings = {"database_url": f"sqlite:///{tmp_path}/desk.sqlite3"}
    async with Playground(manifest()) as slack:
        configured = pointed_at(slack, Settings()).model_copy(update=settings)
        asked = await slack.user.say(slack.policy, "who is asking?")
        body = _mention(slack, asked.ts)
        for _ in range(2):
            async with runtime(configured, library=library) as running:
                await running.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))

        assert [call.method for call in slack.calls].count("chat.postMessage") == 1


def _mention(slack: Playground, ts: str) -> dict[str, object]:
    event = {
        "type": "app_mention",
        "channel": slack.policy,
        "user": slack.user.id,
        "text": f"<@U0PLAYBOT01> {DISPLACED}",
        "ts": ts,
    }
    return {"type": "event_callback", "team_id": "T0PLAYTEAM1", "event_id": "Ev1", "event": event}


class _NoKeys:
    async def claim(self, _team: str, _key: str) -> bool:
        return True

    async def done(self, _team: str, _key: str) -> None: ...

    async def release(self, _team: str, _key: str) -> None: ...
