"""The list of key issues, and the page of one."""

from typing import Final

from bot.texts import DOT, common, counted
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.message import Message
from bot.views.register.citations import evidence, fact, span, spoken_evidence, words
from bot.views.register.frame import Frame
from bot.views.register.key import About, Page, PageKey
from bot.views.register.lists import Item, as_it_is, listed
from bot.views.register.recommendations import addressees, advice_item, by_addressee
from knowledge.library import Library
from knowledge.models import Issue, Passage
from knowledge.register import Held

MOST: Final = 8
MOST_PARTS: Final = 20


def issues(frame: Frame) -> Message:
    """The key issues of a topic, or all of them by topic."""
    corpus = frame.library.corpus
    topic = corpus.topics.get(frame.key.subject)
    chosen = frame.register.issues(topic.id if topic else None)

    def draw(issue: Issue) -> Item:
        return _item(frame.library, issue, "" if topic else corpus.topics[issue.topics[0]].title)

    title = texts.ISSUES_ON.format(topic=topic.title) if topic else texts.ALL_ISSUES
    introduction = (topic.introduction or topic.description) if topic else ""
    lead = [b.section(words(introduction))] if introduction else []
    return listed(
        frame,
        title,
        chosen,
        draw,
        lead=lead,
        said=words(introduction),
        most=MOST,
        menu=texts.OPEN_ISSUE,
        empty=texts.NO_ISSUES,
    )


def issue_page(frame: Frame) -> Message:
    """One issue: what it is, why it matters, who wants what, who advised whom; everything dated and cited."""
    library, register = frame.library, frame.register
    issue = library.corpus.issues[frame.key.subject]
    lead = [
        b.context(standing(library, issue)),
        b.section(words(issue.summary)),
        b.section(f"*{texts.WHY}*\n{words(issue.why)}"),
    ]
    said = f"{standing(library, issue)}. {words(issue.summary)} {texts.WHY}: {words(issue.why)}"
    if (latest := newest(library, issue)) is not None:
        lead.append(b.context(texts.LATEST.format(fact=fact(library, latest))))
    held = [register.held(issue, one) for one in issue.positions]
    items = [position_item(library, one, texts.PARTIES) for one in held]
    items += [advice_item(frame, one, addressees(library, one)) for one in by_addressee(issue.recommendations)]
    side_by_side = (texts.COMPARE_THIS, PageKey(Page.COMPARE, About.ISSUE, issue.id))
    parties = dict.fromkeys(one.party for one in issue.positions)
    who = [(library.corpus.actors[id_].name, PageKey(Page.ACTOR, About.ACTOR, id_)) for id_ in parties]
    return listed(
        frame,
        issue.title,
        items,
        as_it_is,
        lead=lead,
        said=said,
        most=MOST_PARTS,
        menu=texts.SHOW_ELSE,
        choices=[side_by_side, *who],
    )


def standing(library: Library, issue: Issue) -> str:
    """Status, date and topics in one line."""
    topics = ", ".join(words(library.corpus.topics[id_].title) for id_ in issue.topics)
    return DOT.join((texts.STATUS[issue.status], common.AS_OF.format(date=issue.as_of.label), topics))


def newest(library: Library, issue: Issue) -> Passage | None:
    """The passage of an issue with the latest facts."""
    dated = [(one.as_of, one) for one in (library.corpus.passages[id_] for id_ in issue.passages) if one.as_of]
    return max(dated, key=lambda pair: (pair[0].earliest, pair[0].latest))[1] if dated else None


def position_item(library: Library, held: Held, group: str, *, of_party: bool = False) -> Item:
    """What a party wants or expects, with the dates and publications that it rests on.

    `of_party`: on a page about the party, where the issue is named in its place.
    """
    position = held.position
    dates = span(held.first, held.last)
    stance = texts.STANCE[position.stance]
    about = [texts.ON_ISSUE.format(issue=words(held.issue.title))] if of_party else []
    party = texts.PARTY_STANCE.format(party=library.corpus.actors[position.party].name, stance=stance.lower())
    lead = words(stance if of_party else party)
    return Item(
        (
            b.section(f"*{lead}:*  {words(position.text)}"),
            b.context(DOT.join([dates, *about, evidence(library, position.passages)])),
        ),
        f"{lead}: {words(position.text)} ({', '.join([dates, *about])}; {spoken_evidence(library, position.passages)})",
        group,
    )


def _item(library: Library, issue: Issue, group: str) -> Item:
    counts = (
        counted(len(issue.positions), texts.POSITIONS),
        counted(len(issue.recommendations), texts.ADVICE),
    )
    dated = f"{texts.STATUS[issue.status]}, {common.AS_OF.format(date=issue.as_of.label)}"
    latest = newest(library, issue)
    shown = [b.section(f"*{words(issue.title)}*\n{words(issue.why)}"), b.context(DOT.join((dated, *counts)))]
    if latest is not None:
        shown[-1] = b.context(f"{DOT.join((dated, *counts))}\n{texts.LATEST.format(fact=fact(library, latest))}")
    said = f"{words(issue.title)} ({dated}): {words(issue.why)}"
    return Item(tuple(shown), said, group, (issue.title, PageKey(Page.ISSUE, About.ISSUE, issue.id)))
