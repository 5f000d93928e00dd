"""What a channel's digest is set to, in words: for `status`, and after every change."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.bidi import isolated
from bot.mrkdwn import escape, literal
from bot.texts import common, people
from bot.texts import subscription as texts
from bot.views import blocks as b
from bot.views.digest_words import days_label, label, moment
from bot.views.ids import ActionId
from bot.views.message import Message
from jobs.periods import Period, Schedule, span
from jobs.ports import State, Status
from jobs.subscriptions import IS_SHARED, ON_REQUEST, Subscription
from knowledge.library import Library

LISTED: Final = 20  # channels that a list names
_WHY: Final = {ON_REQUEST: texts.WHY_ON_REQUEST, IS_SHARED: texts.WHY_SHARED, **texts.WHY}
_WITHOUT_ERROR: Final = {State.CLAIMED, State.POSTED, State.EXPIRED}


@dataclass(frozen=True, slots=True)
class Standing:
    """A subscription and what is known around it.

    `owner` is a name, None when Slack does not tell; `next_due` None while it is paused. `can_read` says whether the
    channel can be read back, None when that is not known.
    """

    subscription: Subscription
    owner: str | None
    next_due: dt.datetime | None
    can_read: bool | None
    last: Status | None = None


def when(schedule: Schedule) -> str:
    """``every Monday at 09:00, Asia/Baghdad``."""
    day = texts.WEEKDAYS[schedule.weekday - 1]
    return texts.WHEN[schedule.frequency].format(day=day, time=f"{schedule.at:%H:%M}", zone=schedule.zone)


def days(period: Period) -> str:
    """``23 to 29 Nov 2026``, ``Nov 2026``."""
    first, last = span(period)
    return days_label(first, last) if "W" in period else label(first).partition(" ")[2]


def why(paused: str) -> str:
    """Why a digest rests."""
    return _WHY.get(paused, texts.WHY_ELSE.format(error=paused))


def status(library: Library, standing: Standing, *, lead: str = "", may_change: bool = False) -> Message:
    """Everything that is set; `lead` says what has just happened."""
    subscription = standing.subscription
    now = texts.IS_ON if subscription.paused is None else texts.IS_PAUSED
    title = lead or now.format(channel=f"<#{subscription.channel}>")
    lines = [f"*{name}:* {said}" for name, said in _facts(library, standing)]
    body = [b.section(f"*{title}*"), b.section("\n".join(lines))]
    if may_change:
        body.append(b.actions(b.button(common.CHANGE_DIGEST, ActionId.DIGEST_SETTINGS, subscription.channel)))
    return Message("\n".join([title, *(f"{name}: {said}" for name, said in _facts(library, standing))]), tuple(body))


def owned(team: Sequence[Subscription], user: str) -> Message:
    """The digests that somebody turned on, a few of them by name."""
    own = [one for one in team if one.owner == user]
    if not own:
        return Message.saying(texts.OWN_NONE)
    more = [texts.OWN_MORE.format(number=len(own) - LISTED)] if len(own) > LISTED else []
    head = texts.OWN[0 if len(own) == 1 else 1].format(own=len(own), all=len(team))
    return Message.saying("\n".join([head, *map(_line, own[:LISTED]), *more]))


def _line(one: Subscription) -> str:
    said = texts.OWN_LINE_PAUSED if one.paused else texts.OWN_LINE
    return said.format(channel=f"<#{one.channel}>", when=when(one.schedule))


def _facts(library: Library, standing: Standing) -> Iterator[tuple[str, str]]:
    subscription = standing.subscription
    if subscription.paused is not None:
        yield texts.PAUSED, texts.PAUSED_SAYS.format(why=escape(why(subscription.paused)))
    yield texts.SET_WHEN, when(subscription.schedule)
    if standing.next_due is not None:
        yield texts.SET_NEXT, moment(standing.next_due)
    yield common.TOPICS, _topics(library, subscription.topics)
    yield texts.FORM, texts.FORMS[subscription.form]
    yield texts.QUIET[subscription.schedule.frequency], texts.SKIPPED if subscription.skip_unchanged else texts.SAID
    yield texts.TURNED_ON_BY, literal(standing.owner) if standing.owner else people.NAMELESS
    yield texts.DELIVERY, _delivery(subscription, can_read=standing.can_read)
    if standing.last is not None:
        yield texts.SET_LAST, texts.LAST.format(days=days(standing.last.period), end=end(standing.last))
        if standing.last.extras:
            yield texts.EXTRAS, f"{standing.last.extras}"


def _topics(library: Library, ids: Sequence[str]) -> str:
    titles = [escape(isolated(library.corpus.topics[id_].title)) for id_ in ids if id_ in library.corpus.topics]
    return ", ".join(titles) or texts.ALL_TOPICS


def _delivery(subscription: Subscription, *, can_read: bool | None) -> str:
    if can_read is False:
        return texts.CANNOT_READ.format(assurance=texts.ASSURANCES[subscription.assurance])
    return texts.DELIVERED_ONCE


def end(last: Status) -> str:
    """How the newest digest ended, or where it is."""
    error = f": {escape(last.error)}" if last.error and last.state not in _WITHOUT_ERROR else ""
    return texts.ENDS[last.state] + error
