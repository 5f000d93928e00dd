"""What stands around every page: who shared it, notes, title, footer and controls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.bidi import isolated, line
from bot.mrkdwn import literal
from bot.texts import DOT, common
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.answer import corpus_line
from bot.views.blocks import Block, Element
from bot.views.ids import ActionId
from bot.views.message import MOST_HEADER, Message, shorten
from bot.views.register.citations import words
from bot.views.register.key import PageKey
from knowledge.library import Library
from knowledge.register import Register, register_of

MOST_OPTION: Final = 75

Choice = tuple[str, PageKey]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: who asked for it and how; `modal` where it stands in one, which takes no table."""

    library: Library
    key: PageKey
    shareable: bool
    shared_by: str | None = None
    note: str | None = None
    modal: bool = False

    @property
    def register(self) -> Register:
        """The register that the page is made from."""
        return register_of(self.library)


def page(
    frame: Frame,
    title: str,
    body: Sequence[Block],
    said: str,
    *,
    counted: str = "",
    more: PageKey | None = None,
    more_label: str = texts.MORE,
    menu: tuple[str, Sequence[Choice]] | None = None,
    footer: Sequence[str] = (),
) -> Message:
    """A whole page: who shared it, notes, title, body, footer, controls."""
    head: list[Block] = []
    by = ""
    if frame.shared_by is not None:
        shared = common.SHARED_BY.format(name=literal(isolated(frame.shared_by)))
        by = f"{shared}: "
        head.append(b.context(shared))
    if frame.note is not None:
        head.append(b.rich_text(b.rich_section(b.run(isolated(frame.note), italic=True))))
    head.append(b.header(isolated(shorten(title, MOST_HEADER - 2))))
    if frame.modal and menu is not None:  # in sight, where a long page would hide it
        head.append(b.actions(open_menu(*menu)))
        menu = None
    foot = b.context(DOT.join([*filter(None, (counted, *footer)), corpus_line(frame.library), common.NOT_GENERATED]))
    note = f"{literal(frame.note)} " if frame.note is not None else ""
    blocks = [*head, *body, foot, *_controls(frame, more, more_label, menu)]
    return Message(line(f"{by}{note}{words(title)}. {said}"), tuple(blocks))


def _controls(
    frame: Frame,
    more: PageKey | None,
    more_label: str,
    menu: tuple[str, Sequence[Choice]] | None,
) -> list[Block]:
    elements: list[Element] = []
    if menu is not None:
        elements.append(open_menu(*menu))
    if more is not None:
        elements.append(_button(more_label, ActionId.REGISTER_MORE, more))
    if frame.shareable:
        confirm = b.confirm(texts.SHARE_TITLE, texts.SHARE_TEXT, yes=common.SHARE_YES, no=common.SHARE_NO)
        elements.append(_button(common.SHARE, ActionId.REGISTER_SHARE, frame.key) | {"confirm": confirm})
    return [b.actions(*elements)] if elements else []


def open_menu(placeholder: str, choices: Sequence[Choice]) -> Element:
    """A menu that shows another page."""
    options = {key.dump(): {"text": b.plain_text(_option(label)), "value": key.dump()} for label, key in choices}
    return {
        "type": "static_select",
        "action_id": ActionId.REGISTER_OPEN,
        "placeholder": b.plain_text(placeholder),
        "options": list(options.values()),
    }


def open_button(label: str, key: PageKey) -> Element:
    """A button that shows another page; a screen reader is told which."""
    spoken = {"accessibility_label": shorten(texts.OPEN_SPOKEN.format(title=label), MOST_OPTION)}
    return _button(common.OPEN, ActionId.REGISTER_OPEN, key) | spoken


def _option(label: str) -> str:
    return isolated(shorten(label, MOST_OPTION - 2))


def _button(label: str, action_id: ActionId, key: PageKey) -> Element:
    return {"type": "button", "action_id": action_id, "text": b.plain_text(label), "value": key.dump()}
