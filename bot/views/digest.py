"""A digest as messages: the parent, which is all of a brief one, and the replies in the thread of a full one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from bot.mrkdwn import escape, literal
from bot.texts import DOT, common, counted
from bot.texts import digest as texts
from bot.views import blocks as b
from bot.views.answer import corpus_line
from bot.views.blocks import Block
from bot.views.digest_sources import DigestKey
from bot.views.digest_thread import replies
from bot.views.digest_words import Told, cut, day_label, days_label, label, lead, moment, reason
from bot.views.ids import ActionId
from bot.views.message import MOST_TEXT, Message, shorten
from bot.views.register.citations import words
from jobs.digest import Changes, Digest, Item, Reason
from jobs.periods import Period, span
from jobs.subscriptions import Form
from knowledge.contents import Kind
from knowledge.library import Library
from knowledge.models import Event

MOST_STANDING: Final = 1_000
MOST_NAME: Final = 80
ALSO: Final = 3  # titles of changed issues that found no place


def messages(
    library: Library, digest: Digest, *, form: Form, next_due: dt.datetime | None, owner: str | None
) -> tuple[Message, ...]:
    """The parent first, then at most two replies.

    `next_due` is when the next one comes (None: no more). `owner` is the name of who asked for it; as words, since a
    mention would ping them every week.
    """
    first = _parent(library, digest, next_due=next_due, owner=owner, threaded=form is Form.FULL and bool(digest.items))
    return (first, *(replies(library, digest) if form is Form.FULL else ()))


def _parent(
    library: Library, digest: Digest, *, next_due: dt.datetime | None, owner: str | None, threaded: bool
) -> Message:
    title, standing = _title(digest), list(_standing(library, digest, threaded=threaded))
    body: list[Block] = [b.header(title), *(b.context(escape(line)) for line in standing)]
    body += [b.section(_issue(library, digest, item, number)) for number, item in enumerate(digest.items, 1)]
    remembered = _remembered(digest)
    if digest.events:
        lines = "\n".join(f"• *{one.date.label}:*  {cut(one.text)}" for one in digest.events)
        body += [b.divider(), b.section(f"*{remembered}*\n{lines}")]
    body.append(b.context(DOT.join(_footer(library, next_due, owner))))
    body.append(b.actions(*_controls(digest)))
    said = [
        f"{title}. {' '.join(escape(line) for line in standing)}",
        *(_spoken(library, digest, item, number) for number, item in enumerate(digest.items, 1)),
        *([f"{remembered}: {' '.join(map(_spoken_event, digest.events))}"] if digest.events else []),
    ]
    ending = f"{'. '.join(_footer(library, next_due, owner))}."  # kept whole: half a date would be shown as code
    spoken = shorten("\n".join(said), MOST_TEXT - len(ending) - 1)
    return Message(f"{spoken}\n{ending}", tuple(body))


def _title(digest: Digest) -> str:
    """What this is and of when; an unchanged period says so here."""
    title = (texts.WEEKLY if "W" in digest.period else texts.MONTHLY).format(days=_days(digest.period))
    return texts.UNCHANGED_TITLE.format(title=title) if digest.is_unchanged else title


def _days(period: Period) -> str:
    return days_label(*span(period)) if "W" in period else label(span(period)[0]).partition(" ")[2]


def _standing(library: Library, digest: Digest, *, threaded: bool) -> Iterator[str]:
    """The lines above the issues, unescaped: what changed, what this channel asked for, what was missed."""
    parts = [*_news(library, digest)]
    if digest.topics:
        titles = ", ".join(library.corpus.topics[one].title for one in digest.topics)
        parts.append(texts.TOPICS.format(topics=titles))
    if threaded:
        parts.append(texts.IN_THREAD)
    yield shorten(DOT.join(parts), MOST_STANDING)
    if digest.missed:
        said = texts.MISSED[0 if len(digest.missed) == 1 else 1]
        yield shorten(said.format(periods=", ".join(map(_days, digest.missed))), MOST_STANDING)


def _news(library: Library, digest: Digest) -> Iterator[str]:
    total, shown = len(library.corpus.issues), len(digest.items)
    if digest.changes is None:
        if shown:
            yield texts.FIRST.format(shown=shown, issues=counted(total, texts.KEY_ISSUES))
    elif digest.changes.is_empty:
        said = texts.UNCHANGED_TURNS if shown else texts.UNCHANGED
        yield said.format(day=day_label(digest.changes.since, digest.first))
    else:
        day = day_label(digest.changes.since, digest.first)
        yield texts.CHANGED.format(day=day, counts=_counts(digest.changes))
        if others := _others(library, digest):
            yield texts.ALSO.format(titles=others)
    if not shown:
        yield _empty(library, digest)


def _empty(library: Library, digest: Digest) -> str:
    if not library.corpus.issues:
        return texts.NO_ISSUES
    return texts.NO_TOPIC if digest.changes is None else texts.ALL_SHOWN


def _counts(changes: Changes) -> str:
    """``2 issues new, 1 changed; 3 passages withdrawn``: only what there is."""
    said = []
    for kind in Kind:
        states = ((texts.NEW, changes.new), (texts.CHANGED_WORD, changes.changed), (texts.WITHDRAWN, changes.withdrawn))
        numbers = [(sum(Kind(key.partition(":")[0]) is kind for key in keys), word) for word, keys in states]
        parts = [(number, word) for number, word in numbers if number]
        if parts:
            (number, word), *more = parts
            first = texts.KIND_CHANGES.format(counted=counted(number, texts.KINDS[kind]), state=word)
            said.append(", ".join([first, *(texts.MORE_CHANGES.format(number=n, state=w) for n, w in more)]))
    return "; ".join(said)


def _others(library: Library, digest: Digest) -> str:
    """Titles of issues that are news but found no place among the five."""
    changes, here = digest.changes, {item.issue.id for item in digest.items}
    keys = (*changes.new, *changes.changed) if changes else ()
    found = [one for one in library.corpus.issues.values() if Kind.ISSUE.key(one.id) in keys and one.id not in here]
    names = "; ".join(one.title for one in found[:ALSO])
    return texts.AND_MORE.format(names=names, number=len(found) - ALSO) if len(found) > ALSO else names


def _issue(library: Library, digest: Digest, item: Item, number: int) -> str:
    """Two lines and a title: what it is and why it is here, why it matters, who should do what."""
    why = reason(library, digest, item)
    marked = f"_{escape(why)}_" if item.reason is Reason.STANDING else f"`{escape(why)}`"
    lines = [f"*{number}  {literal(item.issue.title)}*  {marked}", words(lead(item.issue.why))]
    lines += [Told.of(library, one).line("→") for one in item.recommendations[:1]]
    return "\n".join(lines)


def _spoken(library: Library, digest: Digest, item: Item, number: int) -> str:
    said = (
        f"{number}) {words(item.issue.title)} ({escape(reason(library, digest, item))}). {words(lead(item.issue.why))}"
    )
    return " ".join([said, *(Told.of(library, one).spoken() for one in item.recommendations[:1])])


def _remembered(digest: Digest) -> str:
    return texts.EVENTS_WEEKLY if "W" in digest.period else texts.EVENTS_MONTHLY


def _spoken_event(event: Event) -> str:
    return f"{event.date.label}: {cut(event.text)}"


def _footer(library: Library, next_due: dt.datetime | None, owner: str | None) -> Sequence[str]:
    parts = []
    if next_due is not None:
        parts.append(common.NEXT.format(moment=moment(next_due)))
    if owner:
        parts.append(texts.ASKED_BY.format(name=literal(shorten(owner, MOST_NAME))))
    return [*parts, corpus_line(library), common.NOT_GENERATED]


def _controls(digest: Digest) -> Iterator[b.Element]:
    key = DigestKey.of(digest)
    if digest.items or digest.events:
        yield b.button(texts.SHOW_CITATIONS, ActionId.DIGEST_CITATIONS, key.dump())
    yield b.button(common.CHANGE_DIGEST, ActionId.DIGEST_SETTINGS, digest.period)
