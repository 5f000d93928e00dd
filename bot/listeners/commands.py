"""`/iraq`: an answer is the acknowledgement, so it takes no second call and no database.

Settings and the digest take both.
"""

from typing import Any

from slack_bolt.response import BoltResponse

from bot.channels.policy import Sharers, is_direct
from bot.listeners import channel_settings, digest, permissions
from bot.listeners.payloads import Entered, at_home, text, word
from bot.questions import commands
from bot.questions.routing import Digest, Route, Settings, route
from bot.services import Services
from bot.views.message import Message


async def on_command(command: dict[str, Any], *, services: Services) -> BoltResponse:
    """Answer privately. The reply is encoded here, once: Bolt's own `ack` would copy and encode it again."""
    found = route(services.library, text(command, "text"))
    said: Message | None
    match found:
        case Digest(request):
            said = await digest.on_words(Entered.read(at_home(command, services.team)), request, services)
        case Settings():
            said = await channel_settings.on_words(Entered.read(at_home(command, services.team)), services)
        case _:
            said = _answer(word(command, "channel_id"), word(command, "user_id"), found, services)
    return BoltResponse(status=200, body="" if said is None else said.encoded(response_type="ephemeral"))


def _answer(channel: str, user: str, found: Route, services: Services) -> Message:
    """What only the asker sees."""
    private = commands.is_private(found)
    refused = None if private else permissions.command_refused(channel, user, services)
    if refused is not None:
        return refused
    # In a direct message nobody needs the button, and there Slack does not tell who else listens.
    may_share = not is_direct(channel) and services.channels.policy(channel).sharers is not Sharers.NOBODY
    return commands.reply_to(
        services.library, found, bot_user_id=services.bot_user_id, shareable=may_share, channel=channel
    ).message
