"""The parties of an issue side by side, then and now."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.bidi import isolated
from bot.texts import DOT, counted
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.blocks import Block, Element
from bot.views.message import Message
from bot.views.register.citations import linked, span, spoken_evidence, words
from bot.views.register.frame import Frame, page
from bot.views.register.issues import standing
from bot.views.register.key import About, Page, PageKey
from bot.views.register.lists import Item, as_it_is, listed
from knowledge.models import Issue, Passage
from knowledge.register import Side

MOST_CONTEXT: Final = 10  # elements of a context block
MOST_MENU: Final = 8  # issues offered beside the next; a table leaves no room for more


def compare(frame: Frame) -> Message:
    """One issue of a topic as a table of parties; the button goes to the next, the menu to any.

    Slack takes one table a message (docs.slack.dev/reference/block-kit/blocks/table-block), so it is one issue a page.
    """
    corpus, key = frame.library.corpus, frame.key
    if key.about is About.ALL:
        return _topics(frame)
    if key.about is About.ISSUE:
        chosen: Sequence[Issue] = [corpus.issues[key.subject]]
        title = texts.COMPARE.format(topic=chosen[0].title)
    else:
        chosen = frame.register.issues(key.subject)
        title = texts.COMPARE.format(topic=corpus.topics[key.subject].title)
    if not chosen:
        return page(frame, title, [b.section(texts.NO_ISSUES)], texts.NO_ISSUES)
    at = min(key.start, len(chosen) - 1)
    issue = chosen[at]
    counted = texts.ISSUE_OF.format(number=at + 1, all=len(chosen)) if len(chosen) > 1 else ""
    more = replace(key, start=at + 1) if at + 1 < len(chosen) else None
    sides = frame.register.sides(issue)
    references = _References(frame, sides)
    body: list[Block] = [
        b.section(
            words(issue.summary) if key.about is About.ISSUE else f"*{words(issue.title)}*\n{words(issue.summary)}"
        ),
        b.context(standing(frame.library, issue)),
        *([_listed(frame, one, references) for one in sides] if frame.modal else [_table(frame, sides, references)]),
        *references.blocks(),
        b.context(texts.COMPARE_NOTE),
    ]
    said = f"{words(issue.title)}. {standing(frame.library, issue)}. " + " ".join(_spoken(frame, one) for one in sides)
    others = [(one.title, PageKey(Page.COMPARE, About.ISSUE, one.id)) for one in (*chosen[at + 1 :], *chosen[:at])]
    return page(
        frame,
        title,
        body,
        said,
        counted=counted,
        more=more,
        more_label=texts.NEXT_ISSUE,
        menu=(texts.COMPARE_OTHER, others[:MOST_MENU]) if others else None,
    )


class _References:
    """The publications of one page, numbered in the order of their first citation."""

    def __init__(self, frame: Frame, sides: Sequence[Side]) -> None:
        self._frame = frame
        self._numbers: dict[str, int] = {}
        for side in sides:
            passages = [id_ for held in side.positions for id_ in held.position.passages]
            passages += [one.id for one in (side.then, side.now) if one is not None]
            for id_ in passages:
                for source in frame.library.corpus.passages[id_].sources:
                    self._numbers.setdefault(source, len(self._numbers) + 1)

    def of(self, passages: Sequence[str]) -> str:
        """The numbers of what these passages rest on."""
        sources = {source for id_ in passages for source in self._frame.library.corpus.passages[id_].sources}
        return f"[{', '.join(map(str, sorted(self._numbers[one] for one in sources)))}]"

    def blocks(self) -> list[Block]:
        """The list of publications."""
        corpus = self._frame.library.corpus
        return [
            b.context(DOT.join(f"[{number}] {linked(corpus.sources[id_])}" for id_, number in self._numbers.items()))
        ]


def _table(frame: Frame, sides: Sequence[Side], references: _References) -> Block:
    head = [_raw(column) for column in texts.COLUMNS]
    rows = [
        [_raw(frame.library.corpus.actors[one.party].name), _positions(one, references), *_facts(one, references)]
        for one in sides
    ]
    wrapped = {"is_wrapped": True}
    return {"type": "table", "column_settings": [wrapped] * len(head), "rows": [head, *rows]}


def _listed(frame: Frame, side: Side, references: _References) -> Block:
    """A row of the table as lines."""
    lines = [f"*{words(frame.library.corpus.actors[side.party].name)}*"]
    for held in side.positions:
        dated, by = span(held.first, held.last), references.of(held.position.passages)
        lines.append(f"_{texts.STANCE[held.position.stance]}:_ {words(held.position.text)} ({dated}) {by}")
    for label, passage in zip(texts.COLUMNS[2:], (side.then, side.now), strict=True):
        if passage is not None:
            dated = f", {passage.as_of.label}" if passage.as_of else ""
            lines.append(f"_{label}{dated}:_ {words(passage.heading[-1])} {references.of([passage.id])}")
    return b.section("\n".join(lines))


def _positions(side: Side, references: _References) -> Element:
    runs: list[Element] = []
    for number, held in enumerate(side.positions):
        position = held.position
        lead = f"{texts.STANCE[position.stance]}: "
        runs.append(b.run(f"\n{lead}" if number else lead, bold=True))
        dated = span(held.first, held.last)
        runs.append(b.run(f"{isolated(position.text)} ({dated}) {references.of(position.passages)}"))
    return b.rich_text(b.rich_section(*runs))


def _facts(side: Side, references: _References) -> list[Element]:
    return [_fact(side.then, references), _fact(side.now, references)]


def _fact(passage: Passage | None, references: _References) -> Element:
    if passage is None:
        return _raw(texts.NONE)
    dated = f"{passage.as_of.label}: " if passage.as_of else ""
    return b.rich_text(
        b.rich_section(b.run(dated, bold=True), b.run(f"{isolated(passage.heading[-1])} {references.of([passage.id])}"))
    )


def _raw(text: str) -> Element:
    return {"type": "raw_text", "text": isolated(text)}


def _spoken(frame: Frame, side: Side) -> str:
    library = frame.library
    said = [f"{words(library.corpus.actors[side.party].name)}."]
    for held in side.positions:
        by = f"{span(held.first, held.last)}; {spoken_evidence(library, held.position.passages)}"
        said.append(f"{texts.STANCE[held.position.stance]}: {words(held.position.text)} ({by})")
    for label, passage in zip(texts.COLUMNS[2:], (side.then, side.now), strict=True):
        if passage is not None:
            dated = f", {passage.as_of.label}" if passage.as_of else ""
            said.append(f"{label}{dated}: {words(passage.heading[-1])} ({spoken_evidence(library, [passage.id])}).")
    return " ".join(said)


def _topics(frame: Frame) -> Message:
    topics = frame.library.corpus.topics.values()
    items = [
        Item(
            (b.section(f"*{words(one.title)}*   {counted(len(frame.register.issues(one.id)), texts.ISSUES)}"),),
            f"{words(one.title)}.",
            "",
            (one.title, PageKey(Page.COMPARE, About.TOPIC, one.id)),
        )
        for one in topics
    ]
    return listed(
        frame,
        texts.COMPARE_CHOOSE,
        items,
        as_it_is,
        lead=[b.section(texts.COMPARE_ASK)],
        said=texts.COMPARE_ASK,
        most=50,
        menu=texts.COMPARE_CHOOSE,
    )
