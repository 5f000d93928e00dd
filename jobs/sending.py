"""Sending one message of a digest: composed, `sending` committed, the lease checked, posted, and written down."""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from jobs.digest import HISTORY
from jobs.ports import (
    Claim,
    Composer,
    InDoubt,
    Ledger,
    LedgerError,
    Outcome,
    Payload,
    Posted,
    Publisher,
    Refusal,
    Refused,
    Rendered,
    State,
    Subscriptions,
    Throttled,
)
from jobs.steadiness import Steadiness
from jobs.subscriptions import Subscription
from jobs.timing import Timing

_INSIST: Final = 0.5  # seconds between two tries to write down what Slack has done

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Means:
    """What deliveries work with. `clock` says what is due; `monotonic` (seconds) guards leases."""

    ledger: Ledger
    subscriptions: Subscriptions
    publisher: Publisher
    compose: Composer
    timing: Timing
    clock: Callable[[], dt.datetime]
    monotonic: Callable[[], float] = time.monotonic
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


class Sender:
    """Takes a claim to its outcome."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._calendar = Steadiness(means.timing.distrust, means.monotonic, trusted=True)

    def expires(self, now: dt.datetime) -> bool:
        """Whether anything may expire: a clock that was put forward a minute ago is no reason."""
        return self._calendar.check(now.timestamp())

    def is_late(self, claim: Claim, times: int = 1) -> bool:
        """Whether a digest is too old to be posted; or, with `times`, so many times too old."""
        now = self._means.clock()
        return self.expires(now) and claim.due_at + times * dt.timedelta(seconds=self._means.timing.expiry) < now

    async def send(self, claim: Claim) -> None:
        """Post the message of a claim that is certainly not in the channel."""
        ledger, timing = self._means.ledger, self._means.timing
        if self.is_late(claim):
            await ledger.settle(claim, State.EXPIRED, error="more than a day late")
            return
        prepared = await self._prepare(claim)
        if prepared is None:
            return
        payload, rendered = prepared
        deadline = self._means.monotonic() + timing.lease
        if self._means.stopping.is_set() or not await ledger.sending(claim, rendered):
            await ledger.release(claim, 0, "held back")
            return
        # From here to the socket nothing may take longer than the margin; the machine can freeze all the same, and that
        # is the one hole. The sweep looks for what comes out of it.
        if self._means.monotonic() + timing.call + timing.margin > deadline:
            await ledger.release(claim, 0, "the lease was too short for a call")
            return
        await self._record(claim, await self._post(claim, payload))

    async def ended_for(self, claim: Claim, error: str) -> None:
        """Nothing can be posted in this channel: its subscription rests, and the digest has failed."""
        await self._means.subscriptions.suspend(claim.team, claim.channel, error)
        await self._means.ledger.settle(claim, State.FAILED, error=error)

    async def posted(self, claim: Claim, ts: str) -> None:
        """Write down that Slack has it, as long as the lease allows: a database may be restarting just now."""
        ends = self._means.monotonic() + self._means.timing.lease
        while True:
            try:
                if not await self._means.ledger.settle(claim, State.POSTED, ts=ts):
                    await self._means.ledger.suspect(claim, ts)  # another worker took over; there may be two
            except LedgerError:
                if self._means.stopping.is_set() or self._means.monotonic() + _INSIST > ends:
                    raise
                await asyncio.sleep(_INSIST)
            else:
                return

    async def _prepare(self, claim: Claim) -> tuple[Payload, Rendered | None] | None:
        """What to post, and the whole digest if it was composed just now; None when there is nothing to post."""
        if claim.part > 0 and claim.payload is not None:
            return claim.payload, None
        subscription = await self._means.subscriptions.get(claim.team, claim.channel)
        if subscription is None or subscription.paused is not None or claim.due_at < subscription.since:
            await self._means.ledger.settle(claim, State.SKIPPED, error="the subscription was off")
            return None
        if claim.payload is not None:
            return claim.payload, None
        rendered = await self._compose(claim, subscription)
        return (rendered.messages[0], rendered) if rendered else None

    async def _compose(self, claim: Claim, subscription: Subscription) -> Rendered | None:
        ledger = self._means.ledger
        history = await ledger.history(claim.team, claim.channel, HISTORY)
        missed = await ledger.missed(claim.team, claim.channel)
        try:
            rendered = self._means.compose(subscription, claim.period, history, missed)
        except Exception as error:  # noqa: BLE001 - one channel must not stop the others
            _log.exception("the digest %s of %s cannot be composed", claim.period, claim.channel)
            await ledger.release(claim, self._means.timing.back_off(claim.fence), f"composing: {error}")
            return None
        if rendered.skip or not rendered.messages:
            await ledger.settle(claim, State.SKIPPED, error="nothing changed")
            return None
        return rendered

    async def _post(self, claim: Claim, payload: Payload) -> Outcome:
        post = self._means.publisher.post
        return await post(claim.team, claim.channel, payload, key=claim.key, thread_ts=claim.thread_ts)

    async def _record(self, claim: Claim, outcome: Outcome) -> None:
        ledger = self._means.ledger
        match outcome:
            case Posted(ts):
                await self.posted(claim, ts)
            case Throttled(seconds):
                await ledger.block(claim.team, seconds)
                await ledger.release(claim, seconds, "Slack asked for silence (429)")
            case Refused(error, Refusal.NOW):
                await ledger.release(claim, self._means.timing.back_off(claim.attempts), error)
            case Refused(error, Refusal.MESSAGE):
                await ledger.settle(claim, State.FAILED, error=error)
            case Refused(error, Refusal.CHANNEL):
                await self.ended_for(claim, error)
            case InDoubt(error):
                _log.warning(
                    "nobody knows whether %s %s/%d arrived: %s", claim.channel, claim.period, claim.part, error
                )
                await ledger.doubt(claim, error)
