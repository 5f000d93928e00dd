"""Pictures of talk: follow-ups, direct messages, the welcome, the hello, and background to a message."""

from typing import Final

from playwright.async_api import Page

from bot.playground.model import Message
from tests.screenshots.scene import Scene
from tests.support.desk import Desk

_RUBIO: Final = "What did Rubio say about the PMF bill?"
_FOLLOW_UP: Final = "and Araji?"
_NEWS: Final = (
    "Iraq's government said on Tuesday that it would hold armed factions to the deadline for their weapons. Kataib "
    "Hezbollah repeated that it keeps its own while there are foreign soldiers."
)


async def _follow_up(desk: Desk) -> str:
    first = await desk.mentions(_RUBIO)
    await desk.slack.settled()
    await desk.mentions(_FOLLOW_UP, first.thread_ts)
    return f"channel={desk.slack.policy}&thread={first.thread_ts}"


async def _to_follow_up(page: Page) -> None:
    asked = page.locator("#thread article").filter(has_text=_FOLLOW_UP).first
    await asked.evaluate("node => node.scrollIntoView()")


async def _welcome(desk: Desk) -> str:
    await desk.slack.user.open_home("messages")
    await desk.slack.settled()
    return "channel=dm"


async def _direct(desk: Desk) -> str:
    """With its prompts, and a follow-up that mentions nobody."""
    await _welcome(desk)
    await desk.slack.user.next_message()
    first = await desk.writes(_RUBIO)
    await desk.slack.settled()
    await desk.writes(_FOLLOW_UP, first.thread_ts)
    return f"channel={desk.slack.user.direct_channel}&thread={first.thread_ts}"


async def _hello(desk: Desk) -> str:
    await desk.slack.user.invite(desk.slack.general)
    await desk.slack.settled()
    return f"channel={desk.slack.general}"


async def _background(desk: Desk) -> str:
    await _background_to(desk, await desk.slack.user.say(desk.slack.policy, _NEWS))
    return f"channel={desk.slack.policy}"


async def _background_in_thread(desk: Desk) -> str:
    user = desk.slack.user
    root = await user.say(desk.slack.policy, _NEWS)
    await _background_to(desk, await user.say(desk.slack.policy, "Who pushed to withdraw the PMF law?", root.ts))
    return f"channel={desk.slack.policy}&thread={root.ts}"


async def _background_to(desk: Desk, message: Message) -> None:
    await desk.slack.user.shortcut("find_background", message)
    await desk.slack.user.next_message()


SCENES: Final = (
    Scene("follow-up", _follow_up, height=1040, look=_to_follow_up, chosen=True),
    Scene("welcome", _welcome, chosen=True),
    Scene("direct-follow-up", _direct, height=1040, look=_to_follow_up),
    Scene("hello", _hello, height=420),
    Scene("background", _background),
    Scene("background-thread", _background_in_thread),
)
