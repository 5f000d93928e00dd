"""What the entries of the curated files may hold. Every key is known, every text has one; the rest is for `checks`."""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from knowledge.dates import PartialDate
from knowledge.errors import Problem
from knowledge.models import Basis, Stance, Status
from knowledge.strict_yaml import Document, Location, Value


def _form(pattern: str, name: str) -> AfterValidator:
    """Text of one form, and what to call it when it has another."""
    form = re.compile(pattern)

    def check(text: str) -> str:
        if form.fullmatch(text) is None:
            raise ValueError(f"{text!r} is not {name}")
        return text

    return AfterValidator(check)


_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
Slug = Annotated[str, _form(_SLUG, "an id (lower-case words with hyphens)")]
PassageId = Annotated[str, _form(f"{_SLUG}/{_SLUG}", "a passage's id (file/slug)")]
Url = Annotated[str, _form(r"https?://[^\s<>|\"]+", "a web address (https://...)")]
Date = Annotated[PartialDate, BeforeValidator(PartialDate.parse)]
Slugs = Annotated[tuple[Slug, ...], Field(min_length=1)]
PassageIds = Annotated[tuple[PassageId, ...], Field(min_length=1)]

Kind = Literal[
    "state",
    "government",
    "parliament",
    "judiciary",
    "party",
    "armed-group",
    "international",
    "organisation",
    "community",
    "person",
    "company",
]


class Entry(BaseModel):
    """The base of all entries: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CorpusEntry(Entry):
    """corpus.yaml."""

    date: Date
    title: Text
    licence: Text


class TopicEntry(Entry):
    """One of topics.yaml."""

    id: Slug
    title: Text
    description: Text
    keywords: tuple[Text, ...]
    introduction: Text | None = None


class ThesaurusEntry(Entry):
    """thesaurus.yaml: canonical name -> what else it is called."""

    aliases: dict[Text, tuple[Text, ...]]
    cautious: dict[Text, tuple[Text, ...]] = {}


class ActorEntry(Entry):
    """One of actors.yaml."""

    id: Slug
    name: Text
    kind: Kind
    role: Text
    as_of: Date
    passages: tuple[PassageId, ...]


class EventEntry(Entry):
    """One of timeline.yaml."""

    id: Slug
    date: Date
    text: Text
    topics: Slugs
    sources: Slugs


class WordingsEntry(Entry):
    """One of wordings/<subject>.yaml: for passages' ids, other words in which readers ask for them."""

    wordings: dict[PassageId, Annotated[tuple[Text, ...], Field(min_length=1, max_length=40)]]


class PositionEntry(Entry):
    """A position of an issue."""

    party: Slug
    stance: Stance
    text: Text
    passages: tuple[PassageId, ...]


class RecommendationEntry(Entry):
    """A recommendation of an issue."""

    id: Slug
    text: Text
    addressees: Slugs
    sources: Slugs
    as_of: Date
    passages: tuple[PassageId, ...]


class IssueEntry(Entry):
    """One of issues/<subject>.yaml."""

    id: Slug
    title: Text
    topics: Slugs
    status: Status
    as_of: Date
    summary: Text
    why: Text
    passages: PassageIds
    positions: tuple[PositionEntry, ...]
    recommendations: tuple[RecommendationEntry, ...]


class SourceEntry(Entry):
    """The front matter of sources/<id>.md. Without `published`, its `note` says that the date is unknown."""

    id: Slug
    title: Text
    publisher: Text
    short: Text
    authors: tuple[Text, ...] = ()
    published: Date | None = None
    url: Url
    kind: Text
    topics: Slugs
    note: Text | None = None


class CompilationEntry(Entry):
    """The front matter of compiled/<id>.md."""

    id: Slug
    title: Text
    sources: Annotated[tuple[Slug, ...], Field(min_length=2)]
    topics: Slugs


class PassageEntry(Entry):
    """The block of one passage."""

    as_of: Date
    locator: Text
    topics: Slugs
    parties: tuple[Slug, ...]
    asks: Annotated[tuple[Text, ...], Field(min_length=2, max_length=5)]
    basis: Basis | None = None
    sources: Slugs | None = None
    superseded_by: PassageId | None = None


E = TypeVar("E", bound=Entry)


def validate(schema: type[E], value: Value, document: Document, at: Location = ()) -> E | list[Problem]:
    """The entry at a place of a document, or everything that is wrong with it."""
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        id_ = value.get("id") if isinstance(value, dict) else None
        name = id_ if isinstance(id_, str) and id_ else "-"
        return [
            Problem(document.file, document.line((*at, *found["loc"])), name, _sentence(found))
            for found in error.errors(include_url=False)
        ]


_PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "too_short": "lists {actual_length}; at least {min_length} are needed",
    "too_long": "lists {actual_length}; at most {max_length} are allowed",
    "value_error": "{error}",
}


def _sentence(found: ErrorDetails) -> str:
    """What pydantic found, in the words of somebody who writes YAML."""
    key = ".".join(str(part) for part in found["loc"] if part != "[key]") or "the entry"
    if template := _PLAIN.get(found["type"]):
        return f"{key}: {template.format(**found.get('ctx', {}))}"
    return f"{key}: {found['msg'].replace('Input should be', 'must be')}"
