"""What must hold between the curated files: references, ages, lengths. Every check yields all that it finds."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from knowledge.analysis import Analyzer
from knowledge.dates import PartialDate
from knowledge.drafts import Draft, Placed
from knowledge.errors import Problem
from knowledge.models import Basis, Issue

MIN_WORDS, MAX_WORDS = 40, 120
MAX_LETTERS = 60  # of a word; what is longer is no word, and slow to look through
MAX_TITLE = 150  # characters; what Slack shows as a heading

_UNDATED = re.compile(r"\b(?:un)?dated?\b|\bday\b", re.IGNORECASE)


def problems(draft: Draft, today: PartialDate | None = None) -> Iterator[Problem]:
    """Everything wrong between the entries that are sound in themselves.

    No date may be after the corpus's own, and that not after `today`, if given.
    """
    for check in _CHECKS:
        yield from check(draft)
    if draft.date:
        yield from _later(draft, draft.date, today)


def _ids(draft: Draft) -> Iterator[Problem]:
    kinds: tuple[Sequence[Placed[object]], ...] = (
        draft.topics,
        draft.actors,
        draft.events,
        draft.issues,
        draft.passages,
        draft.wordings,
    )
    for kind in kinds:
        yield from _twice(kind)
    recommendations = [
        Placed(one, one.id, issue.document, (*issue.at, "recommendations", position))
        for issue in draft.issues
        for position, one in enumerate(issue.value.recommendations)
    ]
    yield from _twice(recommendations)


def _twice(placed: Iterable[Placed[object]]) -> Iterator[Problem]:
    seen: dict[str, Placed[object]] = {}
    for one in placed:
        if first := seen.get(one.id):
            yield one.problem(f"the id is taken by {first.document.file}:{first.document.line(first.at)}")
        seen.setdefault(one.id, one)


def _references(draft: Draft) -> Iterator[Problem]:
    for passage in draft.passages:
        yield from _unknown(
            draft, passage, topics=passage.value.topics, parties=passage.value.parties, sources=passage.value.sources
        )
        if passage.value.superseded_by:
            yield from _unknown(draft, passage, superseded_by=[passage.value.superseded_by])
    yield from _references_of_pages(draft)
    for actor in draft.actors:
        yield from _unknown(draft, actor, passages=actor.value.passages)
    for event in draft.events:
        yield from _unknown(draft, event, topics=event.value.topics, sources=event.value.sources)
    for issue in draft.issues:
        yield from _unknown(draft, issue, topics=issue.value.topics, passages=issue.value.passages)
        for number, position in enumerate(issue.value.positions):
            at = _below(issue, "positions", number)
            yield from _unknown(draft, at, passages=position.passages)
            yield from _unknown(draft, at, party=[position.party])
        for number, one in enumerate(issue.value.recommendations):
            at = _below(issue, "recommendations", number)
            yield from _unknown(draft, at, addressees=one.addressees, sources=one.sources, passages=one.passages)


def _references_of_pages(draft: Draft) -> Iterator[Problem]:
    for source in draft.sources:
        yield from _unknown(draft, source, topics=source.value.topics)
    for compilation in draft.compilations:
        yield from _unknown(draft, compilation, topics=compilation.value.topics, sources=compilation.value.sources)
    for wordings in draft.wordings:
        yield from _unknown(draft, wordings, wordings=[wordings.id])


def _below(issue: Placed[Issue], key: str, number: int) -> Placed[Issue]:
    return Placed(issue.value, issue.id, issue.document, (*issue.at, key, number))


_DECLARED = {  # key of an entry -> where the ids it names are declared
    "topics": "topics.yaml",
    "parties": "actors.yaml",
    "party": "actors.yaml",
    "addressees": "actors.yaml",
    "sources": "sources",
    "passages": "passages",
    "wordings": "passages",
    "superseded_by": "passages",
}


def _unknown(draft: Draft, placed: Placed[object], **names: Sequence[str]) -> Iterator[Problem]:
    """The ids that an entry names under some keys and nobody declares, and those it names twice."""
    for key, ids in names.items():
        kind = _DECLARED[key]
        known = draft.declared.get(kind, set())
        seen: set[str] = set()
        for position, id_ in enumerate(ids):
            if id_ not in known and kind not in draft.unread and id_.partition("/")[0] not in draft.unread:
                yield placed.problem(f"{key}: {id_!r} is unknown", key, position)
            elif id_ in seen:
                yield placed.problem(f"{key}: {id_!r} stands twice", key, position)
            seen.add(id_)


def _dated(draft: Draft) -> Iterator[tuple[Placed[object], str, PartialDate]]:
    """Every entry with a date: the entry, the key and the date."""
    dated: list[tuple[Placed[object], str, PartialDate | None]] = [
        *((one, "as_of", one.value.as_of) for one in draft.passages),
        *((one, "as_of", one.value.as_of) for one in draft.actors),
        *((one, "as_of", one.value.as_of) for one in draft.issues),
        *((one, "published", one.value.published) for one in draft.sources),
        *((one, "date", one.value.date) for one in draft.events),
        *(
            (_below(issue, "recommendations", number), "as_of", one.as_of)
            for issue in draft.issues
            for number, one in enumerate(issue.value.recommendations)
        ),
    ]
    return ((placed, key, date) for placed, key, date in dated if date)


def _later(draft: Draft, own: Placed[PartialDate], today: PartialDate | None) -> Iterator[Problem]:
    day, name = own.value, f"the corpus's own date, {own.value}"
    if today and today.latest < own.value.earliest:
        day, name = today, str(today)
        yield own.problem(f"date: {own.value} is after {today}")
    for placed, key, date in _dated(draft):
        if date.earliest > day.latest:
            yield placed.problem(f"{key}: {date} is after {name}", key)


def _undated(draft: Draft) -> Iterator[Problem]:
    for source in draft.sources:
        if source.value.published is None and not _UNDATED.search(source.value.note or ""):
            yield source.problem("published: is missing; give it, or say in `note` that the date is unknown")


def _lengths(draft: Draft) -> Iterator[Problem]:
    for passage in draft.passages:
        words = passage.value.text.split()
        if not MIN_WORDS <= len(words) <= MAX_WORDS:
            yield passage.problem(f"has {len(words)} words; a passage has {MIN_WORDS} to {MAX_WORDS}")
        if (longest := max(map(len, words), default=0)) > MAX_LETTERS:
            yield passage.problem(f"has a word of {longest} letters; write prose")
        if (longest := max(map(len, passage.value.heading))) > MAX_TITLE:
            yield passage.problem(f"has a title of {longest} characters; at most {MAX_TITLE} are shown")


def _citations(draft: Draft) -> Iterator[Problem]:
    for passage in draft.passages:
        cited = len(passage.value.sources)
        if passage.value.basis is Basis.COMPILED and cited < 2:  # noqa: PLR2004 - "compiled" means of several
            yield passage.problem("is compiled, but cites fewer than two sources", "sources")
        if passage.value.basis is not Basis.COMPILED and cited != 1:
            yield passage.problem(f"is a {passage.value.basis} text, so it cites one source, not {cited}", "sources")


def _asks(draft: Draft) -> Iterator[Problem]:
    analyzer = Analyzer(draft.stopwords)
    asked: dict[str, str] = {}
    shown: dict[str, list[str]] = {}
    for passage in draft.passages:
        shown[passage.id] = [_spaced(analyzer.terms(part)) for part in (*passage.value.heading, passage.value.text)]
        for position, ask in enumerate(passage.value.asks):
            if problem := _no_ask(analyzer, ask, passage.id, shown[passage.id], asked):
                yield passage.problem(f"asks: {problem}", "asks", position)
    for wordings in draft.wordings:
        for position, wording in enumerate(wordings.value):
            if problem := _no_ask(analyzer, wording, wordings.id, shown.get(wordings.id, []), asked):
                yield wordings.problem(f"wordings: {problem}", position)


def _no_ask(analyzer: Analyzer, ask: str, id_: str, shown: Sequence[str], asked: dict[str, str]) -> str | None:
    """What is wrong with a question that is indexed with a passage; `asked` has those seen, with their passages."""
    terms = _spaced(analyzer.terms(ask))
    if not terms.strip():
        return f"{ask!r} has no word that is searched"
    if any(terms in part for part in shown):
        return f"{ask!r} only repeats the passage"
    first = asked.setdefault(terms, id_)
    return None if first == id_ else f"{ask!r} is asked by {first} as well"


def _spaced(terms: Iterable[str]) -> str:
    """Terms, which hold no blank, as a text in which runs of them can be looked for."""
    return f" {' '.join(terms)} "


def _successors(draft: Draft) -> Iterator[Problem]:
    passages = {passage.id: passage.value for passage in draft.passages}
    circles = _circles({id_: passage.superseded_by for id_, passage in passages.items()})
    for passage in draft.passages:
        successor = passages.get(passage.value.superseded_by or "")
        if successor is None:
            continue
        if passage.value.as_of and successor.as_of and successor.as_of.latest < passage.value.as_of.earliest:
            yield passage.problem(f"superseded_by: {successor.id!r} is older ({successor.as_of})", "superseded_by")
        if passage.id in circles:
            yield passage.problem("superseded_by: leads back to this passage", "superseded_by")


def _circles(successors: Mapping[str, str | None]) -> set[str]:
    """The ids that one comes back to by following successors."""
    found: set[str] = set()
    done: set[str] = set()
    for start in successors:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in successors and at not in done:
            done.add(at)
            path.append(at)
            at = successors[at]
        if at in path:  # and not in an earlier path
            found.update(path[path.index(at) :])
    return found


def _aliases(draft: Draft) -> Iterator[Problem]:
    """One name for two things: in any letter case for aliases, in exactly one for cautious forms."""
    analyzer = Analyzer(())
    owners: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)  # in order
    for entry in draft.thesaurus:
        forms = [(form, tuple(analyzer.terms(form))) for form in (entry.value.name, *entry.value.aliases)]
        for form, key in forms + [(form, ("cautious", form)) for form in entry.value.cautious]:
            if other := next((name for name in owners[key] if name != entry.id), None):
                yield entry.problem(f"{form!r} is a name of {other!r} as well")
            if not analyzer.terms(form):
                yield entry.problem(f"{form!r} has no word that is searched")
            owners[key][entry.id] = None


_CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    _ids,
    _references,
    _undated,
    _lengths,
    _citations,
    _asks,
    _successors,
    _aliases,
)
