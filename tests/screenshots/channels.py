"""Pictures of a channel's settings, and of what is refused because of them."""

from typing import Final

from tests.screenshots.questions import IRAN
from tests.screenshots.scene import Scene
from tests.support.channels import mentions, set_to, settings, shared_channel
from tests.support.desk import Desk


async def _form(desk: Desk) -> str:
    """The form of a channel that somebody set."""
    await set_to(desk, topics=["energy-oil"], sharers="setters")
    await settings(desk)
    return f"channel={desk.slack.policy}"


async def _refusal(desk: Desk) -> str:
    """A command where the desk is off, and a mention where another organisation reads along."""
    await set_to(desk, mode="off")
    await desk.asks(IRAN)
    await set_to(desk, mode="on")
    await shared_channel(desk)
    told = await mentions(desk.slack.user, desk.slack.policy, IRAN)
    return f"channel={desk.slack.policy}&thread={told.thread_ts}"


SCENES: Final = (
    Scene("channel-form", _form, height=1040, chosen=True),
    Scene("channel-refusal", _refusal),
)
