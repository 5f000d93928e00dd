"""A small Slack on loopback: anybody can try the bot without a workspace, and the tests talk to it as to Slack."""

from bot.playground.server import Playground, PortTaken

__all__ = ["Playground", "PortTaken"]
