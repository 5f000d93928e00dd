"""Failpoints: a worker of the suite is killed or frozen at a step of the protocol.

They are wrapped around the ports, and hang on the database's commits; the product has no branch for them.
"""

import os
import signal
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.chaos.orders import Orders, Strike, leave

_UNWRAPPED: Final = {"active", "check_clock", "wait"}  # they know no channel
_AT: ContextVar[tuple[str, str, int] | None] = ContextVar("_AT", default=None)


class Points:
    """Stands in for a port: each of its methods is a point ``before`` and ``after``, and ``within`` when it commits."""

    def __init__(self, inner: object, orders: Orders) -> None:
        self._inner = inner
        self._folder = orders.folder
        self._strikes = dict(orders.strikes)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._inner, name)
        if name in _UNWRAPPED:
            return method

        async def wrapped(*args: object, **named: object) -> object:
            channel, part = _place(args)
            self._strike(f"before {name}", channel, part)
            token = _AT.set((name, channel, part))
            try:
                result = await method(*args, **named)
            finally:
                _AT.reset(token)
            found, number = (channel, part) if channel else _place([result])
            self._strike(f"after {name}", found, number)
            return result

        return wrapped

    def hang_on(self, engine: AsyncEngine) -> None:
        """Make every commit a point."""

        def committing(_: object) -> None:
            if (at := _AT.get()) is not None:
                self._strike(f"within {at[0]}", at[1], at[2])

        event.listen(engine.sync_engine, "commit", committing)

    def _strike(self, point: str, channel: str, part: int) -> None:
        strike = self._strikes.get(channel)
        if strike is None or strike.point != point or part not in {strike.part, -1}:
            return
        name = f"struck {channel}"
        if leave(self._folder, name, f"{os.getpid()} {strike.signal}"):
            os.kill(os.getpid(), strike.signal)


def _place(values: Iterable[object]) -> tuple[str, int]:
    """The channel and the part that a call is about: of a claim, of the first row of a plan, or as text. -1: no part."""
    for value in values:
        one = value[0] if isinstance(value, list) and value else value
        if hasattr(one, "channel"):
            return one.channel, getattr(one, "part", -1)
        if isinstance(one, str) and one.startswith("C"):
            return one, -1
    return "", -1


def every_strike(number: int) -> list[Strike]:
    """Each step of the straight way, for the parent and for a reply (so between parts too)."""
    steps = ["claim", "sending", "post", "settle"]
    points = [f"{when} {step}" for step in steps for when in ("before", "within", "after")]
    parts = [Strike(point, part, number) for point in points for part in (0, 1) if _exists(point, number)]
    return [Strike("after get", -1, number), Strike("after history", -1, number), *parts]


def every_detour(number: int) -> list[Strike]:
    """Each step of what follows a lost answer."""
    steps = ["doubt", "find"]
    points = [f"{when} {step}" for step in steps for when in ("before", "within", "after")]
    return [Strike(point, part, number) for point in points for part in (0, 1) if _exists(point, number)]


def every_look(number: int) -> list[Strike]:
    """Each step of the sweep."""
    points = ["after take_suspect", "after find", "before delete", "after delete", "before swept", "within swept"]
    return [Strike(point, 0, number) for point in points]


def _exists(point: str, number: int) -> bool:
    """What Slack does has no commit; what is claimed is not known before it is; and the one hole has its own scenario."""
    is_the_hole = point == "before post" and number == signal.SIGSTOP
    return point not in {"within post", "within find", "before claim", "within claim"} and not is_the_hole
