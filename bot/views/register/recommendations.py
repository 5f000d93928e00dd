"""Recommendations: who should do what, by whose advice, then and now."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.texts import DOT, common, counted
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.message import Message
from bot.views.register.citations import linked_all, spoken_sources, words
from bot.views.register.frame import Frame
from bot.views.register.key import About, Page, PageKey
from bot.views.register.lists import Item, listed
from knowledge.dates import PartialDate
from knowledge.library import Library
from knowledge.models import Actor, Recommendation

MOST: Final = 10


def recommendations(frame: Frame) -> Message:
    """The advice on a topic by addressee, or to one addressee, or all by addressee; the newest first in each group."""
    corpus, key = frame.library.corpus, frame.key
    if key.about is About.ACTOR:
        return _to(frame, corpus.actors[key.subject])
    topic = corpus.topics.get(key.subject)
    chosen = frame.register.recommendations(topic=topic.id if topic else None)

    def draw(advice: Recommendation) -> Item:
        return advice_item(frame, advice, addressees(frame.library, advice), of_issue=True)

    title = texts.ADVICE_ON.format(topic=topic.title) if topic else common.RECOMMENDATIONS
    eras = texts.ERAS.format(date=horizon(frame))
    return listed(
        frame,
        title,
        by_addressee(chosen),
        draw,
        lead=[b.context(eras)],
        said=f"{eras}.",
        most=MOST,
        menu=texts.OPEN_ISSUE,
        empty=texts.NO_ADVICE,
    )


def _to(frame: Frame, actor: Actor) -> Message:
    chosen = frame.register.recommendations(addressee=actor.id)

    def draw(advice: Recommendation) -> Item:
        return advice_item(frame, advice, texts.ERA[frame.register.era(advice.as_of)], of_issue=True)

    related = frame.register.related_addressees(actor)
    eras = [texts.ERAS.format(date=horizon(frame))] if chosen else []
    others = ", ".join(f"{words(one.name)} ({count})" for one, count in related)
    lead = [*eras, *([texts.SEE_ADDRESSEES.format(names=others)] if others else [])]
    title = texts.ADVICE_TO.format(actor=actor.name)
    body = [b.context(*lead)] if lead else []
    return listed(
        frame,
        title,
        chosen,
        draw,
        lead=body,
        said=". ".join(lead),
        most=MOST,
        menu=texts.OPEN_ISSUE,
        empty=texts.NO_ADVICE,
    )


def advice_item(frame: Frame, advice: Recommendation, group: str, *, of_issue: bool = False) -> Item:
    """What is advised, then or now, as of when, by whom."""
    library = frame.library
    issue = library.corpus.issues[advice.issue]
    era = texts.ERA[frame.register.era(advice.as_of)]
    about = [texts.ON_ISSUE.format(issue=words(issue.title))] if of_issue else []
    by = f"{counted(len(advice.sources), texts.BY)} {linked_all(library, advice.sources)}"
    dated = advice.as_of.label
    said = f"{era.lower()}, {dated}; {spoken_sources(library, advice.sources)}"
    return Item(
        (b.section(words(advice.text)), b.context(DOT.join([f"*{era}*, {dated}", by, *about]))),
        f"{words(advice.text)} ({'; '.join([said, *about])})",
        group,
        (issue.title, PageKey(Page.ISSUE, About.ISSUE, issue.id)) if of_issue else None,
    )


def horizon(frame: Frame) -> str:
    """The day from which on facts are "now", as a month and year."""
    day = frame.register.horizon
    return PartialDate(day.year, day.month).label


def by_addressee(advice: Iterable[Recommendation]) -> list[Recommendation]:
    """By addressees, those first to whom most is said; within them in the order given."""
    given = list(advice)
    count = Counter(one.addressees for one in given)
    return sorted(given, key=lambda one: (-count[one.addressees], one.addressees))


def addressees(library: Library, advice: Recommendation) -> str:
    """To whom it is said, as a heading."""
    *others, last = (library.corpus.actors[id_].name for id_ in advice.addressees)
    return texts.ADVICE_TO.format(actor=common.AND.join(filter(None, (", ".join(others), last))))
