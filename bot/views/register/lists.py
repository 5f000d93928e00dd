"""Lists in pages: as many items as a message can hold, under the headings of their groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import orjson

from bot.texts import common
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.message import MOST_TEXT, Message
from bot.views.register.citations import linked_all, spoken_sources, words
from bot.views.register.frame import Choice, Frame, open_button, page
from knowledge.library import Library
from knowledge.models import Event

# What one page may hold, with room left for its frame: Slack refuses a message of about 13,200 characters.
MOST_CHARACTERS: Final = 9_500
MOST_BLOCKS: Final = 40
MOST_SPOKEN: Final = MOST_TEXT - 500
OPTION_CHARACTERS: Final = 120  # of an option of the menu, without its label


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: what is seen, what is said in plain words, and the heading that it stands under."""

    blocks: tuple[Block, ...]
    spoken: str
    group: str = ""
    opens: Choice | None = None


def as_it_is(item: Item) -> Item:
    """For a list whose entries are items already."""
    return item


def event_item(library: Library, event: Event) -> Item:
    """What happened when, by which publications."""
    said = f"{event.date.label}: {words(event.text)}"
    return Item(
        (
            b.section(f"*{event.date.label}*   {words(event.text)}"),
            b.context(linked_all(library, event.sources)),
        ),
        f"{said} ({spoken_sources(library, event.sources)})",
        str(event.date.year),
    )


def fitting(items: Sequence[Item], most: int, room: int = MOST_CHARACTERS) -> int:
    """How many of the first items one page can hold: at least one, at most `most`."""
    characters = spoken = blocks = 0
    group = ""
    for count, item in enumerate(items):
        characters += measured(item.blocks) + (OPTION_CHARACTERS + len(item.opens[0]) if item.opens else 0)
        spoken += len(item.spoken) + len(item.group) + 2
        blocks += len(item.blocks) + (2 if item.group != group else 0)
        group = item.group
        over = characters > room or spoken > MOST_SPOKEN or blocks > MOST_BLOCKS
        if count == most or (count and over):
            return count
    return len(items)


def measured(blocks: Sequence[Block]) -> int:
    """How many characters blocks take as JSON."""
    return sum(len(orjson.dumps(block).decode()) for block in blocks)


def laid_out(items: Sequence[Item]) -> list[Block]:
    """The items with a heading wherever a group begins."""
    body: list[Block] = []
    group = ""
    for item in items:
        if item.group and item.group != group:
            if body:
                body.append(b.divider())
            body.append(b.section(f"*{words(item.group)}*"))
        group = item.group
        body.extend(item.blocks)
    return body


def spoken(items: Sequence[Item]) -> str:
    """The items in plain words, with the group's heading before its first."""
    said, group = [], ""
    for item in items:
        if item.group and item.group != group:
            said.append(f"{words(item.group)}:")
        group = item.group
        said.append(item.spoken)
    return " ".join(said)


def listed(
    frame: Frame,
    title: str,
    entries: Sequence[Entry],
    item: Callable[[Entry], Item],
    *,
    lead: Sequence[Block],
    said: str,
    most: int,
    menu: str | None = None,
    choices: Sequence[Choice] = (),
    empty: str = "",
) -> Message:
    """A page of a list: title, lead (on the first page), the entries from `frame.key.start` on as items, controls.

    `said` is the lead in plain words; `menu` the placeholder of the menu that opens one of `choices` or of the items
    shown; `empty` what is said where there are none.
    """
    start = min(frame.key.start, max(len(entries) - 1, 0))
    items = [item(one) for one in entries[start : start + most]]
    menu_size = sum(OPTION_CHARACTERS + len(label) for label, _ in choices)
    room = MOST_CHARACTERS - menu_size - (0 if start else measured(lead))
    shown = items[: fitting(items, most, room)]
    end = start + len(shown)
    body = [] if start else list(lead)
    if not items:
        body.append(b.section(empty))
    counted = common.RANGE.format(first=start + 1, last=end, all=len(entries)) if len(shown) < len(entries) else ""
    body += laid_out([_with_button(one) for one in shown] if frame.modal else shown)
    more = replace(frame.key, start=end) if end < len(entries) else None
    offered = [] if frame.modal else [one.opens for one in shown if one.opens is not None]
    opens = [*choices, *offered] if menu else []
    text = " ".join(filter(None, (said if not start else "", counted and f"({counted})", spoken(shown) or empty)))
    return page(frame, title, body, text, counted=counted, more=more, menu=(menu, opens) if menu and opens else None)


def _with_button(item: Item) -> Item:
    """In a modal an entry has its own button: a menu below a long list would be out of sight."""
    first, *rest = item.blocks
    if item.opens is None or first["type"] != "section":
        return item
    return replace(item, blocks=(first | {"accessory": open_button(*item.opens)}, *rest))
