"""The bot, running and connected to a playground: what the scenario tests drive."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.app import Runtime, runtime
from bot.manifest import manifest
from bot.playground.model import Message
from bot.playground.server import Playground
from bot.serving import connect
from bot.settings import Settings
from bot.trial import pointed_at
from jobs.timing import Timing
from knowledge.library import Library
from tests.support import blockcheck

# What carries a message or a view, and so must hold Slack's rules.
_CARRIERS = ("chat.", "views.", "response_url", "ack")


@dataclass(frozen=True, slots=True)
class Desk:
    """A playground and the bot that is connected to it."""

    slack: Playground
    running: Runtime

    async def asks(self, text: str, channel: str | None = None) -> Message:
        """What Dana sees after `/iraq text`, in #iraq-policy unless named."""
        await self.slack.user.command(channel or self.slack.policy, f"/iraq {text}")
        return await self.slack.user.next_message()

    async def mentions(self, text: str, thread_ts: str | None = None) -> Message:
        """What Dana sees after she mentioned the bot in #iraq-policy."""
        await self.slack.user.say(self.slack.policy, f"@Iraq Desk {text}", thread_ts)
        return await self.slack.user.next_message()

    async def writes(self, text: str, thread_ts: str | None = None) -> Message:
        """What Dana sees after a direct message."""
        user = self.slack.user
        await user.say(user.direct_channel, text, thread_ts)
        return await user.next_message()


@asynccontextmanager
async def running_desk(
    *,
    library: Library | None = None,
    clock: Callable[[], float] = time.time,
    timing: Timing = Timing(),  # noqa: B008 - frozen
    app: Mapping[str, Any] | None = None,
    **settings: object,
) -> AsyncIterator[Desk]:
    """Start both, connect them, and check every payload on the way out: none refused, none that Slack might refuse.

    `app` is the manifest that is installed, the bot's own unless given.
    """
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(Playground(app or manifest()))
        configured = pointed_at(slack, Settings()).model_copy(update=settings)
        running = await stack.enter_async_context(runtime(configured, library=library, clock=clock, timing=timing))
        handler = await connect(running, configured)
        stack.push_async_callback(handler.close_async)
        await slack.wait_for(lambda: slack.connected)
        yield Desk(slack, running)
        await slack.settled()
        assert slack.rejected == []
        assert payload_problems(slack) == []


def payload_problems(slack: Playground) -> list[str]:
    """What an independent checker says of everything the bot sent, warnings included."""
    return [
        f"{call.method}: {problem.level} {problem.path}: {problem.text}"
        for call in slack.calls
        if call.method.startswith(_CARRIERS) and "errors" not in call.payload  # of a form: sentences, no blocks
        for problem in blockcheck.check(_message_of(call.payload))
    ]


def _message_of(payload: dict[str, Any]) -> dict[str, Any]:
    if payload.get("options"):  # suggested in an external select: held to what a static one takes
        menu = {"type": "static_select", "action_id": "menu", "options": payload["options"]}
        return {"text": "a menu", "blocks": [{"type": "actions", "elements": [menu]}]}
    if "options" in payload:
        return {"text": "an empty menu"}
    return {key: value for key, value in payload.items() if key not in {"trigger_id", "user_id", "hash", "view_id"}}


def said(message: Message) -> str:
    """Everything a reader can see of a message: all texts of its blocks, or its text where there are none."""
    return " ".join(_texts(message.blocks)) if message.blocks else message.text


def _texts(part: object) -> list[str]:
    if isinstance(part, list):
        return [text for item in part for text in _texts(item)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [text for value in part.values() if isinstance(value, dict | list) for text in _texts(value)]


def action_ids(message: Message) -> list[str]:
    """The controls of a message, in their order."""
    return [
        element["action_id"]
        for block in message.blocks or []
        for element in block.get("elements", [])
        if isinstance(element, dict) and "action_id" in element
    ]


def element_of(message: Message, action_id: str) -> dict[str, Any]:
    """A control of a message, as it stands there."""
    return next(
        element
        for block in message.blocks or []
        for element in block.get("elements", [])
        if element.get("action_id") == action_id
    )


def rating(message: Message, *, helpful: bool) -> str:
    """The value of a feedback button."""
    buttons = element_of(message, "feedback")
    return str(buttons["positive_button" if helpful else "negative_button"]["value"])


def without_block_ids(message: Message) -> list[dict[str, Any]]:
    """The blocks as the bot sent them: Slack gives every block an id of its own."""
    return [{key: value for key, value in block.items() if key != "block_id"} for block in message.blocks or []]
