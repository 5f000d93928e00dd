"""What an editor should mend and a reader can live with: what nobody uses, what is there twice, what is not yet written.

A corpus with such problems still loads; `checks` has those with which it does not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from knowledge.analysis import Analyzer
from knowledge.drafts import Draft, Placed
from knowledge.errors import Problem
from knowledge.likeness import alike
from knowledge.snippets import sentences

# Measured on 588 passages by four hands, 173,000 pairs: the three above this that no link joined each told one fact
# twice, and from 0.48 down they told two. Linked pairs, then and now, reach 0.57.
ALIKE = 0.5
MAX_SENTENCES = 3  # of a topic's introduction

_SAME_PAGE = re.compile(r"^https?://(?:www\.)?|[/#]+$")  # what two addresses of one page may differ in


def problems(draft: Draft) -> Iterator[Problem]:
    """Everything that an editor should mend."""
    for check in _CHECKS:
        yield from check(draft)


def _unused(draft: Draft) -> Iterator[Problem]:
    if draft.unread:
        return  # the file that cannot be read may be the one that uses an id
    passages = [one.value for one in draft.passages]
    advice = [one for issue in draft.issues for one in issue.value.recommendations]
    cited = _all((*passages, *(one.value for one in draft.events), *advice), "sources") | draft.mentioned
    acting = _all(passages, "parties") | _all(advice, "addressees") | draft.mentioned
    acting.update(one.party for issue in draft.issues for one in issue.value.positions)
    subjects = _all(passages, "topics") | draft.mentioned
    pages = {one.id.partition("/")[0] for one in draft.passages} | draft.mentioned
    yield from _idle(draft.sources, cited, "is cited by no passage, event or recommendation; cite it or delete it")
    yield from _idle(draft.compilations, pages, "has no passage; write one or delete it")
    yield from _idle(draft.topics, subjects, "has no passage; write one or delete it")
    silent = [actor for actor in draft.actors if not actor.value.passages]
    yield from _idle(silent, acting, "is no party or addressee and has no passages; give it some or delete it")


def _all(entries: Iterable[object], key: str) -> set[str]:
    """All ids that entries name under a key."""
    return {id_ for entry in entries for id_ in getattr(entry, key)}


def _idle(placed: Iterable[Placed[object]], used: set[str], text: str) -> Iterator[Problem]:
    return (one.problem(text) for one in placed if one.id not in used)


def _introductions(draft: Draft) -> Iterator[Problem]:
    if not any(topic.value.introduction for topic in draft.topics):
        return  # nobody has begun
    for topic in draft.topics:
        count = len(sentences(topic.value.introduction or ""))
        if count == 0:
            yield topic.problem("introduction: is missing; others have one")
        elif count > MAX_SENTENCES:
            yield topic.problem(
                f"introduction: has {count} sentences; up to {MAX_SENTENCES} are enough", "introduction"
            )


def _same(draft: Draft) -> Iterator[Problem]:
    """Two entries for one thing."""
    analyzer = Analyzer(())
    concepts = {
        tuple(analyzer.terms(form)): entry.id
        for entry in draft.thesaurus
        for form in (entry.value.name, *entry.value.aliases)
    }
    yield from _one_key(
        draft.sources, "url", lambda one: one.value.url and _SAME_PAGE.sub("", one.value.url), "has the address of"
    )
    yield from _one_key(
        draft.actors,
        "name",
        lambda one: concepts.get(key := tuple(analyzer.terms(one.value.name)), key),
        "is by its name the same as",
    )
    yield from _one_key(
        draft.events,
        "text",
        lambda one: (one.value.date, frozenset(analyzer.terms(one.value.text))),
        "tells the same as",
    )


def _one_key(
    placed: Iterable[Placed[object]], name: str, key_of: Callable[..., Hashable], relation: str
) -> Iterator[Problem]:
    first: dict[Hashable, str] = {}
    for one in placed:
        other = first.setdefault(key_of(one), one.id)
        if other != one.id:
            yield one.problem(f"{name}: {relation} {other!r}; keep one", name)


def _near(draft: Draft) -> Iterator[Problem]:
    """The same told twice, where no link says that one came after the other."""
    analyzer = Analyzer(draft.stopwords)
    told: set[int] = set()
    for pair in alike([analyzer.terms(passage.value.text) for passage in draft.passages], ALIKE):
        earlier, later = draft.passages[pair.earlier], draft.passages[pair.later]
        linked = earlier.value.superseded_by == later.id or later.value.superseded_by == earlier.id
        if not linked and pair.later not in told:
            told.add(pair.later)
            yield later.problem(
                f"tells the same as {earlier.id!r} ({pair.share:.0%} alike); keep one, or link them by superseded_by"
            )


def _names(draft: Draft) -> Iterator[Problem]:
    """An actor under a name that is only an alias has no aliases."""
    analyzer = Analyzer(())
    owners: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in draft.thesaurus:
        for form in (entry.value.name, *entry.value.aliases):
            owners[tuple(analyzer.terms(form))].append(entry.id)
    for actor in draft.actors:
        names = owners.get(tuple(analyzer.terms(actor.value.name)), [])
        if names and actor.value.name not in names:
            yield actor.problem(f"name: {actor.value.name!r} is called {names[0]!r} in the thesaurus", "name")


_CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (_unused, _introductions, _same, _names, _near)
