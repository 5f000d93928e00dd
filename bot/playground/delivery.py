"""From Slack to the app: what is sent once and answered by its acknowledgement, and what is retried until it is taken."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from bot.playground.feed import Feed
from bot.playground.journal import Delivery, Journal
from bot.playground.model import JsonObject

EnvelopeType: TypeAlias = Literal["slash_commands", "events_api", "interactive"]

ACK_SECONDS = 3.0
# The Events API tries again at once, after a minute and after five (docs.slack.dev/apis/events-api).
RETRY_SECONDS = (0.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What goes to the app. Only the Events API counts its attempts."""

    envelope_id: str
    type: EnvelopeType
    payload: JsonObject
    accepts_response_payload: bool
    retry_attempt: int = 0
    retry_reason: str = ""

    def frame(self) -> JsonObject:
        """The envelope as it stands on the wire."""
        frame: JsonObject = {
            "envelope_id": self.envelope_id,
            "type": self.type,
            "accepts_response_payload": self.accepts_response_payload,
            "payload": self.payload,
        }
        if self.type == "events_api":
            frame |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return frame


@dataclass(frozen=True, slots=True)
class Ack:
    """The app took it. `payload` is what it answered on the spot."""

    payload: JsonObject | None


class DeliveryError(Exception):
    """The app did not take it: `operation_timeout` (no answer in time) or `dispatch_failed` (nobody there)."""

    def __init__(self, reason: Literal["operation_timeout", "dispatch_failed"]) -> None:
        super().__init__(reason)
        self.reason = reason


class Transport(Protocol):
    """A way to the app. Socket Mode is one."""

    @property
    def connected(self) -> bool:
        """Whether somebody is listening."""
        ...

    async def deliver(self, envelope: Envelope, timeout: float) -> Ack:  # noqa: ASYNC109 - see Sockets.deliver
        """Hand over one envelope; raises DeliveryError."""
        ...


class Dispatcher:
    """Hands commands, interactions and events to the app by a transport, and keeps a record of how that went.

    `ack_seconds` is how long the app may take; `retry_seconds` the pauses before an event is tried again.
    """

    def __init__(
        self,
        transport: Transport,
        journal: Journal,
        feed: Feed,
        ack_seconds: float,
        retry_seconds: Sequence[float],
    ) -> None:
        self._ack_seconds = ack_seconds
        self._retry_seconds = retry_seconds
        self._transport = transport
        self._journal = journal
        self._feed = feed
        self._envelopes = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, kind: EnvelopeType, payload: JsonObject, *, takes_answer: bool = False) -> JsonObject | None:
        """Send a command or an interaction, once, and return what the acknowledgement carried.

        Raises:
            DeliveryError: the app did not acknowledge it.
        """
        return (await self._attempt(self._envelope(kind, payload, takes_answer=takes_answer))).payload

    def tell(self, payload: JsonObject) -> None:
        """Send an event, in the background, again and again until it is acknowledged or given up."""
        task = asyncio.create_task(self._tell(payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell(self, payload: JsonObject) -> None:
        envelope = self._envelope("events_api", payload)
        for attempt, pause in enumerate((0.0, *self._retry_seconds)):
            await asyncio.sleep(pause)
            await self._connection()
            envelope = replace(
                envelope,
                envelope_id=self._new_id(),
                retry_attempt=attempt,
                retry_reason="timeout" if attempt else "",
            )
            try:
                await self._attempt(envelope)
            except DeliveryError:
                continue
            return

    async def _connection(self) -> None:
        """Wait for the app to come back: events are kept while it is away."""
        await self._feed.wait_for(lambda: self._transport.connected, timeout=None)

    async def _attempt(self, envelope: Envelope) -> Ack:
        outcome = "ack"
        with self._journal.working():
            try:
                return await self._transport.deliver(envelope, self._ack_seconds)
            except DeliveryError as error:
                outcome = error.reason
                raise
            finally:
                self._journal.record_delivery(
                    Delivery(envelope.type, envelope.payload, envelope.retry_attempt, outcome),
                )

    def _envelope(self, kind: EnvelopeType, payload: JsonObject, *, takes_answer: bool = False) -> Envelope:
        return Envelope(self._new_id(), kind, payload, takes_answer)

    def _new_id(self) -> str:
        self._envelopes += 1
        return str(uuid.UUID(int=self._envelopes))
