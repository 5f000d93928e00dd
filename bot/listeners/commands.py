"""`/iraq`: an answer is the acknowledgement, so it takes no second call and no database. The digest's words take both."""

from typing import Any

from slack_bolt.response import BoltResponse

from bot import routing
from bot.commands import reply
from bot.digests import commands as digest_commands
from bot.listeners import digest
from bot.listeners.payloads import Entered
from bot.services import Services


async def on_command(command: dict[str, Any], *, services: Services) -> BoltResponse:
    """Answer privately. The reply is encoded here, once: Bolt's own `ack` would copy and encode it again."""
    text = command.get("text") or ""
    request = digest_commands.read(text)
    if request is not None:
        said = await digest.on_words(Entered.read(command), request, services)
        return BoltResponse(status=200, body="" if said is None else said.encoded(response_type="ephemeral"))
    found = routing.route(services.library, text)
    page = None if found is None else routing.message(services.library, found, shareable=True)
    message = page or reply(services.library, text, bot_user_id=services.bot_user_id, shareable=True)
    return BoltResponse(status=200, body=message.encoded(response_type="ephemeral"))
