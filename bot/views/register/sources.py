"""The publications, and what rests on each."""

from dataclasses import replace
from typing import Final

from bot.bidi import isolated
from bot.mrkdwn import escape, link
from bot.texts import DOT, common, counted
from bot.texts import register as texts
from bot.views import blocks as b
from bot.views.message import Message
from bot.views.register.citations import linked_all, words
from bot.views.register.frame import Frame
from bot.views.register.key import About, Page, PageKey
from bot.views.register.lists import Item, as_it_is, event_item, listed
from bot.views.register.recommendations import advice_item
from knowledge.library import Library
from knowledge.models import Passage, Source
from knowledge.register import Resting

MOST: Final = 10
MOST_RESTING: Final = 15


def sources(frame: Frame) -> Message:
    """The publications on a topic, of a publisher or all, those first on which most rests."""
    corpus, key = frame.library.corpus, frame.key
    topic = corpus.topics[key.subject] if key.about is About.TOPIC else None
    short = key.subject if key.about is About.PUBLISHER else None
    chosen = frame.register.sources(topic=topic.id if topic else None, short=short)
    name = topic.title if topic else short
    title = texts.SOURCES_ON.format(topic=name) if name else texts.ALL_SOURCES
    number = counted(len(chosen), texts.SOURCES)

    def draw(source: Source) -> Item:
        return _item(source, frame.register.resting(source.id))

    return listed(
        frame,
        title,
        chosen,
        draw,
        lead=[b.context(number)],
        said=f"{number}.",
        most=MOST,
        menu=texts.OPEN_SOURCE,
        empty=texts.NO_SOURCES,
    )


def source_page(frame: Frame) -> Message:
    """One publication: who, when, where to read it, and everything that rests on it."""
    library = frame.library
    source = library.corpus.sources[frame.key.subject]
    resting = frame.register.resting(source.id)
    topics = ", ".join(words(library.corpus.topics[id_].title) for id_ in source.topics)
    where = texts.READ_IT.format(link=link(source.url, _host(source.url))) if source.url else texts.NO_ADDRESS
    facts = [_line(source), topics, where, rests(resting), *([words(source.note)] if source.note else [])]
    said = ". ".join([_line(source), topics, rests(resting)])
    items = [_passage_item(library, one, source, texts.ALONE) for one in resting.alone]
    items += [_passage_item(library, one, source, texts.TOGETHER) for one in resting.compiled]
    items += [advice_item(frame, one, common.RECOMMENDATIONS, of_issue=True) for one in resting.recommendations]
    items += [replace(event_item(library, one), group=common.EVENTS) for one in resting.events]
    return listed(
        frame,
        source.title,
        items,
        as_it_is,
        lead=[b.context("\n".join(facts))],
        said=f"{said}.",
        most=MOST_RESTING,
        menu=texts.OPEN_ISSUE,
        empty=texts.NONE,
    )


def rests(resting: Resting) -> str:
    """How many passages, recommendations and events rest on it."""
    counts = (
        (len(resting.alone) + len(resting.compiled), common.PASSAGES),
        (len(resting.recommendations), texts.ADVICE),
        (len(resting.events), texts.EVENTS),
    )
    return texts.RESTS.format(parts=", ".join(counted(number, words_) for number, words_ in counts if number))


def _line(source: Source) -> str:
    published = source.published.label if source.published else texts.UNPUBLISHED
    parts = [words(source.publisher or source.short), words(source.kind), published, f"`{source.id}`"]
    if source.authors:
        parts.insert(1, texts.WRITTEN_BY.format(authors=words(", ".join(source.authors))))
    return DOT.join(parts)


def _item(source: Source, resting: Resting) -> Item:
    title = link(source.url, isolated(source.title)) if source.url else words(source.title)
    return Item(
        (b.section(f"*{title}*"), b.context(f"{_line(source)}\n{rests(resting)}")),
        f"{words(source.title)} ({_line(source)}; {rests(resting)}).",
        "",
        (f"{source.short}: {source.title}", PageKey(Page.SOURCE, About.SOURCE, source.id)),
    )


def _passage_item(library: Library, passage: Passage, source: Source, group: str) -> Item:
    dated = f", {common.AS_OF.format(date=passage.as_of.label)}" if passage.as_of else ""
    parts = [f"*{words(passage.heading[-1])}*{dated}"]
    if passage.locator:
        parts.append(words(passage.locator))
    if others := [id_ for id_ in passage.sources if id_ != source.id]:
        parts.append(texts.WITH.format(sources=linked_all(library, others)))
    return Item((b.context(DOT.join(parts)),), f"{words(passage.heading[-1])}{dated}.", group)


def _host(url: str) -> str:
    return escape(url.split("/")[2].removeprefix("www.")) if "//" in url else escape(url)
