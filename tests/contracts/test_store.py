"""What the store promises, on every database."""

import asyncio
from dataclasses import replace

import pytest

from bot.inbox import once
from bot.storage.store import CLAIM_SECONDS, Feedback, Store
from tests.contracts.conftest import Clock


async def test_a_delivery_is_claimed_once(store: Store) -> None:
    """Of two deliveries with one key the second is not ours, done or not."""
    first = await store.claim("T1", "event:1")
    during = await store.claim("T1", "event:1")
    await store.done("T1", "event:1")
    after = await store.claim("T1", "event:1")

    assert (first, during, after) == (True, False, False)


async def test_many_at_once_and_one_wins(store: Store) -> None:
    """Of ten claims at the same moment exactly one is granted."""
    claims = await asyncio.gather(*(store.claim("T1", "event:1") for _ in range(10)))

    assert sum(claims) == 1


async def test_a_failure_is_released(store: Store) -> None:
    """After a failure a second delivery may try again."""
    ran = []

    async def fail() -> None:
        ran.append("failed")
        raise RuntimeError

    async def work() -> None:
        ran.append("worked")

    with pytest.raises(RuntimeError):
        await once(store, "T1", "event:1", fail)
    await once(store, "T1", "event:1", work)
    await once(store, "T1", "event:1", work)

    assert ran == ["failed", "worked"]


async def test_a_cancelled_run_is_released(store: Store) -> None:
    """What a shutdown cut off may be delivered again."""
    started = asyncio.Event()

    async def hang() -> None:
        started.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(once(store, "T1", "event:1", hang))
    await started.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await store.claim("T1", "event:1")


async def test_what_is_done_cannot_be_released(store: Store) -> None:
    """A late release does not reopen what was handled."""
    await store.claim("T1", "event:1")
    await store.done("T1", "event:1")
    await store.release("T1", "event:1")

    assert not await store.claim("T1", "event:1")


async def test_the_claim_of_a_dead_process_runs_out(store: Store, clock: Clock) -> None:
    """A claim whose process died is granted anew after a while, and not before; what is done never is."""
    await store.claim("T1", "died")
    await store.claim("T1", "finished")
    await store.done("T1", "finished")
    clock.now += CLAIM_SECONDS
    early = await store.claim("T1", "died")
    clock.now += 1
    late = await store.claim("T1", "died")
    finished = await store.claim("T1", "finished")

    assert (early, late, finished) == (False, True, False)


async def test_workspaces_are_apart(store: Store) -> None:
    """Two workspaces may use the same key, and neither sees the other's feedback."""
    claims = [await store.claim(team, "event:1") for team in ("T1", "T2")]
    await store.add_feedback(Feedback("T1", "U1", "who?", "abc", helpful=True))

    assert claims == [True, True]
    assert await store.feedback("T2") == []


async def test_old_keys_are_forgotten(store: Store, clock: Clock) -> None:
    """Only keys older than the given moment go."""
    await store.claim("T1", "old")
    clock.now += 100
    await store.claim("T1", "new")

    assert await store.forget_seen(clock.now) == 1
    assert await store.count_seen("T1") == 1


async def test_feedback_comes_back_as_it_was_given(store: Store) -> None:
    """Every field survives, in any script, in the order in which it was said."""
    said = [
        Feedback("T1", "U1", "what about داعش?", "0123456789ab", helpful=True),
        Feedback("T1", "U2", "x" * 500, "0123456789ab", helpful=False, reason="outdated", comment="“2024”\n'; --"),
    ]
    for one in said:
        await store.add_feedback(one)

    assert await store.feedback("T1") == said


async def test_a_passage_is_reported_once_a_person(store: Store) -> None:
    """A second report by the same person takes the place of the first; what was written is kept if nothing is added."""
    said = Feedback(
        "T1", "U1", "who?", "abc", helpful=False, reason="outdated", comment="see 2026", passage="usip-2020/one"
    )
    first = await store.add_report(said)
    again = await store.add_report(replace(said, comment=None, corpus_version="def"))
    others = [replace(said, user="U2"), replace(said, passage="usip-2020/two"), replace(said, team="T2")]
    new = [await store.add_report(one) for one in others]
    kept = await store.feedback("T1")
    await store.add_report(replace(said, comment="see 2027"))

    assert (first, again, new) == (True, False, [True, True, True])
    assert kept == [replace(said, corpus_version="def"), others[0], others[1]]
    assert (await store.feedback("T1"))[0].comment == "see 2027"


async def test_two_reports_at_once_are_one(store: Store) -> None:
    """Two windows of the same person, at the same moment."""
    said = Feedback("T1", "U1", "who?", "abc", helpful=False, reason="outdated", passage="usip-2020/one")
    new = await asyncio.gather(*(store.add_report(said) for _ in range(8)))

    assert sum(new) == 1
    assert await store.feedback("T1") == [said]
