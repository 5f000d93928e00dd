"""What a channel's settings let a person do there, asked for each way to do it; and sharing, which obeys them."""

import logging
from typing import Final

import aiohttp

from bot.channels.policy import Act, Way
from bot.errors import SlackError
from bot.listeners.payloads import Chosen, Press, Said
from bot.services import Services
from bot.views.message import Message

Topics = frozenset[str] | None
_FAILURES: Final = (SlackError, aiohttp.ClientError, TimeoutError, OSError)

_log = logging.getLogger(__name__)


def command_refused(channel: str, user: str, services: Services) -> Message | None:
    """Why a command is not answered; at once. Only members of this workspace can enter one."""
    return services.channels.refusal(Act(channel, user, Way.COMMAND))


def shortcut_refused(chosen: Chosen, channel: str, services: Services) -> Message | None:
    """Why a shortcut on a message does nothing there; at once."""
    guest = not services.channels.is_ours(chosen.user_team)
    return services.channels.refusal(Act(channel, chosen.user, Way.SHORTCUT, guest=guest))


def press_refused(press: Press, services: Services) -> Message | None:
    """Why a control under an answer does nothing there; at once, since it may open a modal."""
    guest = not services.channels.is_ours(press.user_team)
    return services.channels.refusal(Act(press.place.channel, press.place.user, Way.CONTROL, guest=guest))


async def mention_refused(said: Said, services: Services, topics: Topics) -> Message | None:
    """Why a mention is not answered for everybody in the channel; raises LedgerError."""
    guest = said.outside and not services.channels.is_ours(said.user_team)
    act = Act(said.place.channel, said.place.user, Way.MENTION, topics, outside=said.outside, guest=guest)
    return await services.channels.refusal_now(act)


async def share_refused(
    channel: str, user: str, user_team: str | None, services: Services, topics: Topics
) -> Message | None:
    """Why something must not be posted in a channel; raises LedgerError."""
    guest = not services.channels.is_ours(user_team)
    return await services.channels.refusal_now(Act(channel, user, Way.SHARE, topics, guest=guest))


async def share(press: Press, services: Services, topics: Topics, *, shared: Message, kept: Message) -> None:
    """Post `shared` for everybody in the channel, or tell the presser why not. For the inbox's workers.

    `kept` is the private message without the button, so that nobody shares twice by accident.
    """
    place = press.place
    refused = await share_refused(place.channel, place.user, press.user_team, services, topics)
    if refused is not None:
        await services.replies.tell(place, refused)
        return
    await services.replies.respond(place, shared, response_type="in_channel", replace_original=False)
    try:
        await services.replies.respond(place, kept, response_type="ephemeral", replace_original=True)
    except _FAILURES as error:  # it was shared; to say that something broke would be wrong
        _log.warning("a shared message keeps its button: %s", str(error) or type(error).__name__)
