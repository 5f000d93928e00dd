"""The menu of a passage: what is seldom wanted, behind three dots beside its title.

An option's value has room for 150 characters and a question may have 500, so the options say only what to do, and the
block's id (255) says to what: the passage, the corpus that answered, and the question. Nothing is stored, and it is the
same in a message, a shared one, and a modal.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

import orjson

from bot.texts import passage as texts
from bot.views import blocks as b
from bot.views.blocks import Block, Element
from bot.views.ids import ActionId
from knowledge.library import Library
from knowledge.models import Issue, Passage

MOST_ID: Final = 255  # of a block; in bytes, since Slack does not say what it counts
KEPT: Final = 2  # libraries: the one that answers and the one that replaces it


class Act(StrEnum):
    """What can be chosen: the value of an option."""

    CONTEXT = "context"
    RANKING = "ranking"
    CITE = "cite"
    ISSUE = "issue"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class PassageKey:
    """A passage's id, the version of the corpus that answered, and the question; not `whole` if it had to be cut."""

    passage: str
    version: str
    question: str
    whole: bool = True

    def dump(self) -> str | None:
        """As a block's id or a modal's metadata; None for an id that leaves no room (a document's very long name)."""
        value = orjson.dumps((self.passage, self.version, self.question, self.whole))
        if len(value) <= MOST_ID:
            return value.decode()
        room = MOST_ID - len(orjson.dumps((self.passage, self.version, "", False)))
        shorter = self.question.encode()[: max(0, room)].decode(errors="ignore").rpartition(" ")[0]
        if not shorter and not self.question:
            return None
        return replace(self, question=shorter, whole=False).dump()

    @classmethod
    def load(cls, value: str) -> Self:
        """From a block's id; raises ValueError when it is not one of ours."""
        try:
            passage, version, question, whole = orjson.loads(value)
        except (TypeError, ValueError) as error:
            raise ValueError(f"not the id of a passage's block: {value[:40]!r}") from error
        if not (isinstance(passage, str) and isinstance(version, str) and isinstance(question, str)):
            raise ValueError(f"not the id of a passage's block: {value[:40]!r}")
        return cls(passage, version, question, whole is True)


def with_menu(library: Library, passage: Passage, question: str, text: str) -> Block:
    """A line about a passage (`text`, mrkdwn) with its menu beside it."""
    key = PassageKey(passage.id, library.corpus.version, question).dump()
    if key is None:
        return b.section(text)
    return b.section(text) | {"block_id": key, "accessory": _MENUS[passage.id in _issues(library)]}


def issue_of(library: Library, passage: Passage) -> Issue | None:
    """The key issue that a passage belongs to: of several, one with its main topic before others."""
    return _issues(library).get(passage.id)


@functools.lru_cache(KEPT)  # a library never changes
def _issues(library: Library) -> Mapping[str, Issue]:
    found: dict[str, Issue] = {}
    ranks: dict[str, bool] = {}
    for issue in library.corpus.issues.values():
        for id_ in _passages(issue):
            passage = library.corpus.passages.get(id_)
            main = passage is not None and passage.topics[:1] == issue.topics[:1]
            if id_ not in found or main > ranks[id_]:
                found[id_], ranks[id_] = issue, main
    return found


def _passages(issue: Issue) -> Iterator[str]:
    yield from issue.passages
    yield from (id_ for one in issue.positions for id_ in one.passages)
    yield from (id_ for one in issue.recommendations for id_ in one.passages)


def _menu(*, issue: bool) -> Element:
    labels = {
        Act.CONTEXT: texts.CONTEXT,
        Act.RANKING: texts.RANKING,
        Act.CITE: texts.CITE,
        Act.ISSUE: texts.ISSUE,
        Act.REPORT: texts.REPORT,
    }
    options = [
        {"text": b.plain_text(label), "value": act.value}
        for act, label in labels.items()
        if issue or act is not Act.ISSUE
    ]
    return {"type": "overflow", "action_id": ActionId.PASSAGE, "options": options}


_MENUS: Final = {issue: _menu(issue=issue) for issue in (False, True)}
