"""The inputs of a form: a labelled block, and what is chosen in it (docs.slack.dev/reference/block-kit)."""

from typing import Final

from bot.views import blocks as b
from bot.views.blocks import Block, Element
from bot.views.ids import BlockId
from bot.views.message import shorten

OPTION: Final = 75  # characters of an option's text
OPTIONS: Final = 100


def field(block_id: BlockId, name: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """An input with its label."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": b.plain_text(name),
        "element": element,
        "optional": optional,
    }
    return block | {"hint": b.plain_text(hint)} if hint else block


def option(text: str, value: str) -> Element:
    """Something to choose."""
    return {"text": b.plain_text(shorten(text, OPTION)), "value": str(value)}
