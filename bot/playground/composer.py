"""What Slack makes of the text a person types: names become mentions, addresses become links, the rest is escaped.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re

from bot.playground.model import Blocks, JsonObject
from bot.playground.workspace import Workspace

URL = re.compile(r"https?://[^\s<>|]+")
BROADCAST = re.compile(r"(?<!\w)@(here|channel|everyone)\b")
REFERENCE = re.compile(r"<([^<>]*)>")


def typed_text(workspace: Workspace, text: str) -> str:
    """The `text` of a message somebody typed."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    linked = URL.sub(lambda found: f"<{found.group()}>", escaped)
    named = BROADCAST.sub(lambda found: f"<!{found.group(1)}>", _with_names(workspace, linked, "<@{id}>"))
    return _with_channels(workspace, named)


def typed_command(workspace: Workspace, text: str, *, should_escape: bool) -> str:
    """The `text` of a command: as typed, or with mentions written out if the manifest says `should_escape`."""
    if not should_escape:
        return text
    return _with_channels(workspace, _with_names(workspace, text, "<@{id}|{name}>"))


def typed_blocks(text: str) -> Blocks:
    """The rich_text block that Slack makes of a typed message, from its `text`."""
    elements: Blocks = []
    for position, part in enumerate(REFERENCE.split(text)):
        if position % 2:
            elements.append(_reference(part))
        elif part:
            plain = part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            elements.append({"type": "text", "text": plain})
    section: JsonObject = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _reference(inside: str) -> JsonObject:
    if inside.startswith("@"):
        return {"type": "user", "user_id": inside[1:]}
    if inside.startswith("#"):
        return {"type": "channel", "channel_id": inside[1:].partition("|")[0]}
    if inside.startswith("!"):
        return {"type": "broadcast", "range": inside[1:]}
    return {"type": "link", "url": inside.replace("&amp;", "&")}


def _with_names(workspace: Workspace, text: str, form: str) -> str:
    for member in sorted(workspace.members.values(), key=lambda member: -len(member.real_name)):
        mention = form.format(id=member.id, name=member.name)
        text = re.sub(rf"(?<!\w)@{re.escape(member.real_name)}\b", mention, text, flags=re.IGNORECASE)
    return text


def _with_channels(workspace: Workspace, text: str) -> str:
    for channel in workspace.channels.values():
        if channel.kind != "im":
            text = re.sub(rf"(?<!\w)#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", text)
    return text
