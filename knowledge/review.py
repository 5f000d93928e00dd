"""Everything that is wrong with a corpus, for its editors: what keeps it from loading, and what should be mended."""

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge import borrowing, checks, drafts, editorial
from knowledge.dates import PartialDate
from knowledge.errors import Problem


@dataclass(frozen=True, slots=True)
class Review:
    """Every problem, in the order of files and lines, and how much could be read."""

    problems: tuple[Problem, ...]
    passages: int
    sources: int


def review(root: Traversable, *, today: PartialDate | None = None, against: Path | None = None) -> Review:
    """Look at a corpus in every way.

    No date may be after the corpus's own, nor that after `today`. `against` is a folder of texts with which no run of
    words may be shared.
    """
    draft = drafts.read(root)
    found = {*draft.problems, *checks.problems(draft, today), *editorial.problems(draft)}
    if against:
        found.update(borrowing.problems(draft, against))
    return Review(tuple(sorted(found)), len(draft.passages), len(draft.sources))
