"""A reader's own text and Markdown files -> a corpus of verbatim passages: slices of the file, never changed.

A file is cut at headings, questions and paragraphs; what web pages carry beside their text is dropped: menus, contact
lines, captions told twice, and what follows "Related publications" and the like. Nothing is shared by two passages.
"""

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import KnowledgeError
from knowledge.models import Basis, Corpus, Passage, Source
from knowledge.snippets import Span, sentences

LONGEST = 700  # characters of a passage
SHORT = 220  # a paragraph with fewer characters goes together with the next one of its section
LONGEST_HEADING = 160
MOST_BYTES = 4_000_000  # of a file
SUFFIXES = (".md", ".markdown", ".txt")
MENU = 3  # so many short lines one after another are a menu
BODY = 0.25  # of a file: before it, "Related" is an entry of a menu and no end

_BLOCK = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*(?:\n|\#|[•*-]\s))[^\S\n]*\S[^\n]*)*")
_MARKDOWN_HEADING = re.compile(r"\#{1,6}\s+(?P<text>.*?)\s*#*$")
_LIST_ITEM = re.compile(r"[•*-]\s|\d+[.)]\s")
_ENDS = re.compile("[.!;:…][\"'”’)\\]]*$")
_CONTACT = re.compile(
    r"^(?:e-?mail|(?:\w+\s){0,2}(?:tele)?phone|tel|fax|address|follow us|copyright|©|by|type|share|tags?)\s*[:+©]"
    r"|^\S+@\S+$|^https?://\S+$|^[+\d][\d\s().-]{6,}$"
    r"|\([^()/]+/[^()/]+\)$"  # the credit of a photograph
    r"|subscribe to our|mailing list|all rights reserved|cookie|left unchanged",
    re.IGNORECASE,
)
_APPENDIX = re.compile(
    r"^(?:related|recent posts|recommended|latest|more (?:from|on)|read (?:more|next)|see also|you may also|stay informed"
    r"|subscribe|newsletter|contact|follow us|share this|view all|footer|popular|trending)\b",
    re.IGNORECASE,
)


class DocumentError(KnowledgeError):
    """A file or folder cannot be searched."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


class Block(NamedTuple):
    """A run of lines at start:end of a text; `heading` is its text when it is one."""

    start: int
    end: int
    heading: str | None


def load(paths: Sequence[Path], language: Corpus) -> Corpus:
    """The corpus of some files, or of the files in folders; `language` lends its thesaurus and stop words.

    Raises:
        DocumentError: a path cannot be read, or holds no text.
    """
    sources: dict[str, Source] = {}
    passages: dict[str, Passage] = {}
    digest = hashlib.sha256()
    for file in _files(paths):
        text = _read(file)
        digest.update(text.encode("utf-8", "replace"))
        id_ = _free(file.stem, sources)
        title, found = split(id_, text)
        sources[id_] = Source(id_, title or id_, None, id_, (), None, None, "document", ())
        passages |= {passage.id: passage for passage in found}
    if not passages:
        raise DocumentError(paths[0], "there is no text in it")
    return dataclasses.replace(
        language,
        version=digest.hexdigest()[:12],
        sources=sources,
        passages=passages,
        issues={},
        actors={},
        events={},
        topics={},
    )


def split(source: str, text: str) -> tuple[str | None, list[Passage]]:
    """A text's title, if it has one, and its passages: ``text[start:end]`` with the heading that they stand under."""
    blocks = list(_kept(text, _blocks(text)))
    title = blocks[0].heading if blocks else None
    passages: list[Passage] = []
    heading = title
    section: list[Block] = []
    for block in [*blocks, Block(len(text), len(text), "")]:
        if block.heading is None:
            section.append(block)
            continue
        for start, end in _pieces(text, section):
            path = tuple(dict.fromkeys(part for part in (title or source, heading) if part))
            passages.append(_passage(source, len(passages) + 1, path, text, (start, end)))
        section, heading = [], block.heading
    return title, passages


def _passage(source: str, number: int, heading: tuple[str, ...], text: str, span: Span) -> Passage:
    start, end = span
    return Passage(
        id=f"{source}/{number}",
        heading=heading,
        text=text[start:end],
        as_of=None,
        locator=f"Characters {start + 1} to {end}",
        topics=(),
        parties=(),
        basis=Basis.VERBATIM,
        sources=(source,),
        span=span,
    )


def _blocks(text: str) -> Iterator[Block]:
    found = [match.span() for match in _BLOCK.finditer(text)]
    for number, (start, end) in enumerate(found):
        words = text[start:end]
        if match := _MARKDOWN_HEADING.fullmatch(words):
            yield Block(start, end, match["text"])
        else:
            last = number + 1 == len(found)
            yield Block(start, end, words if not last and _is_heading(words) else None)


def _is_heading(words: str) -> bool:
    return (
        len(words) <= LONGEST_HEADING
        and "\n" not in words
        and not _LIST_ITEM.match(words)
        and not _ENDS.search(words)
        and any(map(str.isalpha, words))
    )


def _kept(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without boilerplate. Of headings one after another the last two are kept, the title always."""
    seen: set[str] = set()
    headings: list[Block] = []
    begun = False
    for block in blocks:
        words = " ".join(text[block.start : block.end].split())
        if block.heading is not None and _APPENDIX.match(block.heading) and block.start > BODY * len(text):
            return
        if words in seen or _CONTACT.search(words):
            continue
        seen.add(words)
        if block.heading is not None:
            headings.append(block)
            continue
        if begun and len(headings) >= MENU:
            headings = headings[-1:]
        yield from headings[-2:] if begun else dict.fromkeys((*headings[:1], *headings[-1:]))
        headings, begun = [], True
        yield block


def _pieces(text: str, section: Iterable[Block]) -> Iterator[Span]:
    """Whole paragraphs, short ones together with the next, long ones cut between sentences."""
    begin = end = -1
    for block in section:
        continues = _LIST_ITEM.match(text, block.start) or end - begin < SHORT
        if begin >= 0 and (block.end - begin > LONGEST or not continues):
            yield from _cut(text, begin, end)
            begin = -1
        begin, end = (block.start if begin < 0 else begin), block.end
    if begin >= 0:
        yield from _cut(text, begin, end)


def _cut(text: str, begin: int, end: int) -> Iterator[Span]:
    """The run as it is, or in pieces of whole sentences of about the same length; a longer sentence is cut at a word."""
    if end - begin <= LONGEST:
        yield begin, end
        return
    count = -(-(end - begin) // LONGEST)
    goal = min(LONGEST, (end - begin) // count + LONGEST // 5)
    start = stop = begin
    for _, last in sentences(text[begin:end]):
        if begin + last - start > goal and stop > start:
            yield start, stop
            start = stop + _blanks(text, stop)
        stop = begin + last
        while stop - start > LONGEST:
            at = text.rfind(" ", start, start + LONGEST)
            at = at if at > start else start + LONGEST
            yield start, at
            start = at + _blanks(text, at)
    if stop > start:
        yield start, stop


def _blanks(text: str, at: int) -> int:
    rest = text[at:]
    return len(rest) - len(rest.lstrip())


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        elif path.suffix.lower() in SUFFIXES:
            yield path
        else:
            raise DocumentError(path, f"is no folder, and no file that ends with {', '.join(SUFFIXES)}")


def _read(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DocumentError(file, error.strerror or "cannot be read") from error
    if len(content) > MOST_BYTES:
        raise DocumentError(file, f"has more than {MOST_BYTES // 1_000_000} MB")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError(file, f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from error


def _free(stem: str, taken: Iterable[str]) -> str:
    """The stem, or with a number when another file has it."""
    id_, number = stem, 1
    while id_ in taken:
        number += 1
        id_ = f"{stem}-{number}"
    return id_
