"""How fast digests may leave: a bucket a workspace, one a channel, and a place of its own for each channel.

Pure: a bucket is a value, times are seconds of whichever clock the caller uses, and where the values lie is the ledger's
business. What people ask never passes through here.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from jobs.timing import Timing

_GROWTH: Final = 1.1  # with each message: from the slowest back to full in about 22 messages, or 40 s
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Bucket:
    """One message may leave at `free_at`, and the next 1 / `rate` seconds later; none before `blocked_until`."""

    rate: float
    free_at: float = 0
    blocked_until: float = 0

    def wait(self, now: float) -> float:
        """Seconds until a message may leave; 0 when it may now."""
        return max(self.free_at - now, self.blocked_until - now, 0)

    def take(self, now: float, full: float, late: float = 0) -> "Bucket":
        """After a message; the rate creeps back to `full`.

        A message that leaves a little after its time, up to the part `late` of an interval, does not put off the next.
        """
        rate = min(self.rate * _GROWTH, full)
        return replace(self, rate=rate, free_at=max(self.free_at, now - late / rate) + 1 / rate)

    def refused(self, now: float, seconds: float, slowest: float) -> "Bucket":
        """After a 429 that asks for `seconds` of silence: half as fast.

        Several calls that were on their way together are refused together; only the first of them halves.
        """
        rate = self.rate if self.blocked_until > now else max(self.rate * _HALF, slowest)
        return replace(self, rate=rate, blocked_until=max(self.blocked_until, now + seconds))


def workspace_bucket(timing: Timing) -> Bucket:
    """What a workspace begins with."""
    return Bucket(timing.rate)


def spread(team: str, channel: str, together: int, rate: float) -> float:
    """Seconds after the due time at which a channel's message leaves, of `together` that are due at the same moment.

    By a hash of the channel's id, so that its digest comes at the same minute every week, whatever the others do.
    """
    digest = hashlib.sha256(f"{team}|{channel}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 * (together - 1) / rate
