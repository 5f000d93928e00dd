"""The inputs of a form: a labelled block, and what is chosen in it (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.views import blocks as b
from bot.views.blocks import Block, Element
from bot.views.ids import ActionId, BlockId
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


def option(text: str, value: str, *, description: str = "") -> Element:
    """Something to choose."""
    made: Element = {"text": b.plain_text(shorten(text, OPTION)), "value": str(value)}
    return made | {"description": b.plain_text(shorten(description, OPTION))} if description else made


def select(action_id: ActionId, options: Mapping[Any, str], chosen: str) -> Element:
    """A menu of `options`, value -> text."""
    return {"type": "static_select", "action_id": action_id, **_choices(options.items(), chosen)}


def radio(action_id: ActionId, options: Mapping[Any, str], chosen: str | None = None) -> Element:
    """Radio buttons of `options`, value -> text; none is set without `chosen`."""
    return {"type": "radio_buttons", "action_id": action_id, **_choices(options.items(), chosen)}


def topics(action_id: ActionId, titles: Mapping[str, str], chosen: Iterable[str], *, placeholder: str) -> Element:
    """A menu of topics, id -> title, of which several or none may be chosen."""
    titles = dict([*titles.items()][:OPTIONS])
    element: Element = {
        "type": "multi_static_select",
        "action_id": action_id,
        "placeholder": b.plain_text(placeholder),
        "options": [option(title, id_) for id_, title in titles.items()],
    }
    initial = [option(titles[id_], id_) for id_ in chosen if id_ in titles]
    return element | {"initial_options": initial} if initial else element


def box(action_id: ActionId, only: Element, *, ticked: bool) -> Element:
    """One check box."""
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": [only]}
    return element | {"initial_options": [only]} if ticked else element


def words(action_id: ActionId, most: int) -> Element:
    """A line to type at most `most` characters in."""
    return {"type": "plain_text_input", "action_id": action_id, "max_length": most}


def _choices(options: Iterable[tuple[str, str]], chosen: str | None) -> Element:
    made = {value: option(text, value) for value, text in options}
    every = list(made.values())
    return {"options": every} if chosen is None else {"options": every, "initial_option": made[chosen]}
