"""What is not the straight way: messages in doubt, second copies, and owners who must be told."""

import asyncio
import logging
from typing import Final

from jobs.ports import (
    Claim,
    Found,
    InDoubt,
    Posted,
    Reading,
    Refusal,
    Refused,
    State,
    Suspect,
    Throttled,
    Unreadable,
)
from jobs.sending import Means, Sender
from jobs.subscriptions import Assurance

_AT_ONCE: Final = 20  # looks for second copies in one tick

_log = logging.getLogger(__name__)


class Recovery:
    """Reads channels back."""

    def __init__(self, means: Means, sender: Sender) -> None:
        self._means = means
        self._sender = sender

    async def recover(self, claim: Claim, age: float) -> None:
        """Settle a message that was in doubt for `age` seconds, or send it if it is not in the channel."""
        reading = await self._read(claim, age)
        match reading:
            case Found(()):
                await self._sender.send(claim)
            case Found((first, *more)):
                await self._sender.posted(claim, first)
                if more:
                    await self._means.ledger.suspect(claim, first)
            case Unreadable(error):
                await self._choose(claim, error)
            case Refused(error, Refusal.CHANNEL):
                await self._sender.ended_for(claim, error)
            case Refused(error, Refusal.MESSAGE):
                await self._means.ledger.settle(claim, State.FAILED, error=error)
            case Throttled(seconds):
                await self._means.ledger.block(claim.team, seconds)
                await self._stay_in_doubt(claim, seconds, "Slack asked for silence (429)")
            case Refused(error) | InDoubt(error):
                await self._stay_in_doubt(claim, self._means.timing.back_off(claim.attempts), error)

    async def sweep(self) -> None:
        """Remove second copies of messages that were sent more than once. There are none unless a process froze."""
        for _ in range(_AT_ONCE):
            suspect = None if self._means.stopping.is_set() else await self._means.ledger.take_suspect()
            if suspect is None:
                return
            await self._look(suspect)

    async def tell_owners(self) -> None:
        """One private notice for each subscription that was suspended.

        It counts as told before it is sent: when the answer is lost, no second one follows.
        """
        while (subscription := await self._means.subscriptions.take_notice()) is not None:
            outcome = await self._means.publisher.tell_owner(subscription)
            if isinstance(outcome, Throttled) or (isinstance(outcome, Refused) and outcome.about is Refusal.NOW):
                await self._means.subscriptions.return_notice(subscription.team, subscription.channel)
                return
            if not isinstance(outcome, Posted):
                _log.warning(
                    "the owner of the digest in %s was perhaps not told: %s", subscription.channel, outcome.error
                )

    async def _read(self, message: Claim | Suspect, age: float) -> Reading:
        """Find a message in its thread or channel; nothing is lost when that is cut off by the end of the process."""
        find = self._means.publisher.find
        within = max(age, 0) + self._means.timing.look_back
        finding = asyncio.ensure_future(
            find(message.team, message.channel, key=message.key, within=within, thread_ts=message.thread_ts)
        )
        stopping = asyncio.ensure_future(self._means.stopping.wait())
        try:
            await asyncio.wait({finding, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return finding.result() if finding.done() else InDoubt("stopping")
        finally:
            finding.cancel()
            stopping.cancel()

    async def _choose(self, claim: Claim, error: str) -> None:
        """What the owner chose for a channel that cannot be read."""
        subscription = await self._means.subscriptions.get(claim.team, claim.channel)
        if subscription is not None and subscription.assurance is Assurance.AT_LEAST_ONCE:
            await self._sender.send(claim)
        else:
            problem = f"it may have arrived; the channel cannot be read ({error}), so it is not sent again"
            await self._means.ledger.settle(claim, State.FAILED, error=problem)

    async def _stay_in_doubt(self, claim: Claim, seconds: float, error: str) -> None:
        if self._sender.is_late(claim, times=2):  # a day more than a downtime may last
            problem = f"it may have arrived; the channel could not be read for days ({error})"
            await self._means.ledger.settle(claim, State.FAILED, error=problem)
        else:
            await self._means.ledger.rest(claim, seconds, error)

    async def _look(self, suspect: Suspect) -> None:
        reading = await self._read(suspect, suspect.age)
        removed, complete = 0, isinstance(reading, Found | Unreadable | Refused)
        if isinstance(reading, Throttled):
            await self._means.ledger.block(suspect.team, reading.seconds)
        for ts in _extra(suspect, reading.timestamps) if isinstance(reading, Found) else ():
            outcome = await self._means.publisher.delete(suspect.team, suspect.channel, ts)
            removed += isinstance(outcome, Posted)
            complete = complete and isinstance(outcome, Posted)
        if removed:
            what = (suspect.channel, suspect.period, suspect.part)
            _log.error("%d extra copies of the digest %s %s/%d were removed", removed, *what)
        await self._means.ledger.swept(suspect, removed, complete=complete)


def _extra(suspect: Suspect, timestamps: tuple[str, ...]) -> tuple[str, ...]:
    """All but the one that the ledger knows, since the thread hangs on it; if that is gone, all but the first."""
    stays = suspect.ts if suspect.ts in timestamps else next(iter(timestamps), None)
    return tuple(ts for ts in timestamps if ts != stays)
