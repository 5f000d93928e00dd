"""How people are called whose name is not known."""

from typing import Final

COLLEAGUE: Final = "a colleague"
NAMELESS: Final = "a member whose name I cannot look up"
