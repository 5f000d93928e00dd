"""What the ledger promises, on every database: who may send what, and when."""

import asyncio
import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.ledger import Ledger
from bot.storage.schema import bucket, delivery
from jobs.ports import Claim, Due, LedgerError, Rendered, State, message_key
from jobs.timing import Timing

NOW = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
# Leases of the past and buckets that are always open: time passes at once, by the database's own clock.
PATIENT = Timing(rate=1e9, channel_gap=1e-9, lease=60, quarantine=90)
HASTY = Timing(rate=1e9, channel_gap=1e-9, call=-100, margin=0, lease=-50, quarantine=0, longest_retry=7200)
DIGEST = Rendered(
    ({"text": "parent"}, {"text": "first"}, {"text": "second, بغداد"}), {"passage:a": "01"}, ("oil", "gas")
)


def due(channel: str = "C1", period: str = "2026-W48", at: dt.datetime = NOW, *, late: bool = False) -> Due:
    """A digest of workspace T1."""
    return Due("T1", channel, period, at, at, late)


@pytest.fixture(name="ledger")
def _ledger(engine: AsyncEngine) -> Ledger:
    return Ledger(engine, PATIENT)


@pytest.fixture(name="hasty")
def _hasty(engine: AsyncEngine) -> Ledger:
    """The same tables, for a worker whose leases are over as soon as they begin."""
    return Ledger(engine, HASTY)


async def take(ledger: Ledger, now: dt.datetime = NOW, *, settles: bool = True) -> Claim:
    """A claim that must be there."""
    claim = await ledger.claim("worker", now, settles=settles)
    assert claim is not None
    return claim


async def none_left(ledger: Ledger, now: dt.datetime = NOW) -> bool:
    """Whether nothing can be claimed."""
    return await ledger.claim("worker", now, settles=True) is None


async def test_planning_again_changes_nothing(ledger: Ledger) -> None:
    """However often and by however many a digest is planned, there is one."""
    planned = [await ledger.plan([due(), due("C2")]), await ledger.plan([due("C2"), due("C3")]), await ledger.plan([])]
    claim = await take(ledger)
    planned.append(await ledger.plan([due(claim.channel, at=NOW + HOUR)]))

    assert planned == [2, 1, 0, 0]


async def test_what_was_never_sent_can_be_planned_for_later(ledger: Ledger) -> None:
    """An expired or skipped digest comes when somebody asks for it; one that was sent or is due stays as it is."""
    await ledger.plan([due("C1", late=True), due("C2"), due("C3")])
    skipped, posted = await take(ledger), await take(ledger)
    await ledger.settle(skipped, State.SKIPPED, error="nothing changed")
    await ledger.sending(posted, DIGEST)
    await ledger.settle(posted, State.EXPIRED)
    again = [due("C1"), due("C2"), due("C3")]
    asked = [due(channel, at=NOW + HOUR) for channel in ("C1", "C2", "C3")]

    assert [await ledger.plan(again), await ledger.plan(asked), await ledger.plan(asked)] == [0, 2, 0]
    claims = [await take(ledger, NOW + HOUR) for _ in range(2)]
    assert {claim.channel for claim in claims} == {"C1", skipped.channel}
    assert {claim.due_at for claim in claims} == {NOW + HOUR}
    assert await none_left(ledger, NOW + HOUR)


async def test_nothing_leaves_before_it_is_due(ledger: Ledger) -> None:
    """A digest can be claimed from its time on, by the clock that is handed in."""
    await ledger.plan([due(at=NOW + HOUR)])

    assert await none_left(ledger)
    assert await ledger.wait(NOW, settles=True) == pytest.approx(3600)
    claim = await take(ledger, NOW + HOUR)
    assert (claim.channel, claim.part, claim.due_at, claim.age) == ("C1", 0, NOW + HOUR, None)


async def test_a_claim_is_one_workers(ledger: Ledger) -> None:
    """Of ten workers that ask together for four digests, four get one each, all different."""
    await ledger.plan([due(f"C{number}") for number in range(4)])
    claims = []
    for _ in range(3):  # PostgreSQL may send a worker away whose bucket another one holds
        claims += await asyncio.gather(*(ledger.claim(f"w{n}", NOW, settles=True) for n in range(10)))

    assert sorted(claim.channel for claim in claims if claim) == ["C0", "C1", "C2", "C3"]


async def test_a_lease_runs_out_and_the_fence_keeps_the_last_holder_out(ledger: Ledger, hasty: Ledger) -> None:
    """Whoever comes back after the lease can change nothing, and what was never sent needs no quarantine."""
    await ledger.plan([due()])
    late = await take(hasty)
    current = await take(ledger)

    assert (late.fence, current.fence, current.age) == (1, 2, None)
    assert not await ledger.sending(late, DIGEST)
    assert not await ledger.release(late, 0, "late")
    assert not await ledger.settle(late, State.FAILED)
    assert await ledger.sending(current, DIGEST)
    assert not await ledger.settle(late, State.POSTED, ts="1.0")
    assert await ledger.settle(current, State.POSTED, ts="2.0")
    assert not await ledger.settle(current, State.POSTED, ts="2.0")


async def test_what_may_have_been_sent_waits_for_the_quarantine(
    ledger: Ledger, hasty: Ledger, engine: AsyncEngine
) -> None:
    """A row left in `sending` is given out after lease and quarantine, as one in doubt, and only to who settles."""
    await ledger.plan([due()])
    await hasty.sending(await take(hasty), DIGEST)
    slow = Ledger(engine, Timing(quarantine=40))

    assert await none_left(ledger)  # the lease ended 50 s ago, and the quarantine is 90
    assert 39 < (await ledger.wait(NOW, settles=True) or 0) <= 40
    assert await ledger.wait(NOW, settles=False) is None
    assert await slow.claim("worker", NOW, settles=False) is None
    claim = await take(slow)
    assert claim.age is not None
    assert 0 <= claim.age < 60
    assert (claim.attempts, claim.payload) == (1, {"text": "parent"})


async def test_replies_wait_for_the_message_before(ledger: Ledger) -> None:
    """The parts are written with the parent and leave one after the other, each under the parent's timestamp."""
    await ledger.plan([due()])
    parent = await take(ledger)
    await ledger.sending(parent, DIGEST)
    assert await none_left(ledger)
    seen = []
    await ledger.settle(parent, State.POSTED, ts="100.000001")
    for ts in ("100.000002", "100.000003"):
        claim = await take(ledger)
        assert await none_left(ledger)
        seen.append((claim.part, claim.thread_ts, claim.payload))
        await ledger.sending(claim, None)
        await ledger.settle(claim, State.POSTED, ts=ts)

    assert seen == [(1, "100.000001", {"text": "first"}), (2, "100.000001", {"text": "second, بغداد"})]
    assert await none_left(ledger)
    assert await ledger.wait(NOW, settles=True) is None


async def test_parents_leave_before_replies(ledger: Ledger) -> None:
    """Every channel has its digest before the first thread goes on, however long that has been waiting."""
    await ledger.plan([due("C1", at=NOW - HOUR)])
    claim = await take(ledger)
    await ledger.sending(claim, DIGEST)
    await ledger.settle(claim, State.POSTED, ts="1.0")
    await ledger.plan([due("C2")])

    assert [(claim.channel, claim.part) for claim in (await take(ledger), await take(ledger))] == [("C2", 0), ("C1", 1)]


@pytest.mark.parametrize("state", [State.FAILED, State.EXPIRED, State.SKIPPED])
async def test_replies_end_with_their_parent(ledger: Ledger, state: State) -> None:
    """When a message is not posted, neither is what hangs on it."""
    await ledger.plan([due()])
    claim = await take(ledger)
    await ledger.sending(claim, DIGEST)
    await ledger.settle(claim, state, error="channel_not_found")
    status = await ledger.status("T1", "C1")

    assert await none_left(ledger)
    assert await ledger.wait(NOW, settles=True) is None
    assert status is not None
    assert (status.state, status.error, status.due_at) == (state, "channel_not_found", NOW)


async def test_what_was_not_sent_comes_again(ledger: Ledger) -> None:
    """A released message rests as long as it was told to, keeps what was composed, and is in no doubt."""
    await ledger.plan([due()])
    for attempts, seconds in enumerate((0, 30)):
        claim = await take(ledger)
        assert (claim.age, claim.attempts) == (None, attempts)
        assert (claim.payload is None) == (attempts == 0)
        await ledger.sending(claim, DIGEST if claim.payload is None else None)
        assert await ledger.release(claim, seconds, "ratelimited")
        assert not await ledger.release(claim, 0, "a second time")

    assert await none_left(ledger)
    assert 29 < (await ledger.wait(NOW, settles=True) or 0) <= 30


async def test_a_doubt_can_be_put_off(ledger: Ledger, hasty: Ledger, engine: AsyncEngine) -> None:
    """When the channel could not be read, the message stays in doubt and is looked for again after the rest."""
    await ledger.plan([due()])
    await hasty.sending(await take(hasty), DIGEST)
    soon = Ledger(engine, Timing(rate=1e9, channel_gap=1e-9, quarantine=40))
    claim = await take(soon)
    assert await soon.doubt(claim, "timeout")
    assert await soon.rest(claim, 20, "timeout")

    assert await none_left(soon)
    assert 19 < (await soon.wait(NOW, settles=True) or 0) <= 20
    assert await soon.rest(claim, -1, "timeout")
    assert (await take(soon)).age is not None


async def test_a_workspace_has_one_bucket_for_all_workers(engine: AsyncEngine) -> None:
    """One message in half a second for each workspace, whoever asks; another workspace has its own."""
    ledgers = [Ledger(engine, Timing(rate=0.5)) for _ in range(3)]
    await ledgers[0].plan([due(f"C{number}") for number in range(4)] + [Due("T2", "C9", "2026-W48", NOW, NOW)])
    claims = [await ledger.claim("worker", NOW, settles=True) for ledger in ledgers * 3]

    assert Counter(claim.team for claim in claims if claim) == {"T1": 1, "T2": 1}
    assert 0 < (await ledgers[0].wait(NOW, settles=True) or 0) <= 2


async def test_a_channel_has_a_bucket_of_its_own(engine: AsyncEngine) -> None:
    """Two digests of one channel, of different periods, do not come in the same second."""
    ledger = Ledger(engine, Timing(rate=1e9, channel_gap=30))
    await ledger.plan([due(), due(period="2026-11"), due("C2")])

    assert {(await take(ledger)).channel, (await take(ledger)).channel} == {"C1", "C2"}
    assert await none_left(ledger)
    assert 29 < (await ledger.wait(NOW, settles=True) or 0) <= 30


async def test_silence_holds_for_the_whole_workspace(ledger: Ledger) -> None:
    """After a 429 nothing is given out, and what was claimed just before is not sent either."""
    await ledger.plan([due(), due("C2"), due("C3")])
    claims = [await take(ledger) for _ in range(2)]
    await ledger.block("T1", 20)

    assert [await ledger.sending(claim, DIGEST) for claim in claims] == [False, False]
    assert [await ledger.release(claim, 0, "held back") for claim in claims] == [True, True]
    assert await none_left(ledger)
    assert 19 < (await ledger.wait(NOW, settles=True) or 0) <= 20


async def test_silence_in_one_workspace_is_none_in_another(ledger: Ledger) -> None:
    """A 429 belongs to one workspace."""
    await ledger.plan([due(), Due("T2", "C1", "2026-W48", NOW, NOW)])
    await ledger.block("T1", 3600)
    claim = await take(ledger)

    assert claim.team == "T2"
    assert await ledger.sending(claim, DIGEST)


async def test_a_bot_is_given_the_messages_of_its_own_workspace(engine: AsyncEngine) -> None:
    """One token posts to one workspace, whoever else keeps digests in the same database."""
    mine, theirs = Ledger(engine, PATIENT, team="T1"), Ledger(engine, PATIENT, team="T2")
    await mine.plan([due(), due("C2")])

    assert await none_left(theirs)
    assert await theirs.wait(NOW, settles=True) is None
    claim = await take(mine)
    assert claim.team == "T1"
    await mine.sending(claim, DIGEST)
    await mine.settle(claim, State.POSTED, ts="1.1")
    await mine.suspect(claim, "1.2")
    assert await theirs.take_suspect() is None
    assert await mine.take_suspect() is not None


async def test_a_clock_put_back_holds_nothing_for_long(ledger: Ledger, engine: AsyncEngine) -> None:
    """Leases and buckets of a database clock that ran a day ahead are cut to what they can be."""
    await ledger.plan([due()])
    claim = await take(ledger)
    await ledger.sending(claim, DIGEST)
    before = await ledger.check_clock()
    ahead = before + 86_400
    async with engine.begin() as connection:
        await connection.execute(update(delivery).values(lease_until=ahead))
        await connection.execute(update(bucket).values(free_at=ahead, blocked_until=ahead))
    now = await ledger.check_clock()

    assert 0 <= now - before < 30
    wait = await ledger.wait(NOW, settles=True)
    assert wait is not None
    assert wait <= PATIENT.longest_retry


async def test_the_past_of_a_channel(ledger: Ledger) -> None:
    """Posted digests come back newest first, with what they were made from; what expired since is told."""
    for number, period in enumerate(["2026-W45", "2026-W46", "2026-W47"]):
        await ledger.plan([due(period=period, at=NOW + number * HOUR)])
        claim = await take(ledger, NOW + number * HOUR)
        digest = Rendered(({"text": period},), {"passage:a": str(number)}, (f"issue {number}",))
        await ledger.sending(claim, digest)
        await ledger.settle(claim, State.POSTED, ts=f"{1_800_000_000 + number}.000100")
    late = [due(period=f"2026-W{week}", at=NOW + week * HOUR, late=True) for week in (48, 49)]
    await ledger.plan([*late, due("C2", "2026-W48", late=True)])
    history = await ledger.history("T1", "C1", 2)

    assert [past.period for past in history] == ["2026-W47", "2026-W46"]
    assert history[0].manifest == {"passage:a": "2"}
    assert history[0].issues == ("issue 2",)
    assert history[0].posted_at.timestamp() == pytest.approx(1_800_000_002.0001)
    assert await ledger.missed("T1", "C1") == ["2026-W48", "2026-W49"]
    assert await ledger.missed("T1", "C2") == ["2026-W48"]
    assert await ledger.history("T2", "C1", 6) == []
    assert await none_left(ledger, NOW + 100 * HOUR)
    assert await ledger.status("T2", "C1") is None


async def test_what_was_sent_twice_is_looked_at(ledger: Ledger, engine: AsyncEngine) -> None:
    """A message that was sent once is never a suspect; one that was sent again is, as often as planned."""
    eager = Ledger(engine, Timing(rate=1e9, channel_gap=1e-9, sweeps=(-1, -1, -1)))
    await ledger.plan([due(), due("C2")])
    for _ in range(2):
        claim = await take(ledger)
        await ledger.sending(claim, DIGEST)
        if claim.channel == "C2":
            await ledger.sending(claim, None)
        await eager.settle(claim, State.POSTED, ts="1.0")
    looks: list[tuple[str, str, str | None, int]] = []
    while (suspect := await eager.take_suspect()) is not None and len(looks) < 10:
        looks.append((suspect.channel, suspect.ts, suspect.thread_ts, suspect.sweeps))
        assert await eager.take_suspect() is None  # it is one worker's for now
        await eager.swept(suspect, len(looks), complete=True)
    status = await ledger.status("T1", "C2")

    assert looks == [("C2", "1.0", None, number) for number in range(3)]
    assert status is not None
    assert status.extras == 1 + 2 + 3


async def test_a_worker_that_was_overtaken_reports_itself(ledger: Ledger, hasty: Ledger) -> None:
    """A message becomes a suspect when an older holder sent it too, also while the newer one is still at it."""
    await ledger.plan([due()])
    overtaken = await take(hasty)
    claim = await take(ledger)
    await ledger.sending(claim, DIGEST)
    await ledger.suspect(overtaken, "2.0")
    assert await ledger.take_suspect() is None
    await ledger.settle(claim, State.POSTED, ts="1.0")
    suspect = await ledger.take_suspect()

    assert suspect is not None
    assert (suspect.key, suspect.part) == (message_key("T1", "C1", "2026-W48", 0), 0)


@pytest.mark.parametrize("state", [State.FAILED, State.EXPIRED])
async def test_what_was_given_up_and_came_after_all(ledger: Ledger, hasty: Ledger, state: State) -> None:
    """A message that was given up by one worker counts as posted when another one knows that Slack has it."""
    await ledger.plan([due()])
    overtaken = await take(hasty)
    claim = await take(ledger)
    await ledger.sending(claim, DIGEST)
    await ledger.settle(claim, state, error="it may have arrived")
    assert await ledger.take_suspect() is None
    await ledger.suspect(overtaken, "1.0")
    status = await ledger.status("T1", "C1")
    suspect = await ledger.take_suspect()

    assert status is not None
    assert (status.state, status.error) == (State.POSTED, None)
    assert suspect is not None
    assert suspect.ts == "1.0"


async def test_a_look_that_failed_is_repeated(engine: AsyncEngine) -> None:
    """An incomplete look counts what it removed and comes again when its lease is over."""
    ledger = Ledger(engine, Timing(rate=1e9, channel_gap=1e-9, call=-100, margin=0, lease=-1, sweeps=(-1,)))
    await ledger.plan([due()])
    claim = await take(ledger)
    await ledger.suspect(claim, "2.0")
    await ledger.sending(claim, DIGEST)
    await ledger.settle(claim, State.POSTED, ts="1.0")
    seen = []
    for complete in (False, True):
        suspect = await ledger.take_suspect()
        assert suspect is not None
        seen.append(suspect.sweeps)
        await ledger.swept(suspect, 1, complete=complete)

    assert seen == [0, 0]
    assert await ledger.take_suspect() is None


async def test_a_suspect_of_a_thread_names_its_parent(ledger: Ledger) -> None:
    """A reply is looked for in its thread."""
    await ledger.plan([due()])
    parent = await take(ledger)
    await ledger.sending(parent, DIGEST)
    await ledger.settle(parent, State.POSTED, ts="1.0")
    reply = await take(ledger)
    await ledger.sending(reply, None)
    await ledger.settle(reply, State.POSTED, ts="2.0")
    await ledger.suspect(reply, "2.0")
    suspect = await ledger.take_suspect()

    assert suspect is not None
    assert (suspect.part, suspect.ts, suspect.thread_ts) == (1, "2.0", "1.0")


async def test_a_database_that_is_gone_is_one_error(engine: AsyncEngine, ledger: Ledger) -> None:
    """Whatever the driver says, the calendar hears one sentence."""
    async with engine.begin() as connection:
        await connection.run_sync(delivery.drop)

    with pytest.raises(LedgerError, match="nothing is posted until it can"):
        await ledger.claim("worker", NOW, settles=True)
    with pytest.raises(LedgerError):
        await ledger.wait(NOW, settles=True)
