"""Noticing that a clock was put forward or back."""

from collections.abc import Callable
from typing import Final

_TOLERANCE: Final = 5.0  # seconds; a slow query and a corrected drift stay below


class Steadiness:
    """Compares a clock with the monotonic one, which nobody can put forward or back.

    A clock is steady when it has kept pace for `hold` seconds. `trusted` says whether that is assumed at the start.
    """

    def __init__(self, hold: float, monotonic: Callable[[], float], *, trusted: bool) -> None:
        self._hold = hold
        self._monotonic = monotonic
        self._steady_at = monotonic() + (0 if trusted else hold)
        self._offset: float | None = None

    def check(self, reading: float) -> bool:
        """Whether the clock, which shows `reading` now, is steady."""
        now = self._monotonic()
        offset = reading - now
        if self._offset is not None and abs(offset - self._offset) > _TOLERANCE:
            self._steady_at = now + self._hold
        self._offset = offset
        return now >= self._steady_at
