"""What the filters of a question mean in a corpus: which passages may answer, and what to tell about a wrong filter."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.analysis import words
from knowledge.bm25 import Scores
from knowledge.dates import PartialDate
from knowledge.filters import Filter, Key, Request
from knowledge.index import Index
from knowledge.models import Actor, Basis, Corpus, Passage, Source, Topic

MOST = 8  # filters, phrases and excluded words that count; the time of a question is bounded
NEAREST = 3  # valid values that are offered for a wrong one
LEAST_LIKENESS = 50  # of 100; below it a value resembles nothing, and the first values are offered

Meets = Callable[[Passage], bool]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows the passages for one question.

    `met` has the places of the passages that may answer (None: all of them); `wanted` repeats the filters that count,
    and `problems` are sentences on those that do not.
    """

    met: frozenset[int] | None = None
    wanted: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def keep(self, scores: Scores) -> Scores:
        """The scores, with 0 for every passage that may not answer."""
        if self.met is None:
            return scores
        kept = np.zeros_like(scores)
        places = list(self.met)
        kept[places] = scores[places]
        return kept

    def notes(self, *, found: bool) -> tuple[str, ...]:
        """Sentences for the reader: wrong filters, and why nothing was `found`."""
        if found or self.met is None:
            return self.problems
        wanted = " ".join(self.wanted)
        if not self.met:
            return (*self.problems, f"The corpus has no passage with {wanted}.")
        count = "1 passage" if len(self.met) == 1 else f"{len(self.met)} passages"
        return (*self.problems, f"None of the {count} with {wanted} has these words.")


class Selector:
    """The valid values of one corpus. Names are compared in any letter case, hyphens and spaces alike."""

    def __init__(self, corpus: Corpus, index: Index, terms_of: Callable[[str], Sequence[str]]) -> None:
        self._passages = tuple(corpus.passages.values())
        self._index = index
        self._terms_of = terms_of
        self._names = {
            Key.SOURCE: _table((source.id, _source_names(source)) for source in corpus.sources.values()),
            Key.TOPIC: _table((topic.id, _topic_names(topic)) for topic in corpus.topics.values()),
            Key.ACTOR: _table((actor.id, _actor_names(actor)) for actor in corpus.actors.values()),
            Key.BASIS: _table((basis.value, [basis.value]) for basis in Basis),
        }

    def narrow(self, request: Request) -> Narrowing:
        """The passages that meet a request: of several values of one filter any, of different filters all."""
        if not request.narrows:
            return Narrowing()
        problems: list[str] = []
        says = [*((one, False) for one in request.phrases), *((one, True) for one in request.without)]
        if len(request.filters) > MOST or len(says) > MOST:
            problems.append(f"Only the first {MOST} filters were used.")
        groups: defaultdict[str, list[set[int]]] = defaultdict(list)
        wanted: list[str] = []
        for one in request.filters[:MOST]:
            meets = self._date(one) if one.key in {Key.AFTER, Key.BEFORE} else self._named(one)
            if isinstance(meets, str):
                problems.append(meets)
                continue
            places = {place for place, passage in enumerate(self._passages) if meets(passage) is not one.excludes}
            together = one.key if one.key in self._names and not one.excludes else str(one)
            groups[together].append(places)
            wanted.append(str(one))
        for phrase, excludes in says[:MOST]:
            if terms := self._terms_of(phrase):
                text = f'{"-" if excludes else ""}"{phrase}"'
                groups[text].append(self._saying(terms, excludes=excludes))
                wanted.append(text)
        if not groups:
            return Narrowing(problems=tuple(problems))
        met = frozenset.intersection(*(frozenset().union(*group) for group in groups.values()))
        return Narrowing(met, tuple(wanted), tuple(problems))

    def _saying(self, terms: Sequence[str], *, excludes: bool) -> set[int]:
        return {place for place in range(len(self._passages)) if self._index.says(place, terms) is not excludes}

    def _named(self, wanted: Filter) -> Meets | str:
        names = self._names[wanted.key]
        ids = names.get(_folded(wanted.value))
        if ids is None:
            return f"{_unknown(wanted)} The nearest: {', '.join(self._nearest(wanted))}."
        match wanted.key:
            case Key.SOURCE:
                return lambda passage: not ids.isdisjoint(passage.sources)
            case Key.TOPIC:
                return lambda passage: not ids.isdisjoint(passage.topics)
            case Key.ACTOR:
                return lambda passage: not ids.isdisjoint(passage.parties)
            case _:
                return lambda passage: passage.basis in ids

    @staticmethod
    def _date(wanted: Filter) -> Meets | str:
        """Wholly after, or wholly before, the time that is named; what has no date is neither."""
        try:
            date = PartialDate.parse(wanted.value)
        except ValueError:
            return f"{_unknown(wanted)} A date is written 2021, 2021-06 or 2021-06-30."
        if wanted.key is Key.AFTER:
            return lambda passage: passage.as_of is not None and passage.as_of.earliest > date.latest
        return lambda passage: passage.as_of is not None and passage.as_of.latest < date.earliest

    def _nearest(self, wanted: Filter) -> Sequence[str]:
        """The ids whose names are most alike, at most `NEAREST`, best first."""
        names = self._names[wanted.key]
        alike = process.extract(
            _folded(wanted.value), names.keys(), scorer=fuzz.ratio, limit=4 * NEAREST, score_cutoff=LEAST_LIKENESS
        )
        ids = (id_ for name, _, _ in alike for id_ in sorted(names[name]))
        return list(dict.fromkeys(ids))[:NEAREST] or sorted({id_ for some in names.values() for id_ in some})[:NEAREST]


def _unknown(wanted: Filter) -> str:
    what = f"“{wanted.value}” is no {wanted.key}" if wanted.value else f"{wanted.key}: needs a value"
    if wanted.key in {Key.AFTER, Key.BEFORE} and wanted.value:
        what = f"“{wanted.value}” after {wanted.key}: is no date"
    return f"{what}, so that filter was left out."


def _table(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for id_, names in entries:
        for name in names:
            ids[_folded(name)].add(id_)
    return {name: frozenset(some) for name, some in ids.items() if name}


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def _source_names(source: Source) -> Iterator[str]:
    yield from (source.id, source.short, source.title)
    if source.publisher:
        yield source.publisher


def _topic_names(topic: Topic) -> Iterator[str]:
    yield from (topic.id, topic.title, *topic.id.split("-"), *topic.keywords)


def _actor_names(actor: Actor) -> Iterator[str]:
    yield from (actor.id, actor.name, *actor.aliases, *(" ".join(words(alias)) for alias in actor.aliases))
