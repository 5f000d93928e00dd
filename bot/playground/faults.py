"""Faults on demand: what can go wrong between an app and Slack, in the order a test asked for it."""

from dataclasses import dataclass

ANY_METHOD = "*"


@dataclass(frozen=True, slots=True)
class ApiFault:
    """What befalls the next calls of a Web API method (or `response_url`, or `*` for all).

    `status` is the HTTP status; 0 drops the connection without an answer. `accepted` says whether Slack did what was asked
    before the answer was lost. `error` is the code of an `ok: false` answer (none: the true answer). `seconds` delays the call.
    """

    method: str
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    accepted: bool = False
    seconds: float = 0.0


class Faults:
    """A queue of faults. Each is used up once; several for one method strike in order."""

    def __init__(self) -> None:
        self._api: list[ApiFault] = []
        self._duplicates = 0
        self._lost_acks = 0

    def rate_limit(self, method: str = ANY_METHOD, *, times: int = 1, retry_after: int = 1) -> None:
        """Answer the next calls with 429 and Retry-After (seconds)."""
        self._api += [ApiFault(method, 429, "ratelimited", retry_after)] * times

    def server_error(self, method: str = ANY_METHOD, *, times: int = 1, accepted: bool = False) -> None:
        """Answer the next calls with 500, having done what they ask (`accepted`) or not."""
        self._api += [ApiFault(method, 500, "internal_error", accepted=accepted)] * times

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer the next calls with `ok: false` and this error."""
        self._api += [ApiFault(method, 200, error)] * times

    def drop(self, method: str = ANY_METHOD, *, times: int = 1, accepted: bool = False) -> None:
        """Break the connection of the next calls, having done what they ask (`accepted`) or not."""
        self._api += [ApiFault(method, 0, "dropped", accepted=accepted)] * times

    def delay(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Let the next calls wait, then serve them."""
        self._api += [ApiFault(method, seconds=seconds, accepted=True)] * times

    def duplicate(self, *, times: int = 1) -> None:
        """Deliver the next envelopes twice, as happens when sockets are exchanged."""
        self._duplicates += times

    def lose_acks(self, *, times: int = 1) -> None:
        """Let the next acks of the app get lost on the way."""
        self._lost_acks += times

    def take_api(self, method: str) -> ApiFault | None:
        """The fault that strikes this call, used up."""
        for fault in self._api:
            if fault.method in (ANY_METHOD, method):
                self._api.remove(fault)
                return fault
        return None

    def take_duplicate(self) -> bool:
        """Whether this envelope is sent twice."""
        if not self._duplicates:
            return False
        self._duplicates -= 1
        return True

    def take_lost_ack(self) -> bool:
        """Whether this ack is lost."""
        if not self._lost_acks:
            return False
        self._lost_acks -= 1
        return True
