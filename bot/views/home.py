"""The Home tab: what is newest, this person's digests, the key issues by topic, how to ask, and which corpus this is."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.bidi import isolated
from bot.mrkdwn import escape, link
from bot.texts import DOT, common, counted
from bot.texts import channels as channel_texts
from bot.texts import help as help_texts
from bot.texts import home as texts
from bot.texts import manifest as manifest_texts
from bot.texts.register import STATUS
from bot.views import blocks as b
from bot.views.blocks import Block, Element, View
from bot.views.digest_words import cut, moment
from bot.views.help import examples
from bot.views.ids import ActionId
from bot.views.message import MOST_SECTION, shorten
from bot.views.register.citations import words
from bot.views.register.key import About, Page, PageKey
from bot.views.subscription import days, end, when, why
from jobs.ports import State, Status
from jobs.subscriptions import ON_REQUEST, Subscription
from knowledge import news
from knowledge.library import Library
from knowledge.models import Event, Issue, Passage, Topic
from knowledge.models import Status as Standing
from knowledge.register import register_of

LATEST: Final = 5
OVERTAKEN: Final = 2
PENDING: Final = 2
TOPICS: Final = 40  # rows: Slack takes a hundred blocks
TITLES: Final = 3  # issues, or topics, that are named in a row
LABEL: Final = 75  # characters of an accessibility label
OLD: Final = 30  # days after which a corpus is called old
_TROUBLE: Final = {State.FAILED, State.EXPIRED}


@dataclass(frozen=True, slots=True)
class Entry:
    """A channel's digest on somebody's Home: what it is set to, when it comes (None: it rests), how the last one went."""

    subscription: Subscription
    next_due: dt.datetime | None
    last: Status | None
    is_own: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Digests:
    """Those that are shown, from number `start` (0 is the first) of `total`."""

    entries: tuple[Entry, ...]
    start: int
    total: int


def home(library: Library, digests: Digests | None, today: dt.date, *, notice: str = "") -> View:
    """A `home` view (docs.slack.dev/reference/views/home-tab-views).

    `digests` is None where the database did not tell; `notice` (mrkdwn) says what has just happened.
    """
    return {
        "type": "home",
        "blocks": [
            *([b.section(notice)] if notice else []),
            *_age(library, today),
            *_latest(library),
            *_digests(library, digests),
            b.header(texts.QUESTIONS),
            b.section(examples()),
            b.context(texts.HOW),
            b.actions(b.button(manifest_texts.SEARCH, ActionId.HOME_SEARCH, "new")),
            *_issues(library),
            *_about(library),
        ],
    }


def _age(library: Library, today: dt.date) -> Iterator[Block]:
    """Which corpus, how old it is, and how far its facts reach; a plain word where that is long ago."""
    newest = news.newest_fact(library.corpus)
    age = (today - library.corpus.date.latest).days
    silence = (today - newest.latest).days if newest else 0
    said = [texts.CORPUS.format(date=library.corpus.date.label)]
    if age >= 0:  # not before it was curated, by a clock that is slow or west of the curators'
        said.append(texts.TODAY if age == 0 else counted(age, texts.DAYS_OLD))
    if newest is not None:
        said.append(texts.NEWEST.format(date=newest.label))
    lines = [texts.TAGLINE, ", ".join(said)]
    if age > OLD:
        lines.append(texts.OLD_CORPUS.format(days=age))
    elif silence > OLD:
        lines.append(texts.OLD_FACTS.format(days=silence))
    yield b.context("\n".join(lines))


def _latest(library: Library) -> Iterator[Block]:
    corpus = library.corpus
    events = news.latest(corpus, LATEST)
    yield b.header(texts.LATEST)
    yield b.section(_fitting([_event(library, one) for one in events]) or texts.NO_EVENTS)
    replaced = [_overtaken(old, new) for old, new in news.overtaken(corpus, OVERTAKEN)]
    announced = news.pending(corpus, PENDING)
    ahead = [texts.PENDING.format(date=one.date.label, text=cut(one.text)) for one in announced]
    for small in filter(None, (replaced, ahead)):
        yield b.context("\n".join(small))
    yield b.actions(b.button(texts.OPEN_TIMELINE, ActionId.HOME_OPEN, PageKey(Page.TIMELINE).dump()))


def _event(library: Library, event: Event) -> str:
    sources = [library.corpus.sources[id_] for id_ in event.sources]
    cited = "; ".join(link(one.url, isolated(one.short)) if one.url else words(one.short) for one in sources)
    return f"*{event.date.label}*  {cut(event.text)} ({cited})"


def _fitting(lines: Sequence[str]) -> str:
    """As many of the first lines as one section takes."""
    while lines and len("\n".join(lines)) > MOST_SECTION:
        lines = lines[:-1]
    return "\n".join(lines)


def _overtaken(old: Passage, new: Passage) -> str:
    return texts.OVERTAKEN.format(
        old=words(old.heading[-1]),
        old_date=old.as_of.label if old.as_of else "",
        new=words(new.heading[-1]),
        new_date=new.as_of.label if new.as_of else "",
    )


def _digests(library: Library, digests: Digests | None) -> Iterator[Block]:
    """What the desk does in this person's channels; the settings of a channel have their place in its entry."""
    yield b.header(texts.DIGESTS)
    if digests is None:
        yield b.section(texts.DIGESTS_UNREADABLE)
        return
    for entry in digests.entries:
        yield from _entry(library, entry)
    if digests.total > len(digests.entries):
        yield _range(digests)
    turn_on = b.button(texts.TURN_ON, ActionId.HOME_TURN_ON, "new")
    yield b.section(texts.ANOTHER if digests.total else texts.DIGESTS_NONE) | {"accessory": turn_on}


def _range(digests: Digests) -> Block:
    """Which of many are shown, and the button to the next."""
    first, last = digests.start + 1, digests.start + len(digests.entries)
    is_last = last == digests.total
    label, start = (texts.FIRST_DIGESTS, 0) if is_last else (texts.MORE_DIGESTS, last)
    button = b.button(label, ActionId.HOME_DIGESTS, f"{start}")
    return b.section(common.RANGE.format(first=first, last=last, all=digests.total)) | {"accessory": button}


def _entry(library: Library, entry: Entry) -> Iterator[Block]:
    subscription = entry.subscription
    comes = when(subscription.schedule)
    lines = [texts.ENTRY.format(channel=f"<#{subscription.channel}>", when=comes), DOT.join(_facts(library, entry))]
    if entry.last is not None and entry.last.state in _TROUBLE:
        lines.append(texts.TROUBLE.format(days=days(entry.last.period), end=end(entry.last)))
    yield b.section("\n".join(lines))
    settings = _labelled(b.button(channel_texts.TITLE, ActionId.HOME_SETTINGS, subscription.channel), comes)
    if not entry.may_change:
        yield b.actions(settings)
    else:
        change = texts.CHANGE if subscription.paused is None else texts.RESUME
        sure = b.confirm(common.STOP_TITLE, common.STOP_TEXT, yes=common.STOP_YES, no=common.STOP_NO)
        yield b.actions(
            _labelled(b.button(change, ActionId.HOME_CHANGE, subscription.channel), comes),
            _labelled(b.button(common.STOP_DIGEST, ActionId.HOME_STOP, subscription.channel, confirm=sure), comes),
            settings,
        )


def _facts(library: Library, entry: Entry) -> Iterator[str]:
    subscription, topics = entry.subscription, library.corpus.topics
    if entry.next_due is not None:
        yield common.NEXT.format(moment=moment(entry.next_due))
    elif subscription.paused == ON_REQUEST:
        yield texts.PAUSED
    elif subscription.paused is not None:
        yield texts.SUSPENDED.format(why=escape(why(subscription.paused)))
    titles = [words(topics[id_].title) for id_ in subscription.topics if id_ in topics]
    yield ", ".join(_first(titles)) or texts.ALL_TOPICS
    yield texts.FORMS[subscription.form]
    if not entry.is_own:
        yield texts.OF_COLLEAGUE


def _labelled(button: Element, what: str) -> Element:
    """Where several buttons have one label, a screen reader needs more."""
    spoken = texts.SPOKEN.format(button=button["text"]["text"], what=what)
    return button | {"accessibility_label": shorten(spoken, LABEL)}


def _issues(library: Library) -> Iterator[Block]:
    """A row a topic, with the issues whose main topic it is; the button opens all that touch it."""
    register = register_of(library)
    topics = [one for one in library.corpus.topics.values() if register.issues(one.id)]
    yield b.header(texts.ISSUES)
    for topic in topics[:TOPICS]:
        yield _topic(topic, register.issues(topic.id))
    if len(topics) > TOPICS:
        yield b.context(texts.MORE_TOPICS.format(len(topics) - TOPICS))
    advice = counted(len(register.recommendations()), texts.ADVICE)
    yield _row(common.RECOMMENDATIONS, advice, PageKey(Page.RECOMMENDATIONS))


def _topic(topic: Topic, issues: Sequence[Issue]) -> Block:
    main = [one for one in issues if one.topics[0] == topic.id] or issues
    named = _first([_titled(one) for one in main])
    key = PageKey(Page.ISSUES, About.TOPIC, topic.id)
    if len(issues) == 1:
        key = PageKey(Page.ISSUE, About.ISSUE, issues[0].id)
    return _row(topic.title, DOT.join(named), key)


def _first(titles: Sequence[str]) -> list[str]:
    """A few, and how many more there are."""
    more = [texts.AND_MORE.format(len(titles) - TITLES)] if len(titles) > TITLES else []
    return [*titles[:TITLES], *more]


def _titled(issue: Issue) -> str:
    """A title; that an issue is open goes without saying."""
    title = words(issue.title)
    if issue.status is Standing.OPEN:
        return title
    return texts.STANDING.format(title=title, status=STATUS[issue.status].lower())


def _about(library: Library) -> Iterator[Block]:
    corpus = library.corpus
    yield b.header(texts.ABOUT)
    yield b.section(help_texts.PURPOSE)
    counts = texts.COUNTS.format(
        passages=len(corpus.passages),
        sources=len(corpus.sources),
        issues=len(corpus.issues),
        events=len(corpus.events),
        version=corpus.version[:7],
    )
    yield b.context(counts, help_texts.PRIVACY)


def _row(title: str, line: str, key: PageKey) -> Block:
    button = _labelled(b.button(common.OPEN, ActionId.HOME_OPEN, key.dump()), title)
    return b.section(f"*{words(title)}*\n{line}") | {"accessory": button}
