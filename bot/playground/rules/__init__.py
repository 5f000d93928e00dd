"""What Slack accepts on a screen: Block Kit as strict models, each limit where its page states it.

Unknown blocks, elements and fields are refused, and so is null: what Slack would ignore today it may refuse tomorrow.
"""

from bot.playground.rules.checks import check_message, check_options, check_view

__all__ = ["check_message", "check_options", "check_view"]
