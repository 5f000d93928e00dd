"""What would be posted, without Slack: the digest of a channel, or those of a channel that has everything, week by week."""

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

import orjson

from bot.digests.rendering import render
from bot.errors import DeskError
from bot.mrkdwn import plain
from jobs.digest import HISTORY, Past
from jobs.periods import Frequency, Period, Schedule, next_due, period_of, span
from jobs.ports import Rendered
from jobs.subscriptions import Assurance, Form, Subscription
from knowledge.library import Library

FIRST: Final = dt.date(2026, 11, 2)
YEARS: Final = 10
_MONDAYS: Final = Schedule(Frequency.WEEKLY, 1, dt.time(9), "Asia/Baghdad")


class NoDigestError(DeskError):
    """There is nothing to preview; the sentence says why and what would do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database keeps of a channel: its subscription, what was posted (newest first), and what was missed."""

    subscription: Subscription
    history: Sequence[Past]
    missed: Sequence[Period] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """One digest that would be posted."""

    period: Period
    rendered: Rendered


def replay(library: Library, until: dt.date, *, form: Form) -> Iterator[Preview]:
    """The digest of every week from 2 November 2026 to that of `until`, for a channel subscribed to all topics.

    Raises:
        NoDigestError: `until` is before then, or more than ten years after.
    """
    if not FIRST <= until < FIRST.replace(year=FIRST.year + YEARS):
        raise NoDigestError(f"--on {until}: choose a day from {FIRST} on, within {YEARS} years")
    start = dt.datetime.combine(FIRST, dt.time(), dt.UTC)
    subscription = Subscription(
        team="",
        channel="",
        owner="",
        schedule=_MONDAYS,
        topics=(),
        form=form,
        skip_unchanged=False,
        assurance=Assurance.AT_MOST_ONCE,
        paused=None,
        since=start,
    )
    history: list[Past] = []
    last = _period(_MONDAYS, until)
    period, due = next_due(_MONDAYS, start)
    while True:
        rendered = render(library, subscription, period, history)
        yield Preview(period, rendered)
        if period == last:
            return
        history.insert(0, Past(period, due, rendered.manifest, rendered.issues))
        period, due = next_due(_MONDAYS, due)


def of_channel(library: Library, kept: Kept, on: dt.date, *, form: Form | None) -> Preview:
    """The digest of the week or month of a day, as that channel would get it."""
    chosen = kept.subscription if form is None else replace(kept.subscription, form=form)
    period = _period(chosen.schedule, on)
    earlier = [past for past in kept.history if span(past.period)[0] < span(period)[0]]
    return Preview(period, render(library, chosen, period, earlier, kept.missed))


async def kept(url: str, channel: str) -> Kept:
    """What the database at `url` keeps of a channel, named by its id (``C...``, or ``T.../C...`` where it is in two workspaces).

    Raises:
        NoDigestError: no channel of that id has a subscription.
        DatabaseError: the database cannot be opened.
    """
    from bot.storage.engine import open_database  # noqa: PLC0415 - the database is loaded by the commands that need it
    from bot.storage.ledger import Ledger  # noqa: PLC0415 - the same
    from bot.storage.subscriptions import Subscriptions  # noqa: PLC0415 - the same

    engine = await open_database(url)
    try:
        team, _, id_ = channel.rpartition("/")
        async for one in Subscriptions(engine).active():
            if one.channel == id_ and team in {"", one.team}:
                ledger = Ledger(engine)
                history = await ledger.history(one.team, id_, HISTORY)
                return Kept(one, history, await ledger.missed(one.team, id_))
    finally:
        await engine.dispose()
    raise NoDigestError(f"--channel {channel}: no channel of this id has a digest that is on")


def _period(schedule: Schedule, day: dt.date) -> Period:
    return period_of(schedule, dt.datetime.combine(day, dt.time(12), ZoneInfo(schedule.zone)))


def as_json(library: Library, preview: Preview) -> str:
    """``{"period", "corpus_version", "messages": [{"text", "blocks"}, ...]}``, parent first."""
    messages = [{"text": one["text"], "blocks": one.get("blocks", [])} for one in preview.rendered.messages]
    found = {"period": preview.period, "corpus_version": library.corpus.version, "messages": messages}
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode()


def as_text(preview: Preview, width: int) -> str:
    """The messages' plain text under the period, in lines of at most `width` characters."""
    lines = [preview.period, ""]
    for message in preview.rendered.messages:
        for line in plain(message["text"]).splitlines():
            lines += [textwrap.fill(line, width, subsequent_indent="   "), ""]
    return "\n".join(lines)
