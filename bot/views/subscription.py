"""What a channel's digest is set to, in words: for `status`, and after every change."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.digests.schedule_words import DAYS
from bot.manifest import COMMAND
from bot.mrkdwn import escape, literal
from bot.views import blocks as b
from bot.views.digest_words import days_label, label, many
from bot.views.ids import ActionId
from bot.views.message import Message
from jobs.periods import Frequency, Period, Schedule, span
from jobs.ports import State, Status
from jobs.subscriptions import Assurance, Form, Subscription
from knowledge.library import Library

LISTED: Final = 20  # channels that a list names
ON_REQUEST: Final = "on request"  # `Subscription.paused` when a person did it
_FORMS: Final = {Form.BRIEF: "brief: one message", Form.FULL: "full: a message, and the details in its thread"}
_ASSURANCES: Final = {
    Assurance.AT_MOST_ONCE: "at most once: when Slack leaves a posting in doubt, it is not sent again and may be missing",
    Assurance.AT_LEAST_ONCE: "at least once: when Slack leaves a posting in doubt, it is sent again and may come twice",
}
_WHY: Final = {
    ON_REQUEST: "somebody who may asked for it",
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel",
    "channel_not_found": "the channel was deleted, or I was removed from it",
}


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
    day = DAYS[schedule.weekday - 1]
    often = f"every {day}" if schedule.frequency is Frequency.WEEKLY else f"the first {day} of every month"
    return f"{often} at {schedule.at:%H:%M}, {schedule.zone}"


def moment(instant: dt.datetime) -> str:
    """A date and time in the reader's own zone, and in UTC where Slack cannot show it."""
    utc = instant.astimezone(dt.UTC)
    said = f"{label(utc.date())}, {utc:%H:%M} UTC"
    return f"<!date^{int(utc.timestamp())}^{{date_short_pretty}} at {{time}}|{said}>"


def days(period: Period) -> str:
    """``23 to 29 Nov 2026``, ``Nov 2026``."""
    first, last = span(period)
    return days_label(first, last) if "W" in period else label(first).partition(" ")[2]


def why(paused: str) -> str:
    """Why a digest rests."""
    return _WHY.get(paused, f"Slack does not let me post ({paused})")


def status(library: Library, standing: Standing, *, lead: str = "", may_change: bool = False) -> Message:
    """Everything that is set; `lead` says what has just happened."""
    subscription = standing.subscription
    channel = f"<#{subscription.channel}>"
    title = lead or (f"The digest in {channel} is {'on' if subscription.paused is None else 'paused'}.")
    lines = [f"*{name}:* {said}" for name, said in _facts(library, standing)]
    body = [b.section(f"*{title}*"), b.section("\n".join(lines))]
    if may_change:
        body.append(b.actions(b.button("Change or stop", ActionId.DIGEST_SETTINGS, subscription.channel)))
    return Message("\n".join([title, *(f"{name}: {said}" for name, said in _facts(library, standing))]), tuple(body))


def owned(team: Sequence[Subscription], user: str) -> Message:
    """The digests that somebody turned on, a few of them by name."""
    own = [one for one in team if one.owner == user]
    if not own:
        return _said(f"You have turned on no digest. Type `{COMMAND} digest on` in a channel that should get one.")
    lines = [f"• <#{one.channel}>: {when(one.schedule)}{' (paused)' if one.paused else ''}" for one in own[:LISTED]]
    more = [f"and {len(own) - LISTED} more"] if len(own) > LISTED else []
    head = f"You have turned on {many(len(own), 'digest')}, of {len(team):,} in this workspace."
    return _said("\n".join([head, *lines, *more]))


def _facts(library: Library, standing: Standing) -> Iterator[tuple[str, str]]:
    subscription = standing.subscription
    if subscription.paused is not None:
        yield "Paused", f"{escape(why(subscription.paused))}. To go on: `{COMMAND} digest resume`"
    yield "When", when(subscription.schedule)
    if standing.next_due is not None:
        yield "Next", moment(standing.next_due)
    yield "Topics", _topics(library, subscription.topics)
    yield "Form", _FORMS[subscription.form]
    quiet = "skipped" if subscription.skip_unchanged else "posted, and the first line says so"
    kind = "Weeks" if subscription.schedule.frequency is Frequency.WEEKLY else "Months"
    yield f"{kind} without changes", quiet
    yield "Turned on by", literal(standing.owner) if standing.owner else "a member whose name I cannot look up"
    yield "Delivery", _delivery(subscription, can_read=standing.can_read)
    if standing.last is not None:
        yield "Last", f"{days(standing.last.period)}, {end(standing.last)}"
        if standing.last.extras:
            yield "Extra copies removed", f"{standing.last.extras}"


def _topics(library: Library, ids: Sequence[str]) -> str:
    titles = [escape(library.corpus.topics[id_].title) for id_ in ids if id_ in library.corpus.topics]
    return ", ".join(titles) or "all"


def _delivery(subscription: Subscription, *, can_read: bool | None) -> str:
    if can_read is False:
        return f"{_ASSURANCES[subscription.assurance]} (I cannot read this channel to make sure)"
    return "once: when Slack leaves a posting in doubt, I read the channel before I send it again"


def end(last: Status) -> str:
    """How the newest digest ended, or where it is."""
    error = f": {escape(last.error)}" if last.error else ""
    return {
        State.DUE: f"on its way{error}",
        State.CLAIMED: "on its way",
        State.SENDING: f"being sent, not confirmed yet{error}",
        State.POSTED: "posted",
        State.FAILED: f"not posted{error}",
        State.EXPIRED: "not posted, since it could not be sent within a day",
        State.SKIPPED: f"not posted{error}",
    }[last.state]


def _said(text: str) -> Message:
    return Message(text, (b.section(text),))
