"""What the corpus is made of, and what a question gives back: frozen values, no behaviour that needs the outside."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.dates import PartialDate


class Basis(StrEnum):
    """Whose words a passage is in."""

    SUMMARY = "summary"  # our words on one publication
    COMPILED = "compiled"  # our words on several publications
    VERBATIM = "verbatim"  # a quotation


class Status(StrEnum):
    """Where an issue stands."""

    OPEN = "open"
    EASED = "eased"
    SETTLED = "settled"


class Stance(StrEnum):
    """What a position is: what a party wants for itself, or what it expects of the other side."""

    INTEREST = "interest"
    EXPECTATION = "expectation"


@dataclass(frozen=True, slots=True)
class Source:
    """One publication.

    `short` is the publisher as a reader names it in a hurry ("USIP"). `published` is None where nobody knows (`note` then says
    so), and like `url` for documents that a reader added.
    """

    id: str
    title: str
    publisher: str | None
    short: str
    authors: tuple[str, ...]
    published: PartialDate | None
    url: str | None
    kind: str
    topics: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that stands on its own: 40 to 120 words in the curated corpus.

    `id` is ``<file id>/<slug>``; `heading` runs from the section to the passage's own title; `locator` says where in the
    source the claim stands; `sources` are the ids of the publications that carry it (one for a summary or a quotation,
    two or more when compiled). `asks` and `wordings` are indexed and never shown: the questions that it answers, and the
    other words in which readers put them. `span` is where a reader's own file has the text.
    """

    id: str
    heading: tuple[str, ...]
    text: str
    as_of: PartialDate | None
    locator: str
    topics: tuple[str, ...]
    parties: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]
    asks: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    superseded_by: str | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """What one party (an actor's id) wants or expects on an issue, and the passages that say so."""

    party: str
    stance: Stance
    text: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Who (actors' ids) should do what, by whose advice (sources' ids), said when."""

    id: str
    issue: str
    text: str
    addressees: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: PartialDate
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A key issue: what it is, why it matters, who wants what, and what was advised."""

    id: str
    title: str
    topics: tuple[str, ...]
    status: Status
    as_of: PartialDate
    summary: str
    why: str
    passages: tuple[str, ...]
    positions: tuple[Position, ...]
    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, body, group, community or person. `aliases` are those of the thesaurus for `name`."""

    id: str
    name: str
    kind: str
    role: str
    as_of: PartialDate
    passages: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day, in a month or in a year, and the publications that say so."""

    id: str
    date: PartialDate
    text: str
    topics: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of the subject; every passage belongs to one or more. `introduction`: a few sentences for a reader."""

    id: str
    title: str
    description: str
    keywords: tuple[str, ...]
    introduction: str | None = None


@dataclass(frozen=True, slots=True)
class Synonyms:
    """One entry of the thesaurus: a canonical name and what else it is called.

    `aliases` match in any letter case, `cautious` only in exactly the case written ("IS", "WB").
    """

    name: str
    aliases: tuple[str, ...]
    cautious: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything curated, keyed by id, in the order of the files.

    `version` is the first twelve hexadecimal digits of a SHA-256 over all content; `date` is the day of the last
    curation; `stopwords` are the words that are not searched.
    """

    version: str
    date: PartialDate
    sources: dict[str, Source]
    passages: dict[str, Passage]
    issues: dict[str, Issue]
    actors: dict[str, Actor]
    events: dict[str, Event]
    topics: dict[str, Topic]
    thesaurus: tuple[Synonyms, ...]
    stopwords: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Query:
    """A cleaned question: one line of visible characters. `truncated` when the reader wrote more than is searched.

    `before` is what a follow-up is read with (`knowledge.followup`), empty for a question that stands alone.
    """

    text: str
    truncated: bool = False
    before: str = ""

    @property
    def whole(self) -> str:
        """The question in one line, which `knowledge.query.parse` reads as this question again."""
        return f'{self.text} re:"{self.before}"' if self.before else self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, best first.

    `highlights` are the (start, end) offsets in `passage.text` of words that matched, in order and apart; `best` is the
    (start, end) of the run of whole sentences that answers best.
    """

    passage: Passage
    score: float
    highlights: tuple[tuple[int, int], ...]
    best: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question that was searched as another."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the corpus says to a question. Not `confident`: `hits` are the closest, but none answers.

    `doubtful`: they may answer, but none has all of the question; `lacking` are its words that the best have not.

    `corrections` are for "Showing results for ..."; `notes` are sentences for the reader on the filters of the question:
    which of them means nothing, and why nothing was found.
    """

    query: Query
    hits: tuple[Hit, ...]
    confident: bool
    corrections: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()
    doubtful: bool = False
    lacking: tuple[str, ...] = ()
