"""Why a passage came at its place: the words of the question that it has, and the points that they give."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from bot.bidi import isolated, line
from bot.mrkdwn import literal
from bot.texts import common
from bot.texts import passage as texts
from bot.views import blocks as b
from bot.views.blocks import Block, View
from bot.views.passage import shown_modal
from bot.views.passage_menu import PassageKey
from knowledge.analysis import folded
from knowledge.explanation import Share, hundredths
from knowledge.library import Library
from knowledge.meaning import How
from knowledge.models import Answer, Passage
from knowledge.query import parse

MOST_FOUND: Final = 10  # passages that an answer has with all its pages
MOST_ROWS: Final = 14  # of the table, the others are summed
ROWS_A_BLOCK: Final = 5  # ten fields of a section, two a row


def ranking_modal(library: Library, key: PassageKey, passage: Passage) -> View:
    """The place of a passage for a question, in words and as a table whose numbers add up to its score."""
    found = library.ask(parse(key.question), MOST_FOUND)
    ids = [hit.passage.id for hit in found.hits]
    head = [
        b.rich_text(b.rich_section(b.run(isolated(key.question), bold=True))) if key.question else None,
        b.rich_text(b.rich_section(b.run(isolated(passage.heading[-1])))),
    ]
    if passage.id in ids:
        body = _explained(library, found, ids.index(passage.id))
    else:
        body = [b.section(texts.NOT_FOUND.format(most=MOST_FOUND))]
    notes = [] if key.whole else [texts.CUT]
    if key.version != library.corpus.version:
        notes.append(texts.REVISED)
    return shown_modal(
        texts.RANKING,
        [*filter(None, head), *body, *([b.context(*notes)] if notes else []), b.context(texts.RULE)],
    )


def _explained(library: Library, found: Answer, at: int) -> list[Block]:
    rows = _rows(library.explain(found)[at])
    points = hundredths([value for _, value in rows])
    fields = [
        (f"*{texts.WORDS}*", f"*{texts.POINTS}*"),
        *((said, _points(value)) for (said, _), value in zip(rows, points, strict=True)),
        (f"*{texts.TOGETHER}*", f"*{_points(sum(points))}*"),
    ]
    return [b.section(_placed(found, at, sum(points))), *_table(fields)]


def _placed(found: Answer, at: int, points: int) -> str:
    """The place in words, and the passage that it is measured by."""
    if len(found.hits) == 1:
        return texts.ALONE.format(points=_points(points))
    other = found.hits[1 if at == 0 else 0]
    placed = texts.RANKED.format(place=texts.PLACES[at], all=len(found.hits), points=_points(points))
    compared = (texts.NEXT if at == 0 else texts.FIRST).format(
        points=_points(round(other.score * 100)), heading=literal(isolated(other.passage.heading[-1]))
    )
    return f"{placed} {compared}"


def _table(rows: Sequence[tuple[str, str]]) -> list[Block]:
    """Two columns; a table block cannot stand in a modal."""
    return [
        b.fields(*(field for row in rows[start : start + ROWS_A_BLOCK] for field in row))
        for start in range(0, len(rows), ROWS_A_BLOCK)
    ]


def _rows(shares: Sequence[Share]) -> list[tuple[str, float]]:
    """A row for each word of the question, the greatest first: how it was found, and its points."""
    ways: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    points: defaultdict[tuple[str, str], float] = defaultdict(float)
    for share in shares:
        row = (share.what, "") if share.what else ("", share.how)
        ways[row][_way(share)] = None
        points[row] += share.points
    ranked = sorted(points, key=lambda row: -points[row])
    rows = [(_said(row[0], list(ways[row])), points[row]) for row in ranked]
    if len(rows) <= MOST_ROWS:
        return rows
    rest = rows[MOST_ROWS - 1 :]
    return [*rows[: MOST_ROWS - 1], (texts.OTHERS.format(count=len(rest)), sum(value for _, value in rest))]


def _said(what: str, ways: Sequence[str]) -> str:
    return line(texts.WORD.format(words=literal(isolated(what)), ways=common.AND.join(ways))) if what else ways[0]


def _way(share: Share) -> str:
    """How the words of a share were found, in words."""
    if not share.what:
        return texts.WHOLE[share.how]
    found = literal(isolated(share.found))
    same = _plain(share.found) == _plain(share.what)
    if share.how == How.TYPED:
        return texts.AS_WRITTEN if same else texts.BY_FORM.format(found=found)
    by, without = texts.HOW[share.how]
    return by.format(found=found) if found and not same else without


def _plain(text: str) -> list[str]:
    return [token.term for token in folded(text)]


def _points(hundredths_: int) -> str:
    """Hundredths of a point as a number."""
    sign = texts.MINUS if hundredths_ < 0 else ""
    return f"{sign}{abs(hundredths_) // 100}.{abs(hundredths_) % 100:02}"
