"""Payload kinds that nothing of ours sends: acknowledged all the same, so that nobody sees a warning sign."""

from slack_bolt.async_app import AsyncAck


async def acknowledge(ack: AsyncAck) -> None:
    """A closed modal."""
    await ack()
