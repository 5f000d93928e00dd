"""`/iraq`: the answer is the acknowledgement, so it takes no second call and no database."""

from typing import Any

from slack_bolt.response import BoltResponse

from bot.commands import reply
from bot.services import Services


async def on_command(command: dict[str, Any], *, services: Services) -> BoltResponse:
    """Answer privately. The reply is encoded here, once: Bolt's own `ack` would copy and encode it again."""
    message = reply(services.library, command.get("text") or "", bot_user_id=services.bot_user_id, shareable=True)
    return BoltResponse(status=200, body=message.encoded(response_type="ephemeral"))
