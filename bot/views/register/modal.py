"""A page of the register in a modal, where no message can be posted: pages lead to pages in the same window."""

from collections.abc import Sequence
from typing import Final

from bot.texts import common
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.blocks import Block, View
from bot.views.ids import ActionId, CallbackId
from bot.views.message import Message
from bot.views.register.key import PageKey
from bot.views.register.pages import register_page
from knowledge.library import Library

MOST_METADATA: Final = 3_000  # characters of `private_metadata`
_BETWEEN: Final = "\n"


def register_modal(library: Library, trail: Sequence[PageKey]) -> View:
    """The last page of `trail`, with a button back to the one before it in this window (docs.slack.dev/surfaces/modals).

    A modal takes no `table`, so a comparison is shown in its plain form.
    """
    *before, key = trail
    page = register_page(library, key, shareable=False, modal=True)
    return _modal(texts.WINDOWS[key.page], page.blocks, before, _dumped(trail))


def told_modal(message: Message, trail: Sequence[PageKey]) -> View:
    """A message in the place of a page, with a button back to the last page of `trail`."""
    return _modal(texts.WINDOW, message.blocks, trail, _dumped([*trail, trail[-1]]) if trail else "")


def trail_of(metadata: str) -> list[PageKey]:
    """The pages that a modal's `private_metadata` names, the shown one last; none of a modal that has no pages."""
    try:
        return [PageKey.load(line) for line in metadata.split(_BETWEEN)] if metadata else []
    except ValueError:
        return []


def _modal(title: str, body: Sequence[Block], before: Sequence[PageKey], metadata: str) -> View:
    shown = _with_back(body) if before else body
    return b.modal(CallbackId.REGISTER, title, shown, close=common.CLOSE, metadata=metadata)


def _with_back(body: Sequence[Block]) -> list[Block]:
    """The way back stands beside the other controls."""
    back = b.button(common.BACK, ActionId.REGISTER_BACK, "back")
    *rest, last = body
    if last["type"] == "actions":
        return [*rest, b.actions(*last["elements"], back)]
    return [*body, b.actions(back)]


def _dumped(trail: Sequence[PageKey]) -> str:
    """As many of the last pages as fit."""
    kept: list[str] = []
    for key in reversed(trail):
        kept.insert(0, key.dump())
        if len(_BETWEEN.join(kept)) > MOST_METADATA:
            kept.pop(0)
            break
    return _BETWEEN.join(kept)
