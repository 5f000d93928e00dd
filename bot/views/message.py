"""A message to Slack, checked before it is sent.

The answer to a slash command travels as its acknowledgement, and Slack does not say when it drops one for a block that
is too long. So every message is measured here; one that does not fit becomes its plain text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import orjson

from bot.bidi import ISOLATE, POP
from bot.views import blocks as b
from bot.views.blocks import Block

# docs.slack.dev/reference/block-kit/blocks and chat.postMessage; the last was observed (bolt-js 2509: refused from
# about 13,200 characters).
MOST_BLOCKS: Final = 50
MOST_TEXT: Final = 4_000
MOST_SECTION: Final = 3_000
MOST_HEADER: Final = 150
MOST_VALUE: Final = 2_000
MOST_CHARACTERS: Final = 12_000

_HALF_AN_ENTITY = re.compile("&[a-z]*$")


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and `text` (mrkdwn) that says the same for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()

    @classmethod
    def saying(cls, text: str) -> Self:
        """A sentence or two of mrkdwn, and nothing else."""
        return cls(text, (b.section(text),))

    def payload(self) -> dict[str, Any]:
        """As Slack's methods, response URLs and acknowledgements take it; links are never unfurled."""
        body: dict[str, Any] = {"text": shorten(self.text, MOST_TEXT), "unfurl_links": False, "unfurl_media": False}
        if self.blocks and fits(self.blocks):
            body["blocks"] = list(self.blocks)
        return body

    def encoded(self, **more: str) -> str:
        """The payload with `more` fields, as JSON."""
        return orjson.dumps({**self.payload(), **more}).decode()

    def without_blocks(self) -> "Message":
        """The plain form, for a second try when Slack refused the blocks."""
        return Message(self.text)


def shorten(text: str, most: int) -> str:
    """At most `most` characters, cut between words and marked with an ellipsis; right-to-left words stay set apart."""
    if len(text) <= most:
        return text
    room = most - 1 - (ISOLATE in text)  # isolates do not nest, so one mark closes whatever is cut
    head = text[:room]
    whole = head[: text.rindex(" ", 0, room + 1)] if " " in head else _HALF_AN_ENTITY.sub("", head)
    return f"{whole}{POP if whole.count(ISOLATE) > whole.count(POP) else ''}…"


def fits(blocks: tuple[Block, ...]) -> bool:
    """Whether Slack takes these blocks, by the limits that depend on content (their form is the views' own)."""
    encoded = [orjson.dumps(block) for block in blocks]
    return (
        len(blocks) <= MOST_BLOCKS
        and _within(encoded, MOST_CHARACTERS)
        # A block that is short as a whole has no long part; a header's limit is smaller still.
        and all(
            (len(text) <= MOST_VALUE and block["type"] != "header") or _block_fits(block)
            for text, block in zip(encoded, blocks, strict=True)
        )
    )


def _within(encoded: Sequence[bytes], most: int) -> bool:
    """Whether these are at most so many characters, commas and brackets counted; bytes are never fewer than characters."""
    frame = len(encoded) + 1
    return sum(map(len, encoded)) + frame <= most or sum(len(one.decode()) for one in encoded) + frame <= most


def _block_fits(block: Block) -> bool:
    text = block.get("text", {}).get("text", "")
    most = MOST_HEADER if block["type"] == "header" else MOST_SECTION
    return len(text) <= most and all(
        len(element.get("value", "")) <= MOST_VALUE and len(_text_of(element)) <= MOST_SECTION
        for element in block.get("elements", ())
    )


def _text_of(element: dict[str, Any]) -> str:
    text = element.get("text", "")
    return text if isinstance(text, str) else str(text.get("text", ""))
