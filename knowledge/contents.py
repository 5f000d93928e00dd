"""What a corpus says, entry by entry: two lists of contents tell what is new, what was changed and what was withdrawn."""

import dataclasses
import hashlib
import json
from enum import StrEnum
from typing import Any, Final

from knowledge.models import Corpus, Issue

DIGITS: Final = 12


class Kind(StrEnum):
    """What an entry is; its key is ``<kind>:<id>``."""

    ISSUE = "issue"
    RECOMMENDATION = "recommendation"
    PASSAGE = "passage"
    EVENT = "event"

    def key(self, id_: str) -> str:
        """The key of one entry of this kind."""
        return f"{self}:{id_}"


def contents(corpus: Corpus) -> dict[str, str]:
    """Key -> the first twelve hexadecimal digits of a SHA-256 over what the entry says, in the order of the corpus.

    An issue stands for its own text, positions and passages; its recommendations are entries of their own. What is only
    searched, `asks` and `wordings`, is no content: a reader is not told of it.
    """
    shown = {id_: dataclasses.replace(one, asks=(), wordings=()) for id_, one in corpus.passages.items()}
    found = {Kind.PASSAGE.key(id_): _digest(passage) for id_, passage in shown.items()}
    for id_, issue in corpus.issues.items():
        found[Kind.ISSUE.key(id_)] = _digest(dataclasses.replace(issue, recommendations=()))
        found |= {Kind.RECOMMENDATION.key(one.id): _digest(one) for one in issue.recommendations}
    return found | {Kind.EVENT.key(id_): _digest(event) for id_, event in corpus.events.items()}


def keys_of(issue: Issue) -> tuple[str, ...]:
    """The keys of an issue's recommendations."""
    return tuple(Kind.RECOMMENDATION.key(one.id) for one in issue.recommendations)


def _digest(entry: object) -> str:
    said = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), default=_fields)
    return hashlib.sha256(said.encode()).hexdigest()[:DIGITS]


def _fields(value: Any) -> dict[str, object]:  # noqa: ANN401 - a model; everything else in one is of JSON's own kinds
    """A model as its fields."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
