"""`make chaos`: every scenario at full size, and a table of figures. `--scale 0.1` is a tenth; `--only WORD` picks."""

import argparse
import asyncio
import os
import signal
import sys
import time

from tests.chaos.field import Figures
from tests.chaos.orders import TIMING
from tests.chaos.suite import Claim, holds, play

_ROW = "{:<48} {:>6} {:>5} {:>6} {:>5} {:>7} {:>4} {:>6}  {}"


def main() -> int:
    """Run; the status is 1 when a claim does not hold, or a control does not fail."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="how large, as a part of 10,000 deliveries")
    parser.add_argument("--only", default="", help="only scenarios whose name or database contains this")
    arguments = parser.parse_args()
    return asyncio.run(_run(arguments.only, arguments.scale))


async def _run(only: str, scale: float) -> int:
    begun = time.monotonic()
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # so that the databases are stopped
    print(f"{os.cpu_count()} cores; Slack's and the workers' times are scaled down: {TIMING}")  # noqa: T201
    _print("scenario, database", "due", "kills", "freeze", "lost", "doubled", "left", "s", "")
    due, kills, wrong = 0, 0, 0
    async for scenario, figures in play(only, scale):
        good = holds(scenario.claim, figures)
        wrong += not good
        if scenario.claim is not Claim.FAILS:
            due, kills = due + figures.due, kills + figures.kills
        _show(figures, scenario.claim, good=good)
    minutes = (time.monotonic() - begun) / 60
    print(f"\n{due} deliveries, {kills} kills but for the controls; {minutes:.1f} minutes; {wrong} claims do not hold")  # noqa: T201
    return 1 if wrong else 0


def _show(figures: Figures, claim: Claim, *, good: bool) -> None:
    numbers = (figures.due, figures.kills, figures.freezes, figures.lost, figures.doubled, figures.left)
    note = f"; {figures.note}" if figures.note else ""
    _print(figures.name, *numbers, f"{figures.seconds:.0f}", f"{'ok' if good else 'NOT'}: {claim}{note}")


def _print(*columns: object) -> None:
    print(_ROW.format(*map(str, columns)), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
