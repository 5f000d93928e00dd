"""What the app said and how deliveries to it went, for tests and for the page's curiosity."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.playground.feed import Feed
from bot.playground.model import Call, JsonObject


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to hand the app an envelope. `outcome` is `ack`, `operation_timeout` or `dispatch_failed`."""

    type: str
    payload: JsonObject
    attempt: int
    outcome: str


@dataclass(slots=True)
class Journal:
    """`calls` and `deliveries` in order of completion; `rejected` are acks that real Slack would have dropped in silence."""

    feed: Feed
    calls: list[Call] = field(default_factory=list)
    rejected: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    activity: int = 0
    busy: int = 0

    def record_call(self, call: Call) -> None:
        """Keep what the app sent; a refused ack is kept among the rejected as well."""
        self.calls.append(call)
        if call.method == "ack" and call.error is not None:
            self.rejected.append(call)
        self._stir()

    def record_delivery(self, delivery: Delivery) -> None:
        """Keep how an attempt to deliver went."""
        self.deliveries.append(delivery)
        self._stir()

    @contextmanager
    def working(self) -> Iterator[None]:
        """While this is open, something is on its way between Slack and the app."""
        self.busy += 1
        self._stir()
        try:
            yield
        finally:
            self.busy -= 1
            self._stir()

    def _stir(self) -> None:
        self.activity += 1
        self.feed.wake()
