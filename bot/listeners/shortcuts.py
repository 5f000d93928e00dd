"""What handlers of shortcuts have in common."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bot.services import Services

# Takes the `shortcut` or `message_action` payload; the acknowledgement follows it.
Shortcut: TypeAlias = Callable[[dict[str, Any], Services], Awaitable[None]]
