"""What is done to the workers, one function a scenario. Each takes a database's address and a folder, and counts."""

import asyncio
import datetime as dt
import signal
import time
from dataclasses import replace
from pathlib import Path

from tests.chaos import controls
from tests.chaos.databases import Postgres
from tests.chaos.field import Field, Figures, a_field, longest_block
from tests.chaos.hands import PATIENCE, WORKERS, killer, no_space, own_clock, revived, turn, witness
from tests.chaos.orders import TIMING, Strike
from tests.chaos.points import every_detour, every_look, every_strike
from tests.chaos.slack import USUAL, Fault, Faults

_CHANCES = 4  # weeks in which a step may be struck


async def kills(
    name: str, url: str, place: Path, *, channels: int, rounds: int, teams: int = 4, each: int = 8
) -> Figures:
    """Kill -9 a worker for about every `each` messages, at moments that chance picks; Slack has its usual faults."""
    async with a_field(url, place, teams=teams, faults=USUAL) as field:
        await field.subscribe(channels)
        field.start(WORKERS)
        for week in range(rounds):
            field.let_it_be_due(week)
            async with killer(field, each):
                await field.complete(PATIENCE)
            await field.settled(PATIENCE)
        await field.drained(PATIENCE)
        return field.figures(name)


async def freezes(name: str, url: str, place: Path, *, channels: int, count: int) -> Figures:
    """SIGSTOP a worker at moments that chance picks, for longer than lease and quarantine."""
    async with a_field(url, place, faults=USUAL, seed=3) as field:
        await field.subscribe(channels)
        field.start(WORKERS)
        for week in range(count):
            field.let_it_be_due(week)
            await field.until(lambda: field.arrived > len(field.expected) * (week + 0.3) / (week + 1), PATIENCE)  # noqa: B023 - awaited here
            await field.freeze(TIMING.lease + TIMING.quarantine + 0.5)
            await field.settled(PATIENCE)
        await field.drained(PATIENCE)
        return field.figures(name)


async def every_step(name: str, url: str, place: Path, number: signal.Signals) -> Figures:
    """Kill or freeze a worker once at each step: the straight way, what follows a lost answer, and the sweep."""
    straight, detours, looks = every_strike(number), every_detour(number), every_look(number)
    places = [f"CT0-{index}" for index in range(len(straight) + len(detours) + len(looks))]
    strikes = tuple(zip(places, [*straight, *detours, *looks], strict=True))
    async with a_field(url, place, teams=1, strikes=strikes, parts=2) as field:
        await field.subscribe(len(places))
        field.start(WORKERS)
        async with revived(field, place):
            for week in range(_CHANCES):
                field.slack.late_copies = {channel for channel, strike in _left(place, strikes) if strike in looks}
                for channel, strike in _left(place, strikes):
                    if strike not in straight:
                        lost = Fault.DROP_BEFORE if strike in looks else Fault.DROP_AFTER
                        field.slack.strike(f"{channel} {max(strike.part, 0)}", lost)
                field.let_it_be_due(week)
                if not await field.drained(PATIENCE) or not _left(place, strikes):
                    break
        left = [str(strike) for _, strike in _left(place, strikes)]
        note = f"{len(strikes) - len(left)} of {len(strikes)} steps struck" + (f"; not: {left}" if left else "")
        figures = field.figures(name, note)
        # The copies that the suite itself made for the sweep to find are no fault of the protocol.
        return replace(figures, doubled=figures.doubled - len(field.slack.copied))


def _left(place: Path, strikes: tuple[tuple[str, Strike], ...]) -> list[tuple[str, Strike]]:
    """The strikes that have not struck yet: another one may have hit the worker just before."""
    return [(channel, strike) for channel, strike in strikes if not (place / f"struck {channel}").exists()]


async def the_hole(name: str, url: str, place: Path, *, channels: int) -> Figures:
    """Freeze a worker between its last look at the lease and the write to the socket, for longer than the lease."""
    strikes = tuple((f"CT0-{index}", Strike("before post", 0, signal.SIGSTOP)) for index in range(0, channels, 5))
    async with a_field(url, place, teams=1, strikes=strikes, parts=2) as field:
        await field.subscribe(channels)
        field.start(WORKERS)
        field.let_it_be_due(0)
        async with revived(field, place):
            await field.drained(PATIENCE)
        return field.figures(name, f"{len(strikes)} freezes forced; swept: {field.slack.deletions}")


async def storm(name: str, url: str, place: Path, *, channels: int, seconds: float) -> Figures:
    """Every call gets a 429 for so long; nothing may be called within its Retry-After."""
    retry_after = max(1, int(seconds / 3))
    timing = replace(TIMING, rate=20, slowest=2.5, longest_retry=60)
    async with a_field(url, place, teams=1, timing=timing) as field:
        await field.subscribe(channels)
        field.start(WORKERS)
        field.let_it_be_due(0)
        await field.until(lambda: field.arrived > len(field.expected) / 4, PATIENCE)
        field.slack.storm(seconds, retry_after)
        begun = time.monotonic()
        await field.drained(PATIENCE + seconds)
        early = field.slack.early_calls(0.25)
        refused = sum(call.fault is Fault.THROTTLED for call in field.slack.calls)
        drained = time.monotonic() - begun - seconds
        note = f"{refused} calls got 429; inside Retry-After: {len(early)}; drained {drained:.0f} s after it"
        figures = field.figures(name, note)
        return replace(figures, lost=figures.lost + len(early))


async def restarts(name: str, server: Postgres, url: str, place: Path, *, channels: int, count: int) -> Figures:
    """Stop PostgreSQL as a power cut would, again and again, in the middle of it."""
    async with a_field(url, place, faults=USUAL) as field:
        await field.subscribe(channels)
        field.start(WORKERS)
        field.let_it_be_due(0)
        goal = 0.0
        for _ in range(count):
            goal += len(field.expected) / (count + 1)
            await field.until(lambda: field.arrived >= goal, PATIENCE)  # noqa: B023 - awaited here
            await asyncio.to_thread(server.stop)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(server.start)
        await field.engine.dispose()  # the suite's own connections are gone too
        await field.drained(PATIENCE)
        return field.figures(name, f"{count} restarts")


async def clock_steps(name: str, url: str, place: Path, *, channels: int, repeats: int) -> Figures:
    """Put the clock of due times and the database's an hour and a day ahead and back, in the middle of it."""
    timing = replace(TIMING, rate=20)
    steps = [3_600, -3_600, 86_400, -86_400] * repeats
    async with a_field(url, place, faults=USUAL, timing=timing, steps_database_clock=True) as field:
        if field.engine.dialect.name == "postgresql":
            await own_clock(field)
        await field.subscribe(channels)
        field.start(WORKERS)
        for week, step in enumerate(steps):
            field.let_it_be_due(week)
            right = field.clocks.calendar
            begun = len(field.expected) - channels * len(field.orders.teams) * field.orders.parts
            enough = begun + (len(field.expected) - begun) / 3
            await field.until(lambda: field.arrived > enough, PATIENCE)  # noqa: B023 - awaited here
            await turn(field, calendar=right + step, database=step)
            await asyncio.sleep(1)
            await turn(field, calendar=right, database=0)
            await field.settled(PATIENCE)
        await field.drained(PATIENCE)
        return field.figures(name, f"{len(steps)} steps and as many back, of both clocks")


async def full_disk(name: str, place: Path, disk: Path | None, *, channels: int) -> Figures:
    """Fill the disk under SQLite in the middle of it; whatever Slack accepts must have its row in `sending`."""
    home = disk or place
    url = f"sqlite:///{home / 'desk.sqlite3'}"
    timing = replace(TIMING, rate=20)
    async with a_field(url, place, teams=1, faults=USUAL, timing=timing) as field:
        unrecorded = await witness(field)
        await field.subscribe(channels)
        field.start(2)
        field.let_it_be_due(0)
        await field.until(lambda: field.arrived > len(field.expected) / 4, PATIENCE)
        async with no_space(field, home, is_mounted=disk is not None):
            await asyncio.sleep(1)
            before = field.arrived
            await asyncio.sleep(4)
            during = field.arrived - before
        await field.drained(PATIENCE)
        how = "a tmpfs of 16 MiB" if disk else "PRAGMA max_page_count"
        note = f"{how}; in 4 s without space {during} posted; without a row: {len(unrecorded)}"
        figures = field.figures(name, note)
        return replace(figures, lost=figures.lost + len(unrecorded))


async def terminations(name: str, url: str, place: Path, *, channels: int, count: int) -> Figures:
    """SIGTERM the workers in the middle of it, while Slack is slow; each must be gone within 15 seconds."""
    slow = replace(USUAL, slow_post=0.5)
    async with a_field(url, place, faults=slow) as field:
        await field.subscribe(channels)
        field.start(WORKERS)
        longest, codes, goal = 0.0, set(), 0.0
        field.let_it_be_due(0)
        for index in range(count):
            goal += len(field.expected) / (count + 1)
            await field.until(lambda: field.arrived >= goal, PATIENCE)  # noqa: B023 - awaited here
            worker = field.workers[index % WORKERS]
            begun = time.monotonic()
            worker.terminate()
            await field.until(lambda: not worker.is_alive(), 20)  # noqa: B023 - awaited here
            longest = max(longest, time.monotonic() - begun)
            codes.add(worker.exitcode)
            field.start(1)
        await field.drained(PATIENCE)
        note = f"{count} SIGTERM; longest exit {longest:.1f} s; exit codes {codes}"
        figures = field.figures(name, note)
        return replace(figures, lost=figures.lost + (longest > 15) + (codes != {0}))


async def same_minute(name: str, url: str, place: Path, *, channels: int, faster: float) -> Figures:
    """A thousand channels due at once, one worker, Slack's own limits but for the scale; the loop is watched."""
    timing = replace(TIMING, rate=2 * faster, channel_gap=1 / faster, slowest=0.25 * faster, tick=5)
    async with a_field(url, place, teams=1, timing=timing, watches_loop=True, faults=Faults(slow_post=0.3)) as field:
        await field.subscribe(channels)
        field.start(1)
        field.let_it_be_due(0)
        parents = {text for text in field.expected if text.endswith(" 0")}
        begun = time.monotonic()
        await field.until(lambda: parents <= field.slack.accepted, 900 / faster * 2)
        first = (time.monotonic() - begun) * faster / 60
        await field.drained(1800 / faster * 2)
        whole = (time.monotonic() - begun) * faster / 60
        blocked, worked = longest_block(place)
        figures = field.figures(
            name,
            f"at {faster:g} times Slack's rate; at its own, parents in {first:.1f} min and threads in {whole:.1f}; "
            f"loop blocked {blocked:.0f} ms at most, {worked:.0f} of them by work",
        )
        late = (first > 15) + (whole > 30) + (worked > 100)
        return replace(figures, lost=figures.lost + late)


async def naive(name: str, url: str, place: Path, *, channels: int) -> Figures:
    """Control: APScheduler in four processes on one job store; no kills, and a Slack without faults."""
    async with a_field(url, place, teams=1, parts=1) as field:
        await field.subscribe(channels)
        field.expected = {f"{channel} 0" for channel in field.channels()}
        controls.prepare(url)
        due = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=6)
        field.start_naive(WORKERS, due)
        await asyncio.sleep(7)
        await field.complete(30)
        await asyncio.sleep(3)
        return field.figures(name)


async def no_read_back(name: str, url: str, place: Path, *, channels: int) -> Figures:
    """Control: what is in doubt is sent again without a look."""
    faults = replace(USUAL, shares={**USUAL.shares, Fault.DROP_AFTER: 0.15})
    async with a_field(url, place, faults=faults, reads_back=False) as field:
        return await _controlled(name, field, channels)


async def short_quarantine(name: str, url: str, place: Path, *, channels: int) -> Figures:
    """Control: the channel is read back before Slack shows what it has accepted."""
    faults = replace(USUAL, shares={**USUAL.shares, Fault.DROP_AFTER: 0.15}, lag=4.0)
    timing = replace(TIMING, quarantine=0.05)
    async with a_field(url, place, faults=faults, timing=timing) as field:
        return await _controlled(name, field, channels)


async def _controlled(name: str, field: Field, channels: int) -> Figures:
    await field.subscribe(channels)
    field.start(WORKERS)
    field.let_it_be_due(0)
    async with killer(field, 20):
        await field.complete(PATIENCE)
    await asyncio.sleep(TIMING.lease + TIMING.quarantine + 2)
    return field.figures(name)
