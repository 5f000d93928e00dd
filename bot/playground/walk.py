"""Every block and element of a payload, wherever it stands."""

from collections.abc import Iterator

from bot.playground.model import Blocks, JsonObject


def nested(blocks: Blocks) -> Iterator[JsonObject]:
    """The blocks and those inside them, parents first."""
    for block in blocks:
        yield block
        yield from nested(_children(block))


def inside(block: JsonObject) -> Iterator[JsonObject]:
    """The elements of a block, those of blocks inside it left out."""
    for key in ("element", "accessory", "elements", "actions"):
        value = block.get(key)
        for element in value if isinstance(value, list) else [value]:
            if isinstance(element, dict) and block["type"] != "carousel":
                yield element


def _children(block: JsonObject) -> Blocks:
    children: Blocks = block.get("elements" if block["type"] == "carousel" else "child_blocks", [])
    return children
