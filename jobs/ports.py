"""What the delivery of digests needs from outside, and the values that it speaks in."""

import datetime as dt
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from jobs.digest import Past
from jobs.periods import Period
from jobs.subscriptions import Subscription

Payload: TypeAlias = Mapping[str, Any]  # what chat.postMessage takes, but for where it goes: text and blocks


class LedgerError(Exception):
    """The database cannot be reached, or cannot be written. Nothing is posted without it."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the ledger of digests cannot be used: {problem}; nothing is posted until it can")


class State(StrEnum):
    """Where a message of a digest is."""

    DUE = "due"
    CLAIMED = "claimed"  # a worker has it, and has not begun to send it
    SENDING = "sending"  # it may have been sent; once the lease is over it is in doubt
    POSTED = "posted"
    FAILED = "failed"  # it cannot be posted, or nobody will know whether it was
    EXPIRED = "expired"  # it was too late
    SKIPPED = "skipped"  # there was nothing to say, or nobody to say it to any more


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is due: `next_at` is `due_at` and the channel's place in the spread. `is_late` ones only expire."""

    team: str
    channel: str
    period: Period
    due_at: dt.datetime
    next_at: dt.datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is ours until the lease ends.

    `fence` grows with every claim; a write with an older one changes nothing. `at` is the time of the database's clock
    (seconds since 1970). `age` is how long ago it was first sent, by the same clock, None when it was not: so with an
    `age` it is in doubt. `payload` is None until the digest is composed; `thread_ts` is None for part 0.
    """

    team: str
    channel: str
    period: Period
    part: int
    due_at: dt.datetime
    fence: int
    at: float
    attempts: int
    age: float | None = None
    payload: Payload | None = None
    thread_ts: str | None = None

    @property
    def key(self) -> str:
        """What the message carries as metadata."""
        return message_key(self.team, self.channel, self.period, self.part)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A composed digest: its messages, parent first, and what the next one must know of it."""

    messages: tuple[Payload, ...]
    manifest: Mapping[str, str]
    issues: tuple[str, ...]
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Suspect:
    """A posted message of which there may be a second copy. `ts` is the one that stays."""

    team: str
    channel: str
    period: Period
    part: int
    ts: str
    thread_ts: str | None
    age: float
    sweeps: int  # how often it was looked at

    @property
    def key(self) -> str:
        """What the message carries as metadata."""
        return message_key(self.team, self.channel, self.period, self.part)


@dataclass(frozen=True, slots=True)
class Status:
    """The newest digest of a channel: its first message, and how many extra copies of any were removed."""

    period: Period
    state: State
    due_at: dt.datetime
    error: str | None
    extras: int


class Refusal(StrEnum):
    """What a refusal is about."""

    NOW = "now"  # it may pass
    MESSAGE = "message"  # this message will never be taken
    CHANNEL = "channel"  # nothing will be, until somebody does something


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack has it, under this timestamp."""

    ts: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """Slack did nothing, and wants silence for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack did nothing, for this reason (its own word)."""

    error: str
    about: Refusal


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Nobody knows whether Slack did it."""

    error: str


@dataclass(frozen=True, slots=True)
class Found:
    """The timestamps of our messages with a key, oldest first; none when the channel has none."""

    timestamps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The channel cannot be read for want of a scope; sending is not affected."""

    error: str


Outcome: TypeAlias = Posted | Throttled | Refused | InDoubt
Reading: TypeAlias = Found | Unreadable | Throttled | Refused | InDoubt


class Publisher(Protocol):
    """Slack, as far as digests go. Nothing is repeated, and what goes wrong on the way is a value, never an exception.

    No call takes longer than `Timing.call`, but for `find`, which may read several pages and ends within the lease.
    """

    async def post(self, team: str, channel: str, payload: Payload, *, key: str, thread_ts: str | None) -> Outcome:
        """Post a message that carries the key as metadata."""

    async def find(self, team: str, channel: str, *, key: str, within: float, thread_ts: str | None) -> Reading:
        """Our messages with this key: in the thread, or in the channel as far back as `within` seconds.

        `within` is a duration since the clocks of the database and of Slack need not agree.
        """

    async def delete(self, team: str, channel: str, ts: str) -> Outcome:
        """Remove a message of ours; `Posted` when it is gone, even if it was before."""

    async def tell_owner(self, subscription: Subscription) -> Outcome:
        """Tell the owner in private why the subscription rests (`paused`) and what to do."""


class Subscriptions(Protocol):
    """Who gets a digest. Every method raises `LedgerError` when the database cannot be used."""

    def active(self) -> AsyncIterator[Subscription]:
        """Those of all workspaces that are not paused."""

    async def get(self, team: str, channel: str) -> Subscription | None:
        """The one of a channel, paused or not."""

    async def suspend(self, team: str, channel: str, why: str) -> None:
        """Pause it since nothing can be posted, and let its owner be told once; nothing when it is paused already."""

    async def take_notice(self) -> Subscription | None:
        """A suspended one whose owner nobody has told; from now on it counts as told."""

    async def return_notice(self, team: str, channel: str) -> None:
        """The owner was certainly not told; somebody may try again."""


class Ledger(Protocol):
    """The record of every message of every digest. Every method raises `LedgerError` when it cannot be used.

    Leases are by the database's clock. A method with a claim does nothing and returns False when the fence has moved on.
    """

    async def check_clock(self) -> float:
        """The database's clock (seconds since 1970); holds further ahead than any can be are cut: it was put back."""

    async def plan(self, dues: Sequence[Due]) -> int:
        """Write down the digests that are not yet; returns how many. Late ones become `expired`.

        One that expired or was skipped before anything was sent is due again when a later time is planned for it.
        """

    async def claim(self, worker: str, now: dt.datetime, *, settles: bool) -> Claim | None:
        """The next message that may leave: due by `now`, its lease over, and its buckets open, one token taken.

        A message in doubt is given out only after the quarantine, and only to whom `settles`.
        """

    async def wait(self, now: dt.datetime, *, settles: bool) -> float | None:
        """Seconds until there is something to claim; None when nothing is to be done at all."""

    async def sending(self, claim: Claim, rendered: Rendered | None) -> bool:
        """Commit that the message is about to be sent, under a new lease; with `rendered`, what the digest says.

        False also while the bucket is blocked by a 429.
        """

    async def doubt(self, claim: Claim, error: str) -> bool:
        """Note why nobody knows whether it was posted; lease and quarantine take their course."""

    async def settle(self, claim: Claim, state: State, *, ts: str | None = None, error: str | None = None) -> bool:
        """The end of a message. When it is posted the next part may leave; else the parts after it end with it."""

    async def release(self, claim: Claim, seconds: float, error: str) -> bool:
        """It was certainly not sent; it is due again after so long."""

    async def rest(self, claim: Claim, seconds: float, error: str) -> bool:
        """It is still in doubt; the channel may be read again after so long."""

    async def block(self, team: str, seconds: float) -> None:
        """Slack said 429: nothing leaves for this workspace for so long, and then half as fast."""

    async def suspect(self, claim: Claim, ts: str) -> None:
        """Slack has it under `ts`, perhaps not only once: look for a second copy now. What was given up is posted then."""

    async def take_suspect(self) -> Suspect | None:
        """A posted message that may have a second copy, and whose time for a look has come."""

    async def swept(self, suspect: Suspect, removed: int, *, complete: bool) -> None:
        """So many extra copies were removed; when the look was complete, the next is later or never."""

    async def history(self, team: str, channel: str, most: int) -> list[Past]:
        """The digests that were posted to a channel, newest first."""

    async def missed(self, team: str, channel: str) -> list[Period]:
        """The periods since the last posted digest whose own expired, oldest first."""


class Composer(Protocol):
    """Makes the digest of a period; pure."""

    def __call__(
        self, subscription: Subscription, period: Period, history: Sequence[Past], missed: Sequence[Period], /
    ) -> Rendered:
        """The messages, from what the channel got before (newest first) and what it did not get."""


def message_key(team: str, channel: str, period: Period, part: int) -> str:
    """What a message carries as metadata: opaque, since every app of the workspace may read it."""
    return hashlib.sha256(f"{team}|{channel}|{period}|{part}".encode()).hexdigest()[:32]
