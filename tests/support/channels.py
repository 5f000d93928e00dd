"""What the scenarios of channel settings share: the steps that people take, and a colleague from another organisation."""

from typing import Final

from bot.channels.policy import Policy
from bot.playground.model import Member, Message, View
from bot.playground.user import User
from tests.support.desk import Desk, said
from tests.support.digests import TEAM, words

GUEST: Final = "U0OTHERLEA1"
_OTHERS: Final = "T0OTHERORG1"


async def settings(desk: Desk, user: User | None = None, channel: str | None = None) -> View:
    """The modal that `/iraq settings` opens."""
    user = user or desk.slack.user
    await user.command(channel or desk.slack.policy, "/iraq settings")
    return await user.next_view()


async def set_to(desk: Desk, user: User | None = None, channel: str | None = None, **chosen: object) -> str:
    """Set a channel (`mode="off"`, `topics=[...]`, `sharers=`, `outsiders=["allowed"]`); what the modal says then."""
    user = user or desk.slack.user
    view = await settings(desk, user, channel)
    assert await user.submit(view, {f"channel_{name}": value for name, value in chosen.items()}) == {}
    shown = await user.next_view()
    await user.close(shown)
    return words(shown)


async def kept(desk: Desk, channel: str | None = None) -> Policy | None:
    """What the database has of a channel; of #iraq-policy unless named."""
    return await desk.running.services.channels._channels.get(TEAM, channel or desk.slack.policy)  # noqa: SLF001


async def asks(user: User, channel: str, text: str) -> Message:
    """What somebody sees alone after a command; other posts are passed over."""
    user.returned.update(message.ts for message in user.posts)
    await user.command(channel, f"/iraq {text}")
    return await user.next_message()


async def mentions(user: User, channel: str, text: str) -> Message:
    """What comes after somebody mentioned the bot."""
    user.returned.update(message.ts for message in user.posts)
    await user.say(channel, f"@Iraq Desk {text}")
    return await user.next_message()


async def shares(user: User, answer: Message) -> Message:
    """What comes after somebody pressed Share under a private answer."""
    user.returned.update(message.ts for message in user.posts)
    button = "register_share" if "register_share" in str(answer.blocks) else "share_answer"
    await user.press(answer, button)
    return await user.next_message()


def private(message: Message, user: User, *parts: str) -> bool:
    """Whether a message is for one person alone, and says all of this."""
    return message.visible_to == user.id and all(part in said(message) for part in parts)


async def shared_channel(desk: Desk) -> User:
    """Connect #iraq-policy with another organisation; Lea of that organisation, who is in it."""
    desk.slack.workspace.add_member(Member(GUEST, "lea", "Lea", team=_OTHERS))
    desk.slack.workspace.set_membership(desk.slack.policy, GUEST, joined=True, inviter=desk.slack.user.id)
    await desk.slack.user.share_outside(desk.slack.policy)
    return desk.slack.as_user(GUEST)
