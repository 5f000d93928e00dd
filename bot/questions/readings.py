"""What stands after a sub-command: a name that the register knows, a time, or nothing. Everything else is no reading."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import OSA

from bot.texts import register as texts
from bot.views.register.key import About, Page, PageKey
from knowledge.dates import PartialDate
from knowledge.names import How, Names
from knowledge.register import Register
from knowledge.times import named

MOST_CHOICES: Final = 10  # a name that may mean more things is not clearly a name
NEAREST: Final = 3  # ids offered for a wrong one
MARKS: Final = " \t?!.,;:؟،؛…\"'“”‘’()/"


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages that the rest may mean, and whether a slip was put right."""

    keys: tuple[PageKey, ...]
    slipped: bool = False
    question: str = texts.WHICH


def issues(register: Register, rest: str) -> Reading | None:
    """`issues [topic]`: the list, or the page of an issue that is named."""
    rest = _without(rest, _ON)
    if not rest:
        return Reading((PageKey(Page.ISSUES),))
    topics = _topics(register, Page.ISSUES)
    return _first(rest, topics, _Finder(register.names.issues, _ISSUE_PAGE), _keywords(register, Page.ISSUES))


def issue(register: Register, rest: str) -> Reading | None:
    """`issue <name>`: the page, or the list of a topic that is named."""
    if not rest:
        return Reading((PageKey(Page.ISSUES),))
    one = _Finder(register.names.issues, _ISSUE_PAGE)
    return _first(rest, one, _topics(register, Page.ISSUES), _keywords(register, Page.ISSUES, loose=True))


def recommendations(register: Register, rest: str) -> Reading | None:
    """`recommendations [topic or addressee]`."""
    if not rest:
        return Reading((PageKey(Page.RECOMMENDATIONS),))
    actors = _page(Page.RECOMMENDATIONS, About.ACTOR)
    topics, keywords = _topics(register, Page.RECOMMENDATIONS), _keywords(register, Page.RECOMMENDATIONS)
    if (name := _without(rest, _TO)) != rest:
        return _first(name, _Finder(register.names.actors, actors), topics, keywords)
    advised = _Finder(register.names.actors, actors, lambda id_: bool(register.recommendations(addressee=id_)))
    return _first(_without(rest, _ON), topics, advised, keywords)


def who(register: Register, rest: str) -> Reading | None:
    """`who <actor>`."""
    if not rest:
        return Reading((PageKey(Page.ACTORS),))
    return _first(rest, _Finder(register.names.actors, _page(Page.ACTOR, About.ACTOR)))


def compare(register: Register, rest: str) -> Reading | None:
    """`compare <topic>`, or an issue, or a party."""
    rest = _without(rest, _ON)
    if not rest:
        return Reading((PageKey(Page.COMPARE),))
    party = _page(Page.POSITIONS, About.ACTOR)
    return _first(
        rest,
        _topics(register, Page.COMPARE),
        _Finder(register.names.issues, _page(Page.COMPARE, About.ISSUE)),
        _Finder(register.names.actors, party, lambda id_: bool(register.positions(id_))),
        _keywords(register, Page.COMPARE),
    )


def timeline(register: Register, rest: str) -> Reading | None:
    """`timeline [topic or actor] [from] [to]`."""
    rest, since, until = _times(rest)
    rest = _without(rest.strip(MARKS), _ON)
    if not rest:
        return Reading((PageKey(Page.TIMELINE, since=since, until=until),))
    found = _first(
        rest,
        _topics(register, Page.TIMELINE),
        _Finder(register.names.actors, _page(Page.TIMELINE, About.ACTOR), lambda id_: bool(register.events(actor=id_))),
        _keywords(register, Page.TIMELINE),
    )
    return found and replace(found, keys=tuple(replace(key, since=since, until=until) for key in found.keys))


def sources(register: Register, rest: str) -> Reading | None:
    """`sources [topic or publisher]`."""
    rest = _without(rest, _ON)
    if not rest:
        return Reading((PageKey(Page.SOURCES),))
    finders = (_topics(register, Page.SOURCES), _Finder(register.names.sources, _SOURCE_PAGE))
    by_name = _first(rest, *finders, _keywords(register, Page.SOURCES))
    return _publisher(register, rest) or by_name or _no_id(register, rest)


def source(register: Register, rest: str) -> Reading | None:
    """`source <id or name>`."""
    if not rest:
        return Reading((PageKey(Page.SOURCES),))
    by_name = _first(rest, _Finder(register.names.sources, _SOURCE_PAGE))
    return _publisher(register, rest) or by_name or _no_id(register, rest)


def _publisher(register: Register, rest: str) -> Reading | None:
    """The list of a publisher's publications, where there are several."""
    found = register.names.sources.find(rest)
    if found is None or found.how is not How.EXACT or len(found.ids) == 1:
        return None
    shorts = {register.corpus.sources[id_].short for id_ in found.ids}
    return Reading((PageKey(Page.SOURCES, About.PUBLISHER, shorts.pop()),)) if len(shorts) == 1 else None


def _no_id(register: Register, rest: str) -> Reading | None:
    """The nearest ids to what has the form of one."""
    if not _ID.fullmatch(rest):
        return None
    near = sorted(register.corpus.sources, key=lambda id_: OSA.normalized_distance(rest.casefold(), id_))[:NEAREST]
    return Reading(tuple(_SOURCE_PAGE(id_) for id_ in near), question=texts.NO_SOURCE)


_ID = re.compile(r"(?=\S*\d)[\w]+(?:-\w+)+")


def _page(page: Page, about: About) -> Callable[[str], PageKey]:
    return lambda id_: PageKey(page, about, id_)


_ISSUE_PAGE = _page(Page.ISSUE, About.ISSUE)
_SOURCE_PAGE = _page(Page.SOURCE, About.SOURCE)


@dataclass(frozen=True, slots=True)
class _Finder:
    """One way to read a name: `names` that have something to show, and the page of an id.

    `loose` when a whole name says no more than a part of another finder's.
    """

    names: Names
    key: Callable[[str], PageKey]
    shows: Callable[[str], bool] = lambda _: True
    loose: bool = False

    def find(self, rest: str) -> tuple[int, Reading] | None:
        """How unsure the reading is, and what it shows."""
        match = self.names.find(rest)
        ids = [id_ for id_ in match.ids if self.shows(id_)] if match else []
        if match is None or not 0 < len(ids) <= MOST_CHOICES:
            return None
        doubt = max(_DOUBT[match.how], _DOUBT[How.PART] if self.loose else 0)
        return doubt, Reading(tuple(map(self.key, ids)), match.how is How.ALIKE)


_DOUBT: Mapping[How, int] = {How.EXACT: 0, How.PART: 1, How.ALIKE: 2}


def _topics(register: Register, page: Page) -> _Finder:
    return _Finder(register.names.topics, _page(page, About.TOPIC))


def _keywords(register: Register, page: Page, *, loose: bool = False) -> _Finder:
    return _Finder(register.names.keywords, _page(page, About.TOPIC), loose=loose)


def _first(rest: str, *finders: _Finder) -> Reading | None:
    """What is named most surely: a whole name before a part of one before a slip, and of equals the first finder's."""
    found = [one for finder in finders if (one := finder.find(rest)) is not None]
    return min(found, key=lambda one: one[0])[1] if found else None


def _without(rest: str, leading: Iterable[str]) -> str:
    """The rest without a word that leads over to the name."""
    first, _, more = rest.partition(" ")
    if more and first.casefold() in leading:
        return more.removeprefix("the ").strip()
    return rest


def _times(rest: str) -> tuple[str, PartialDate | None, PartialDate | None]:
    """The rest without its times, and the first and last day: one year is that year, two are from one to the other."""
    found = _TIME.search(rest)
    if found is None:
        return rest, None, None
    since, until = (_date(found[group]) for group in ("since", "until"))
    lead = (found["lead"] or "").casefold()
    left = rest[: found.start()].rstrip()
    if since is None or (found["until"] and until is None):
        return rest, None, None
    if lead in _UNTIL:
        return left, None, _shifted(since.earliest, -1) if lead == "before" else since
    if lead == "after":
        return left, _shifted(since.latest, 1), until
    if until is None and lead not in _SINCE:
        until = since
    if until is not None and until.latest < since.earliest:
        since, until = until, since
    return left, since, until


def _shifted(day: dt.date, days: int) -> PartialDate:
    moved = day + dt.timedelta(days)
    return PartialDate(moved.year, moved.month, moved.day)


def _date(text: str | None) -> PartialDate | None:
    if not text:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError:
        dates = named(text)
        return dates[0] if dates else None


_ON: Final = frozenset({"on", "about"})
_TO: Final = frozenset({"to", "for"})
_SINCE: Final = frozenset({"from", "since"})
_UNTIL: Final = frozenset({"until", "till", "before", "to"})
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_A_TIME = rf"(?:{_MONTH}\s+)?(?:19|20)\d\d(?:-\d\d){{0,2}}"
_TIME = re.compile(
    rf"(?<!\S)(?:(?P<lead>from|since|after|until|till|before|to|between|in)\s+)?(?P<since>{_A_TIME})"
    rf"(?:\s*(?:-|–|—|to|until|till|and|\s)\s*(?P<until>{_A_TIME}))?$",
    re.IGNORECASE,
)
