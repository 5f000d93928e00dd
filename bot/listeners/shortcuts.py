"""What handlers of shortcuts have in common."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.listeners.payloads import Chosen
from bot.services import Services

# The acknowledgement follows it.
Shortcut: TypeAlias = Callable[[Chosen, Services], Awaitable[None]]
