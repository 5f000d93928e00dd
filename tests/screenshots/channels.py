"""Pictures of a channel's settings, and of what is refused because of them."""

from typing import Final

from bot.playground.model import BOT_USER
from tests.screenshots.questions import IRAN
from tests.screenshots.scene import Scene
from tests.support.channels import mentions, set_to, settings, shared_channel
from tests.support.desk import Desk
from tests.support.digests import ask, demote


async def _form(desk: Desk) -> str:
    """The form of a channel that somebody set."""
    await set_to(desk, topics=["energy-oil"], sharers="setters")
    await settings(desk)
    return f"channel={desk.slack.policy}"


async def _saved(desk: Desk) -> str:
    """Turned off, while its digest still comes."""
    user = desk.slack.user
    await ask(user, desk.slack.policy, "on")
    await user.submit(await settings(desk), {"channel_mode": "off", "channel_topics": ["energy-oil", "iran"]})
    await desk.slack.settled()
    return f"channel={desk.slack.policy}"


async def _read_only(desk: Desk) -> str:
    """For somebody who may look and not change."""
    omar, people = desk.slack.as_user(desk.slack.colleague), {desk.slack.colleague, desk.slack.user.id, BOT_USER}
    desk.slack.workspace.add_channel("C0000ENERGY", "energy", "channel", people, creator=omar.id)
    await set_to(desk, omar, "C0000ENERGY", topics=["energy-oil"])
    demote(desk)
    await settings(desk, channel="C0000ENERGY")
    return "channel=C0000ENERGY"


async def _refusals(desk: Desk) -> str:
    """A command and a mention in a channel of another topic, and where the desk is off; and where others read along."""
    user, policy = desk.slack.user, desk.slack.policy
    await set_to(desk, mode="mentions", topics=["energy-oil"])
    await desk.asks(IRAN)
    await mentions(user, policy, IRAN)
    await set_to(desk, mode="off")
    await desk.asks(IRAN)
    await set_to(desk, mode="on")
    await shared_channel(desk)
    told = await mentions(user, policy, IRAN)
    return f"channel={policy}&thread={told.thread_ts}"


SCENES: Final = (
    Scene("channel-form", _form, height=1040, chosen=True),
    Scene("channel-saved", _saved),
    Scene("channel-read-only", _read_only),
    Scene("channel-refusals", _refusals, height=1040),
)
