"""The shape of a curated page: YAML front matter, `#` sections, and under them `##` passages, each with its own block.

Only the shape is read here; the schemas say what the blocks may hold.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from knowledge.errors import CorpusError, Problem
from knowledge.reading import refusal
from knowledge.strict_yaml import Document, parse

_TITLE = re.compile(r"(?P<title>\S.*?) \{#(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\}")
_HEADINGS = {"#" * level for level in range(1, 7)}
_MARKUP = re.compile(r"^\s*(?:[-*+>|]|\d+[.)])\s|^#|\]\(|https?://|\*\*|__|`|<[a-zA-Z/!]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One passage as written. `line` is that of its title."""

    section: str
    title: str
    slug: str
    line: int
    facts: Document
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One file as written, and what is wrong with the shape of its passages. `slugs` has those of failed ones too."""

    front: Document
    blocks: tuple[Block, ...]
    slugs: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Part:
    """A heading and the (number, text) lines below it."""

    level: int
    title: str
    line: int
    body: list[tuple[int, str]] = field(default_factory=list)


def split(text: str, file: str) -> Page:
    """Take a page apart.

    Raises:
        CorpusError: when the front matter is missing or is not strict YAML. Problems of single passages do not raise:
            they are in `Page.problems`, so that one run shows them all.
    """
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise refusal(file, 1, "has no front matter between two lines of ---")
    end = lines.index("---", 1)
    front = parse("\n".join(lines[1:end]), file, first_line=2)
    blocks: list[Block] = []
    problems: list[Problem] = []
    slugs: list[str] = []
    section = ""
    for part in _parts(list(enumerate(lines, 1))[end + 1 :]):
        slugs += _slug(part.title)
        try:
            if part.level == 1:
                section = part.title
            if part.level <= 1:
                _expect_blank(part, file)
            else:
                blocks.append(_block(part, section, file))
        except CorpusError as error:
            problems += error.problems
    return Page(front, tuple(blocks), tuple(slugs), tuple(problems))


def _parts(lines: Sequence[tuple[int, str]]) -> Iterator[_Part]:
    """Cut at the headings; a `#` inside a fenced block is a YAML comment, not a heading."""
    part, fenced = _Part(0, "", lines[0][0] if lines else 1), False
    for number, line in lines:
        fenced ^= line.startswith("```")
        marks, _, title = ("", "", "") if fenced else line.partition(" ")
        if marks in _HEADINGS and title.strip():
            yield part
            part = _Part(len(marks), title.strip(), number)
        else:
            part.body.append((number, line))
    yield part


def _slug(title: str) -> list[str]:
    """What stands where the slug should, if anything does."""
    _, opening, slug = title.rpartition("{#")
    return [slug.removesuffix("}")] if opening else []


def _expect_blank(part: _Part, file: str) -> None:
    for number, line in part.body:
        if line.strip():
            raise refusal(file, number, "has text outside a passage; put it under a ## title")


def _block(part: _Part, section: str, file: str) -> Block:
    match = _TITLE.fullmatch(part.title)
    if part.level != 2 or match is None:  # noqa: PLR2004 - a heading level
        raise refusal(file, part.line, "is not a title of the form: ## Title of the passage {#lower-case-slug}")
    id_ = f"{PurePosixPath(file).stem}/{match['slug']}"
    if not section:
        raise refusal(file, part.line, "stands under no section; put a # heading above it", id_)
    body = list(part.body)
    while body and not body[0][1].strip():
        body.pop(0)
    fences = [at for at, (_, line) in enumerate(body) if line.startswith("```")]
    if len(fences) < 2 or fences[0] != 0 or body[0][1] != "```yaml" or body[fences[1]][1] != "```":  # noqa: PLR2004 - opening, closing
        raise refusal(file, part.line, "has no ```yaml block right below its title, closed by ```", id_)
    facts = parse("\n".join(line for _, line in body[1 : fences[1]]), file, first_line=body[0][0] + 1)
    prose = body[fences[1] + 1 :]
    for number, line in prose:
        if found := _MARKUP.search(line):
            raise refusal(file, number, f"has markup in its text ({found[0].strip()!r}); write plain prose", id_)
    return Block(section, match["title"], match["slug"], part.line, facts, _paragraphs(line for _, line in prose))


def _paragraphs(lines: Iterator[str]) -> str:
    """Lines joined to paragraphs, one blank line between two."""
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines).strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
