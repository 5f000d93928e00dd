"""What menus with a search of their own have in common."""

from collections.abc import Callable
from typing import TypeAlias

from bot.services import Services
from bot.views.blocks import Element

# From what was typed to at most 100 options, best first.
Suggest: TypeAlias = Callable[[str, Services], list[Element]]
