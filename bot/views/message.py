"""A message to Slack, checked before it is sent.

The answer to a slash command travels as its acknowledgement, and Slack does not say when it drops one for a block that
is too long. So every message is measured here; one that does not fit becomes its plain text.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from bot.views.blocks import Block

# docs.slack.dev/reference/block-kit/blocks and chat.postMessage; the last was observed (bolt-js 2509: refused from
# about 13,200 characters).
MOST_BLOCKS: Final = 50
MOST_TEXT: Final = 4_000
MOST_SECTION: Final = 3_000
MOST_HEADER: Final = 150
MOST_VALUE: Final = 2_000
MOST_CHARACTERS: Final = 12_000

_encode = json.JSONEncoder(ensure_ascii=False).encode
_HALF_AN_ENTITY = re.compile("&[a-z]*$")


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and `text` (mrkdwn) that says the same for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> dict[str, Any]:
        """As Slack's methods, response URLs and acknowledgements take it; links are never unfurled."""
        body: dict[str, Any] = {"text": shorten(self.text, MOST_TEXT), "unfurl_links": False, "unfurl_media": False}
        if self.blocks and fits(self.blocks):
            body["blocks"] = list(self.blocks)
        return body

    def without_blocks(self) -> "Message":
        """The plain form, for a second try when Slack refused the blocks."""
        return Message(self.text)


def shorten(text: str, most: int) -> str:
    """At most `most` characters, cut between words and marked with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    whole = head[: text.rindex(" ", 0, most)] if " " in head else _HALF_AN_ENTITY.sub("", head)
    return f"{whole}…"


def fits(blocks: tuple[Block, ...]) -> bool:
    """Whether Slack takes these blocks, by the limits that depend on content (their form is the views' own)."""
    return (
        len(blocks) <= MOST_BLOCKS
        and len(_encode(blocks)) <= MOST_CHARACTERS
        and all(_block_fits(block) for block in blocks)
    )


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
