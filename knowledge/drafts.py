"""The curated files -> models with the place of each, and what is wrong in each file alone.

`checks` then looks at all of it together; `curated.load` turns a clean draft into a Corpus.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from knowledge import schemas
from knowledge.dates import PartialDate
from knowledge.errors import CorpusError, Problem
from knowledge.markdown import Block, Page, split
from knowledge.models import Actor, Basis, Event, Issue, Passage, Position, Recommendation, Source, Synonyms, Topic
from knowledge.reading import read_text
from knowledge.strict_yaml import Document, Location, Value, parse, texts
from knowledge.survey import FILES, survey

MAX_TOTAL = 16_000_000  # characters of all files; ten times what a curator could want

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=schemas.Entry)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T_co]):
    """A model and where it was written."""

    value: T_co
    id: str
    document: Document
    at: Location = ()

    def problem(self, text: str, *below: str | int) -> Problem:
        """A problem with it, or with the value `below` it."""
        return Problem(self.document.file, self.document.line((*self.at, *below)), self.id, text)


@dataclass(slots=True)
class Draft:
    """All that was read.

    `declared` has the ids of entries that failed as well: they are wrong, but not unknown. `mentioned` has all text of
    entries that failed: an id in it is used. `unread` has the files of which nothing is known (pages by their id).
    """

    date: Placed[PartialDate] | None = None
    topics: list[Placed[Topic]] = field(default_factory=list)
    thesaurus: list[Placed[Synonyms]] = field(default_factory=list)
    actors: list[Placed[Actor]] = field(default_factory=list)
    events: list[Placed[Event]] = field(default_factory=list)
    issues: list[Placed[Issue]] = field(default_factory=list)
    sources: list[Placed[Source]] = field(default_factory=list)
    compilations: list[Placed[schemas.CompilationEntry]] = field(default_factory=list)
    passages: list[Placed[Passage]] = field(default_factory=list)
    wordings: list[Placed[tuple[str, ...]]] = field(default_factory=list)
    stopwords: frozenset[str] = frozenset()
    declared: dict[str, set[str]] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def fail(self, found: Iterable[Problem], value: Value) -> None:
        """Note what is wrong with an entry."""
        self.problems += found
        self.mentioned.update(texts(value))

    def declare(self, kind: str, id_: object) -> None:
        """Note that an id was written, whether or not its entry is sound."""
        if isinstance(id_, str):
            self.declared.setdefault(kind, set()).add(id_)


def read(root: Traversable) -> Draft:
    """Read every file of a corpus. Raises nothing for what is in them: see `Draft.problems`."""
    found = survey(root)
    draft = Draft(problems=found.problems, unread={name for name in FILES if name not in found.files})
    size = 0
    for name, file in found.files.items():
        size += _attempt(draft, file, name)
        if size > MAX_TOTAL:
            draft.problems.append(Problem(name, 1, "-", f"makes the corpus larger than {MAX_TOTAL:,} characters"))
            break
    return draft


def _attempt(draft: Draft, file: Traversable, name: str) -> int:
    """Read a file, or note why it cannot be; returns how much was read, in characters."""
    folder, _, _ = name.rpartition("/")
    draft.declare(folder, _stem(name))
    text = ""
    try:
        text = read_text(file, name)
        _READERS[folder or name](draft, text, name)
    except CorpusError as error:
        draft.problems += error.problems
        draft.unread.add(_stem(name) if name.endswith(".md") else name)
    except OSError as error:
        draft.problems.append(Problem(name, 1, "-", f"cannot be read: {error.strerror}"))
        draft.unread.add(_stem(name) if name.endswith(".md") else name)
    return len(text)


def _single(draft: Draft, schema: type[E], document: Document) -> E | None:
    found = schemas.validate(schema, document.value, document)
    if isinstance(found, list):
        draft.fail(found, document.value)
        return None
    return found


def _entries(draft: Draft, schema: type[E], text: str, name: str) -> Iterator[tuple[E, Placed[None]]]:
    """The sound entries of a file that is a list."""
    document = parse(text, name)
    if not isinstance(document.value, list):
        draft.problems.append(Problem(name, 1, "-", "must be a list of entries ([] for none)"))
        return
    for position, value in enumerate(document.value):
        id_ = value.get("id") if isinstance(value, dict) else None
        draft.declare(name, id_)
        found = schemas.validate(schema, value, document, (position,))
        if isinstance(found, list):
            draft.fail(found, value)
        else:
            yield found, Placed(None, str(id_), document, (position,))


def _corpus(draft: Draft, text: str, name: str) -> None:
    document = parse(text, name)
    if entry := _single(draft, schemas.CorpusEntry, document):
        draft.date = Placed(entry.date, "-", document, ("date",))


def _topics(draft: Draft, text: str, name: str) -> None:
    for entry, at in _entries(draft, schemas.TopicEntry, text, name):
        draft.topics.append(_placed(Topic(**dict(entry)), at))


def _thesaurus(draft: Draft, text: str, name: str) -> None:
    document = parse(text, name)
    if entry := _single(draft, schemas.ThesaurusEntry, document):
        for canonical in dict.fromkeys((*entry.aliases, *entry.cautious)):
            synonyms = Synonyms(canonical, entry.aliases.get(canonical, ()), entry.cautious.get(canonical, ()))
            at = ("aliases" if canonical in entry.aliases else "cautious", canonical)
            draft.thesaurus.append(Placed(synonyms, canonical, document, at))


def _stopwords(draft: Draft, text: str, name: str) -> None:
    lines = {number: line.split("#")[0].strip() for number, line in enumerate(text.split("\n"), 1)}
    draft.stopwords = frozenset(word for word in lines.values() if word)
    for number, word in lines.items():
        if word and not (word.isalpha() and word == word.casefold()):
            draft.problems.append(Problem(name, number, "-", f"{word!r} is not one lower-case word"))
    if "us" in draft.stopwords:
        number = next(number for number, word in lines.items() if word == "us")
        draft.problems.append(Problem(name, number, "-", "'us' is the country here and must be searched"))


def _actors(draft: Draft, text: str, name: str) -> None:
    for entry, at in _entries(draft, schemas.ActorEntry, text, name):
        draft.actors.append(_placed(Actor(**dict(entry)), at))


def _timeline(draft: Draft, text: str, name: str) -> None:
    for entry, at in _entries(draft, schemas.EventEntry, text, name):
        draft.events.append(_placed(Event(**dict(entry)), at))


def _issues(draft: Draft, text: str, name: str) -> None:
    for entry, at in _entries(draft, schemas.IssueEntry, text, name):
        nested = {
            "positions": tuple(Position(**dict(position)) for position in entry.positions),
            "recommendations": tuple(Recommendation(issue=entry.id, **dict(one)) for one in entry.recommendations),
        }
        draft.issues.append(_placed(Issue(**{**dict(entry), **nested}), at))


def _placed(value: T, at: Placed[None]) -> Placed[T]:
    return Placed(value, at.id, at.document, at.at)


def _source_page(draft: Draft, text: str, name: str) -> None:
    page = _page(draft, text, name, "sources")
    entry = _single(draft, schemas.SourceEntry, page.front)
    if entry:
        draft.sources.append(Placed(Source(**dict(entry)), entry.id, page.front))
    stem = _stem(name)
    for block in page.blocks:
        _passage(draft, block, stem, Basis.SUMMARY, (entry.id if entry else stem,))


def _compiled_page(draft: Draft, text: str, name: str) -> None:
    page = _page(draft, text, name, "compiled")
    entry = _single(draft, schemas.CompilationEntry, page.front)
    if entry:
        draft.compilations.append(Placed(entry, entry.id, page.front))
    for block in page.blocks:
        _passage(draft, block, _stem(name), Basis.COMPILED, entry.sources if entry else ())


def _wordings(draft: Draft, text: str, name: str) -> None:
    document = parse(text, name)
    if entry := _single(draft, schemas.WordingsEntry, document):
        for id_, lines in entry.wordings.items():
            draft.wordings.append(Placed(lines, id_, document, ("wordings", id_)))


def _page(draft: Draft, text: str, name: str, folder: str) -> Page:
    page = split(text, name)
    draft.problems += page.problems
    for slug in page.slugs:
        draft.declare("passages", f"{_stem(name)}/{slug}")
    id_ = page.front.value.get("id") if isinstance(page.front.value, dict) else None
    draft.declare(folder, id_)
    if isinstance(id_, str) and id_ != _stem(name):
        line = page.front.line(("id",))
        draft.problems.append(Problem(name, line, id_, f"id is {id_!r}, but the file is named {_stem(name)!r}"))
    return page


def _passage(draft: Draft, block: Block, stem: str, basis: Basis, sources: tuple[str, ...]) -> None:
    id_ = f"{stem}/{block.slug}"
    found = schemas.validate(schemas.PassageEntry, block.facts.value, block.facts)
    if isinstance(found, list):
        draft.fail((Problem(one.file, one.line, id_, one.text) for one in found), block.facts.value)
        return
    passage = Passage(
        id=id_,
        heading=(block.section, block.title),
        text=block.text,
        as_of=found.as_of,
        locator=found.locator,
        topics=found.topics,
        parties=found.parties,
        basis=found.basis or basis,
        sources=found.sources or sources,
        asks=found.asks,
        superseded_by=found.superseded_by,
    )
    if found.sources and not set(found.sources) <= set(sources):
        line = block.facts.line(("sources",))
        draft.problems.append(Problem(block.facts.file, line, id_, "sources: cites more than its file's sources"))
    lines = {**block.facts.lines, (): block.line}
    draft.passages.append(Placed(passage, id_, Document(block.facts.file, block.facts.value, lines)))


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


# Of a file, or of all files in a folder.
_READERS: dict[str, Callable[[Draft, str, str], None]] = {
    "corpus.yaml": _corpus,
    "topics.yaml": _topics,
    "thesaurus.yaml": _thesaurus,
    "stopwords.txt": _stopwords,
    "actors.yaml": _actors,
    "timeline.yaml": _timeline,
    "issues": _issues,
    "sources": _source_page,
    "compiled": _compiled_page,
    "wordings": _wordings,
}
