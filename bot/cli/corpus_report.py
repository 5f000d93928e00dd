"""What editors of the corpus see in a terminal: its problems, and its counts."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from knowledge.review import Review
from knowledge.statistics import Statistics

TOP: Final = 15  # sources that are listed; `--json` has them all


def summary(review: Review) -> str:
    """The last line of `check`."""
    if not review.problems:
        return f"no problem in {_many(review.passages, 'passage')} of {_many(review.sources, 'source')}"
    files = len({problem.file for problem in review.problems})
    return f"{_many(len(review.problems), 'problem')} in {_many(files, 'file')}"


def table(statistics: Statistics) -> str:
    """The counts, aligned; nothing is wider than 100 characters unless an id is."""
    return "\n\n".join(
        "\n".join(part) for part in (_totals(statistics), _topics(statistics), _stale(statistics), _sources(statistics))
    )


def as_json(statistics: Statistics) -> str:
    """The counts as one JSON object, dates as text."""
    return json.dumps(dataclasses.asdict(statistics), ensure_ascii=False, indent=1, default=str)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _totals(statistics: Statistics) -> Iterator[str]:
    yield f"Corpus {statistics.version} of {statistics.date.label}"
    yield ""
    rows = [(f"{number:,}", name) for name, number in dataclasses.asdict(statistics.counts).items()]
    rows += [(f"{number:,}", f"citations {basis}") for basis, number in statistics.citations.items()]
    yield from _aligned(rows, left=(1,))


def _topics(statistics: Statistics) -> Iterator[str]:
    head = ("By topic", "passages", "sources", "issues", "recommend.", "events", "oldest", "newest")
    rows = [
        (
            one.id,
            *(f"{number:,}" for number in (one.passages, one.sources, one.issues, one.recommendations, one.events)),
            one.oldest.label if one.oldest else "-",
            one.newest.label if one.newest else "-",
        )
        for one in statistics.topics
    ]
    yield from _aligned([head, *rows], left=(0,))


def _stale(statistics: Statistics) -> Iterator[str]:
    yield f"Topics without a fact of the year before {statistics.date.label}"
    yield from _aligned([(one.id,) for one in statistics.topics if one.stale] or [("none",)], left=(0,))


def _sources(statistics: Statistics) -> Iterator[str]:
    head = ("By source", "alone", "compiled", "events", "recommend.")
    rows = [
        (one.id, *(f"{number:,}" for number in (one.alone, one.compiled, one.events, one.recommendations)))
        for one in statistics.sources[:TOP]
    ]
    yield from _aligned([head, *rows], left=(0,))
    if (rest := len(statistics.sources) - TOP) > 0:
        yield f"  and {rest:,} more (--json has all)"


def _aligned(rows: Iterable[Sequence[str]], *, left: Sequence[int]) -> Iterator[str]:
    """Columns two blanks apart, those in `left` flush left, the others right; a head has no indent."""
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(w) if at in left else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()
