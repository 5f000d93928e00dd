"""A digest as messages: the parent, which is all of a brief one, and the replies in the thread of a full one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from bot.mrkdwn import escape, literal
from bot.views import blocks as b
from bot.views.answer import corpus_line
from bot.views.blocks import Block
from bot.views.digest_sources import DigestKey
from bot.views.digest_thread import replies
from bot.views.digest_words import Told, cut, day_label, days_label, label, lead, many, reason
from bot.views.ids import ActionId
from bot.views.message import MOST_TEXT, Message, shorten
from jobs.digest import Changes, Digest, Item, Reason
from jobs.periods import Period, span
from jobs.subscriptions import Form
from knowledge.contents import Kind
from knowledge.library import Library
from knowledge.models import Event

_DOT: Final = "  ·  "
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
    body.append(b.context(_DOT.join(_footer(library, next_due, owner))))
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
    kind = "weekly" if "W" in digest.period else "monthly"
    quiet = ": nothing changed" if digest.is_unchanged else ""
    return f"U.S.-Iraq {kind} · {_days(digest.period)}{quiet}"


def _days(period: Period) -> str:
    return days_label(*span(period)) if "W" in period else label(span(period)[0]).partition(" ")[2]


def _standing(library: Library, digest: Digest, *, threaded: bool) -> Iterator[str]:
    """The lines above the issues, unescaped: what changed, what this channel asked for, what was missed."""
    parts = [*_news(library, digest)]
    if digest.topics:
        parts.append(f"Topics: {', '.join(library.corpus.topics[one].title for one in digest.topics)}")
    if threaded:
        parts.append("More in the thread")
    yield shorten(_DOT.join(parts), MOST_STANDING)
    if digest.missed:
        noun = "digest" if len(digest.missed) == 1 else "digests"
        periods = ", ".join(_days(period) for period in digest.missed)
        said = f"Missed: the {noun} of {periods}, which could not be sent within a day of the time set"
        yield shorten(said, MOST_STANDING)


def _news(library: Library, digest: Digest) -> Iterator[str]:
    total, shown = len(library.corpus.issues), len(digest.items)
    if digest.changes is None:
        if shown:
            yield f"The first digest here: {shown} of {many(total, 'key issue')}, the others take turns"
    elif digest.changes.is_empty:
        turns = ", so these issues take their turn" if shown else ""
        yield f"No change since {day_label(digest.changes.since, digest.first)}{turns}"
    else:
        yield f"Since {day_label(digest.changes.since, digest.first)}: {_counts(digest.changes)}"
        if others := _others(library, digest):
            yield f"Also new or changed: {others}"
    if not shown:
        yield _empty(library, digest)


def _empty(library: Library, digest: Digest) -> str:
    if not library.corpus.issues:
        return "The corpus has no key issues"
    if digest.changes is None:
        return "No key issue touches the topics of this channel"
    return "Every key issue on this channel’s topics was in one of the last five digests"


def _counts(changes: Changes) -> str:
    """``2 issues new, 1 changed; 3 passages withdrawn``: only what there is."""
    said = []
    for kind in Kind:
        states = (("new", changes.new), ("changed", changes.changed), ("withdrawn", changes.withdrawn))
        counted = [(sum(Kind(key.partition(":")[0]) is kind for key in keys), word) for word, keys in states]
        parts = [(number, word) for number, word in counted if number]
        if parts:
            (number, word), *more = parts
            said.append(", ".join([f"{many(number, kind)} {word}", *(f"{n:,} {w}" for n, w in more)]))
    return "; ".join(said)


def _others(library: Library, digest: Digest) -> str:
    """Titles of issues that are news but found no place among the five."""
    changes, here = digest.changes, {item.issue.id for item in digest.items}
    keys = (*changes.new, *changes.changed) if changes else ()
    found = [one for one in library.corpus.issues.values() if Kind.ISSUE.key(one.id) in keys and one.id not in here]
    more = f" and {len(found) - ALSO} more" if len(found) > ALSO else ""
    return "; ".join(one.title for one in found[:ALSO]) + more


def _issue(library: Library, digest: Digest, item: Item, number: int) -> str:
    """Two lines and a title: what it is and why it is here, why it matters, who should do what."""
    why = reason(library, digest, item)
    marked = f"_{escape(why)}_" if item.reason is Reason.STANDING else f"`{escape(why)}`"
    lines = [f"*{number}  {literal(item.issue.title)}*  {marked}", escape(lead(item.issue.why))]
    lines += [Told.of(library, one).line("→") for one in item.recommendations[:1]]
    return "\n".join(lines)


def _spoken(library: Library, digest: Digest, item: Item, number: int) -> str:
    said = f"{number}) {escape(item.issue.title)} ({escape(reason(library, digest, item))}). {escape(lead(item.issue.why))}"
    return " ".join([said, *(Told.of(library, one).spoken() for one in item.recommendations[:1])])


def _remembered(digest: Digest) -> str:
    return "On this week" if "W" in digest.period else "In this month"


def _spoken_event(event: Event) -> str:
    return f"{event.date.label}: {cut(event.text)}"


def _footer(library: Library, next_due: dt.datetime | None, owner: str | None) -> Sequence[str]:
    parts = []
    if next_due is not None:
        utc = next_due.astimezone(dt.UTC)
        words = f"{label(utc.date())}, {utc:%H:%M} UTC"
        parts.append(f"Next: <!date^{int(utc.timestamp())}^{{date_short_pretty}} at {{time}}|{words}>")
    if owner:
        parts.append(f"Asked for by {literal(shorten(owner, MOST_NAME))}")
    return [*parts, corpus_line(library), "Nothing here was generated"]


def _controls(digest: Digest) -> Iterator[b.Element]:
    key = DigestKey.of(digest)
    if digest.items or digest.events:
        yield b.button("Show citations", ActionId.DIGEST_CITATIONS, key.dump())
    yield b.button("Change or stop", ActionId.DIGEST_SETTINGS, digest.period)
