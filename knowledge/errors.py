"""What can be wrong with the library.

::

    KnowledgeError
    +-- CorpusError     the curated files have problems; carries every one of them

A problem is written ``file:line: id: problem``, so that an editor can jump to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_LENGTH = 400  # characters of a problem's text that are shown


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place: `file` relative to the corpus, `line` from 1, `id` of the entry ("-" for none)."""

    file: str
    line: int
    id: str
    text: str

    def __str__(self) -> str:
        """One line that can be printed, whatever was written: control characters escaped, what is overlong cut."""
        return f"{_shown(self.file)}:{self.line}: {_shown(self.id)}: {_shown(self.text)}"


def _shown(text: str) -> str:
    cut = text if len(text) <= MAX_LENGTH else f"{text[:MAX_LENGTH]}..."
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in cut)


class KnowledgeError(Exception):
    """The base of all errors of the library."""


class CorpusError(KnowledgeError):
    """The corpus cannot be used. `problems` holds all that was found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        more = f" (and {len(self.problems) - 1} more: iraq-desk check)" if len(self.problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")
