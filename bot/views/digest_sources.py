"""The sources of a digest, behind its button: who says so, one click away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import orjson

from bot.mrkdwn import escape, literal, plain
from bot.texts import DOT, common
from bot.texts import digest as texts
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.digest_words import Told, newest_first
from bot.views.message import Message, fits
from bot.views.register.citations import linked
from jobs.digest import Digest
from knowledge.library import Library
from knowledge.models import Issue

SOURCES: Final = 20  # links in one block, which Slack would cut at 3,000 characters


@dataclass(frozen=True, slots=True)
class DigestKey:
    """What the button remembers: the ids of what was shown, far below the 2,000 characters of a button's value."""

    issues: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    @classmethod
    def of(cls, digest: Digest) -> Self:
        """The key of a digest."""
        return cls(
            tuple(item.issue.id for item in digest.items),
            tuple(one.id for item in digest.items for one in item.recommendations),
            tuple(event.id for event in digest.events),
        )

    def dump(self) -> str:
        """As a button's value."""
        return orjson.dumps([self.issues, self.advice, self.events]).decode()

    @classmethod
    def load(cls, value: str) -> Self:
        """From a button's value; raises ValueError when it is not one of ours."""
        try:
            parts = [tuple(str(id_) for id_ in ids) for ids in orjson.loads(value) if isinstance(ids, list)]
            issues, advice, events = parts
        except (TypeError, ValueError) as error:
            raise ValueError(f"not the value of a button of a digest: {value[:40]!r}") from error
        return cls(issues, advice, events)


def citations(library: Library, key: DigestKey) -> tuple[Message, ...]:
    """Every source of what a digest showed, and a second piece of advice on each issue, in as few messages as hold it.

    What has left the corpus since is passed over.
    """
    groups = [list(_of_issue(library, issue, key)) for issue in _issues(library, key)]
    if events := [library.corpus.events[id_] for id_ in key.events if id_ in library.corpus.events]:
        lines = [f"• {one.date.label}: {_links(library, one.sources)[0]}" for one in events]
        groups.append([b.section("\n".join([f"*{common.EVENTS}*", *lines]))])
    if not groups:
        return (_message([b.section(texts.GONE)]),)
    return tuple(map(_message, _packed(groups)))


def sources_of(library: Library, issue: Issue) -> list[str]:
    """The ids of the sources of an issue's text and positions, in their order, with repeats."""
    passages = [*issue.passages, *(id_ for position in issue.positions for id_ in position.passages)]
    return [source for id_ in passages for source in library.corpus.passages[id_].sources]


def _issues(library: Library, key: DigestKey) -> list[Issue]:
    return [library.corpus.issues[id_] for id_ in key.issues if id_ in library.corpus.issues]


def _of_issue(library: Library, issue: Issue, key: DigestKey) -> Iterator[Block]:
    yield b.section(f"*{literal(issue.title)}*")
    for advice in issue.recommendations:
        if advice.id in key.advice:
            said = Told.of(library, advice)
            yield b.context(f"*{said.who}:* {said.what}  {_links(library, advice.sources)[0]}")
    for place, line in enumerate(_links(library, sources_of(library, issue))):
        yield b.context(line if place else texts.COMPILED_FROM.format(links=line))


def _links(library: Library, ids: Sequence[str]) -> list[str]:
    """Links, the newest first, in lines of twenty."""
    links = [linked(source) for source in newest_first(library, ids)]
    return [DOT.join(links[start : start + SOURCES]) for start in range(0, len(links), SOURCES)] or ["-"]


def _packed(groups: Sequence[list[Block]]) -> Iterator[list[Block]]:
    """Groups put together while they fit into a message."""
    body: list[Block] = []
    for group in groups:
        if body and not fits((*body, *group)):
            yield body
            body = []
        body = [*body, *group]
    yield body


def _message(body: Sequence[Block]) -> Message:
    texts = [block["text"]["text"] if "text" in block else block["elements"][0]["text"] for block in body]
    return Message("\n".join(escape(plain(text)) for text in texts), tuple(body))  # a cut link would be none
