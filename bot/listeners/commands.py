"""`/iraq`: the answer is the acknowledgement, so it takes no second call and no database."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.commands import reply
from bot.services import Services


async def on_command(ack: AsyncAck, command: dict[str, Any], *, services: Services) -> None:
    """Answer privately."""
    message = reply(services.library, command.get("text") or "", bot_user_id=services.bot_user_id, shareable=True)
    await ack({**message.payload(), "response_type": "ephemeral"})
