"""What the menu of a passage opens: modals, so that whoever pressed sees them and nobody else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.bidi import isolated, line
from bot.mrkdwn import escape, link
from bot.texts import DOT, common
from bot.texts import manifest as manifest_texts
from bot.texts import passage as texts
from bot.views import blocks as b
from bot.views.answer import citation
from bot.views.blocks import Block, View
from bot.views.ids import CallbackId
from bot.views.message import MOST_HEADER, MOST_SECTION, Message, shorten
from bot.views.passage_menu import PassageKey
from knowledge.citation import chicago, plain
from knowledge.library import Library
from knowledge.models import Passage, Query

BEFORE: Final = 1  # passages: the one that was asked for is to be seen without scrolling
AFTER: Final = 2


def shown_modal(title: str, blocks: Sequence[Block]) -> View:
    """A modal that can only be closed."""
    return b.modal(CallbackId.PASSAGE, title, blocks, close=common.CLOSE)


def message_modal(message: Message, title: str = manifest_texts.NAME) -> View:
    """A message in a modal, without its controls, which need a message around them."""
    return shown_modal(title, [block for block in message.blocks if block["type"] != "actions"])


def gone_modal() -> View:
    """The passage has left the corpus since the answer."""
    return shown_modal(manifest_texts.NAME, [b.section(texts.GONE)])


def context_modal(library: Library, key: PassageKey, passage: Passage) -> View:
    """The passages around one in its publication or sheet, the words of the question in bold."""
    sheet = _sheet(library, passage)
    at = sheet.index(passage)
    window = sheet[max(0, at - BEFORE) : at + AFTER + 1]
    marks = dict(
        zip((one.id for one in window), library.marks(Query(key.question), window), strict=True),
    )
    place = texts.PLACE.format(number=at + 1, all=len(sheet), sheet=_sheet_name(library, passage))
    foot = b.context(shorten(citation(library, passage), MOST_SECTION))
    bold = [b.context(texts.BOLD)] if any(marks.values()) else []
    return shown_modal(
        texts.CONTEXT_TITLE, [b.context(place), *_window(window, passage, marks), b.divider(), foot, *bold]
    )


def citation_modal(library: Library, _key: PassageKey, passage: Passage) -> View:
    """A plain citation and a Chicago note, each a block of its own that is selected and copied whole."""
    sources = library.sources_of(passage)
    undated = [b.context(texts.UNDATED)] if any(source.published is None for source in sources) else []
    return shown_modal(
        texts.CITE,
        [
            b.section(texts.BASIS[passage.basis]),
            *_to_copy(texts.PLAIN, plain(passage, sources, apart=isolated)),
            *_to_copy(texts.CHICAGO, chicago(passage, sources, apart=isolated)),
            *undated,
            b.context(texts.SELECT.format(id=escape(passage.id))),
        ],
    )


def _to_copy(label: str, text: str) -> Iterator[Block]:
    yield b.rich_text(b.rich_section(b.run(label, bold=True)), b.rich_preformatted(b.run(line(text))))


def _window(
    window: Sequence[Passage], passage: Passage, marks: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[Block]:
    section: tuple[str, ...] = ()
    for one in window:
        if one.heading[:-1] != section:
            section = one.heading[:-1]
            if section:
                yield b.header(shorten(" / ".join(map(isolated, section)), MOST_HEADER))
        dated = one.as_of.label if one.as_of else ""
        own = texts.THIS if one is passage else ""
        said = DOT.join(filter(None, (dated, own)))
        heading = b.rich_section(b.run(isolated(one.heading[-1]), bold=True))
        lead = [heading, b.rich_section(b.run(said, italic=True))] if said else [heading]
        runs = b.quoted(one.text, marks[one.id], 0, len(one.text))
        text = b.rich_quote(*runs) if one is passage else b.rich_section(*runs)
        yield b.rich_text(*lead, text)


def _sheet(library: Library, passage: Passage) -> list[Passage]:
    """The passages of the same file, in its order."""
    file = f"{passage.id.rpartition('/')[0]}/"
    return [one for one in library.corpus.passages.values() if one.id.rpartition("/")[0] + "/" == file]


def _sheet_name(library: Library, passage: Passage) -> str:
    name = passage.id.rpartition("/")[0]
    source = library.source(name)
    if source is None:
        return f"“{escape(isolated(name.replace('-', ' ')))}”"
    label = isolated(f"{source.short}, {source.title}")
    return link(source.url, label) if source.url else escape(label)
