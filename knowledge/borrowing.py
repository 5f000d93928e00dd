"""Words taken over: runs that the corpus shares with other texts. What is no quotation is to be in words of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.analysis import folded
from knowledge.drafts import Draft
from knowledge.errors import Problem
from knowledge.models import Basis

RUN = 8  # words in a row
MAX_BYTES = 50_000_000  # of a text to compare with
SUFFIXES = (".txt", ".md")

Gram = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Prose:
    """A piece of the corpus: its words, and where it stands."""

    where: Problem
    words: tuple[str, ...]


def problems(draft: Draft, folder: Path) -> Iterator[Problem]:
    """Every run of `RUN` or more folded words that the corpus shares with a text (*.txt, *.md) of a folder.

    A quotation may share words, and so may a run that is no more than a name or a title of the corpus. Memory is that
    of the corpus and of one text.
    """
    pieces = list(_pieces(draft))
    places: defaultdict[Gram, list[tuple[int, int]]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for position, gram in enumerate(_grams(piece.words)):
            places[gram].append((number, position))
    names = {f" {' '.join(_words(name))} " for name in _names(draft)}
    files = sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    if not files:
        yield Problem(str(folder), 1, "-", f"has no text ({', '.join(SUFFIXES)}) to compare with")
    for file in files:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            yield Problem(str(file), 1, "-", f"is larger than {MAX_BYTES:,} bytes; split it")
        shared = {place for gram in _grams(_words(data.decode("utf-8", "replace"))) for place in places.get(gram, ())}
        for number, run in _runs(shared, pieces):
            if not any(f" {' '.join(run)} " in name for name in names):
                where = pieces[number].where
                text = f"shares {len(run)} words in a row with {file.relative_to(folder)}: {' '.join(run)!r}"
                yield Problem(where.file, where.line, where.id, f"{where.text}: {text}")


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.term for token in folded(text))


def _grams(words: Sequence[str]) -> Iterator[Gram]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _runs(shared: Iterable[tuple[int, int]], pieces: Sequence[_Prose]) -> Iterator[tuple[int, Gram]]:
    """The runs of which these are the grams, by (number of the piece, position): neighbours joined."""
    last, start = (-1, -1), 0
    for number, position in [*sorted(shared), (-1, -1)]:
        if (number, position - 1) != last:
            if last[0] >= 0:
                yield last[0], pieces[last[0]].words[start : last[1] + RUN]
            start = position
        last = (number, position)


def _pieces(draft: Draft) -> Iterator[_Prose]:
    """All prose of the corpus that is not a quotation."""
    for passage in draft.passages:
        if passage.value.basis is not Basis.VERBATIM:
            yield _Prose(passage.problem("text"), _words(passage.value.text))
    for topic in draft.topics:
        yield _Prose(topic.problem("description", "description"), _words(topic.value.description))
        yield _Prose(topic.problem("introduction", "introduction"), _words(topic.value.introduction or ""))
    for actor in draft.actors:
        yield _Prose(actor.problem("role", "role"), _words(actor.value.role))
    for event in draft.events:
        yield _Prose(event.problem("text", "text"), _words(event.value.text))
    for issue in draft.issues:
        yield _Prose(issue.problem("summary", "summary"), _words(issue.value.summary))
        yield _Prose(issue.problem("why", "why"), _words(issue.value.why))
        for number, position in enumerate(issue.value.positions):
            yield _Prose(issue.problem("text", "positions", number, "text"), _words(position.text))
        for number, advice in enumerate(issue.value.recommendations):
            yield _Prose(issue.problem("text", "recommendations", number, "text"), _words(advice.text))


def _names(draft: Draft) -> Iterator[str]:
    for source in draft.sources:
        yield source.value.title
    for compilation in draft.compilations:
        yield compilation.value.title
    for actor in draft.actors:
        yield actor.value.name
    for entry in draft.thesaurus:
        yield from (entry.value.name, *entry.value.aliases)
