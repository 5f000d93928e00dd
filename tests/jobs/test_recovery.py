"""What happens when nobody knows: lost answers, several workers, clocks that jump, and processes that stop."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from jobs.subscriptions import Assurance
from tests.chaos.slack import Fault, Faults, Message
from tests.jobs.bench import TIMING, Bench, bench, weekly

ALL = ["C1 2026-W48 0", "C1 2026-W48 1", "C1 2026-W48 2"]
HOLD = {"seconds": TIMING.lease + TIMING.quarantine + 1}


@pytest.fixture(name="desk")
async def _desk() -> AsyncIterator[Bench]:
    async with bench() as made:
        yield made


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.DROP_AFTER, Fault.HANG])
@pytest.mark.parametrize("part", [0, 1])
async def test_a_lost_answer_posts_nothing_twice(desk: Bench, fault: Fault, part: int) -> None:
    """What Slack took without saying so is found in the channel or the thread, after lease and quarantine."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", *[""] * part, fault)
    if fault is Fault.HANG:
        desk.impatient()
    await desk.tick(minutes=1)
    assert desk.texts() == ALL[: part + 1]
    await desk.tick(seconds=TIMING.lease + 1)
    assert desk.texts() == ALL[: part + 1]
    await desk.tick(**HOLD)

    assert desk.texts() == ALL
    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.DROP_BEFORE, "internal_error", "fatal_error"])
@pytest.mark.parametrize("part", [0, 2])
async def test_what_never_arrived_is_sent_again(desk: Bench, fault: Fault | str, part: int) -> None:
    """What is not in the channel after lease and quarantine is sent; nothing is lost."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", *[""] * part, fault)
    await desk.tick(minutes=1)
    await desk.tick(seconds=TIMING.lease + 1)
    assert desk.texts() == ALL[:part]
    await desk.tick(**HOLD)

    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


@pytest.mark.parametrize(
    ("assurance", "arrived", "ends"), [(Assurance.AT_MOST_ONCE, 0, "failed"), (Assurance.AT_LEAST_ONCE, 2, "posted")]
)
async def test_without_read_back_the_owner_has_chosen(
    desk: Bench, assurance: Assurance, arrived: int, ends: str
) -> None:
    """In a channel that cannot be read, what is in doubt is sent again or not, as the subscription says."""
    desk.compose.parts = 1
    desk.slack.refusals["C1 conversations.history"] = "missing_scope"
    await desk.subscriptions.save(weekly(assurance=assurance))
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER if arrived else Fault.DROP_BEFORE)
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)

    assert len(desk.texts()) == arrived
    assert (await desk.state())[0] == ends


async def test_in_doubt_for_more_than_a_day(desk: Bench) -> None:
    """What was in doubt when everything stopped is looked for even then, and expires if it is not there."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_BEFORE)
    await desk.tick(minutes=1)
    desk.turn(days=2)
    later = desk.worker()
    await later.tick()
    desk.turn(**HOLD)
    await later.tick()

    assert (await desk.state())[0] == "expired"
    assert desk.texts() == []
    assert [call.method for call in desk.slack.calls] == ["chat.postMessage", "conversations.history"]


async def test_a_digest_that_cannot_be_composed_stops_no_other(desk: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """The failure is logged with its cause; the digest is tried again later, and comes when it can be composed."""
    await desk.subscriptions.save(weekly())
    desk.compose.fails = True
    with caplog.at_level(logging.ERROR):
        await desk.tick(minutes=1)
        await desk.tick(seconds=1)
    assert len(desk.compose.given) == 1
    assert "ZeroDivisionError" in caplog.text
    desk.compose.fails = False
    await desk.tick(minutes=5)

    assert desk.texts() == ALL


async def test_a_second_copy_is_swept(desk: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """When a process froze and sent after another had taken over, the later copy goes and the count says so."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_BEFORE)
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    assert desk.slack.seen() == dict.fromkeys(ALL, 1)
    key = desk.slack.messages[0].key
    assert key is not None
    await desk.publisher.post("T1", "C1", {"text": ALL[0]}, key=key, thread_ts=None)  # the frozen one wakes
    with caplog.at_level(logging.ERROR):
        await desk.tick(seconds=TIMING.sweeps[0] + 1)
    status = await desk.ledger.status("T1", "C1")

    assert desk.slack.seen()[ALL[0]] == 2
    assert desk.slack.shown() == dict.fromkeys(ALL, 1)
    assert desk.slack.messages[-1].deleted
    assert status is not None
    assert status.extras == 1
    assert "1 extra copies" in caplog.text


@pytest.mark.parametrize("trouble", [Fault.THROTTLED, Fault.ERROR_BEFORE, Fault.HANG, "accesslimited"])
async def test_a_read_back_that_fails_is_repeated(desk: Bench, trouble: Fault | str) -> None:
    """As long as the channel cannot be read just now, nothing is sent and nothing is given up."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER)
    desk.slack.strike("conversations.history", trouble)
    desk.slack.faults = Faults(retry_after=30)
    if trouble is Fault.HANG:
        desk.impatient()
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    assert desk.texts() == ALL[:1]
    await desk.tick(**HOLD)
    await desk.tick(**HOLD)

    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


async def test_a_channel_that_cannot_be_read_for_days(desk: Bench) -> None:
    """What stays in doubt for longer than a digest is worth has failed, and says so."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER)
    desk.slack.strike("conversations.history", *["accesslimited"] * 5)
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    await desk.tick(hours=25)
    after_a_day = await desk.state()
    await desk.tick(hours=24)
    status = await desk.state()

    assert after_a_day[0] == "sending"
    assert status[0] == "failed"
    assert "may have arrived" in (status[1] or "")


@pytest.mark.parametrize(("error", "state"), [("thread_not_found", "posted"), ("token_revoked", "posted")])
async def test_a_read_back_that_slack_refuses(desk: Bench, error: str, state: str) -> None:
    """A reply whose thread is gone fails; a token that was revoked pauses the subscription as well."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", "", Fault.DROP_AFTER)
    desk.slack.refusals["C1 conversations.replies"] = error
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    await desk.tick(**HOLD)
    subscription = await desk.subscriptions.get("T1", "C1")

    assert desk.texts()[:2] == ALL[:2]
    assert ALL[2] not in desk.texts()
    assert (await desk.state())[0] == state
    assert subscription is not None
    assert subscription.paused == (None if error == "thread_not_found" else error)


async def test_a_copy_that_cannot_be_removed_now_is_removed_later(desk: Bench) -> None:
    """The sweep comes again until Slack has deleted it; a copy that somebody else removed is no trouble."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_BEFORE)
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    for _ in range(2):
        key = desk.slack.messages[0].key or ""
        await desk.publisher.post("T1", "C1", {"text": ALL[0]}, key=key, thread_ts=None)
    desk.slack.strike("conversations.history", Fault.THROTTLED)
    desk.slack.strike("chat.delete", "accesslimited", "message_not_found")
    for _ in range(4):
        await desk.tick(seconds=TIMING.sweeps[0] + 1)

    for _ in range(3):
        await desk.tick(hours=25)
    assert desk.slack.shown() == dict.fromkeys(ALL, 1)


async def test_stopping_cuts_a_read_back_off(desk: Bench) -> None:
    """A process that is asked to end does not read on; what was in doubt still is."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER)
    desk.slack.strike("conversations.history", Fault.HANG)
    await desk.tick(minutes=1)
    desk.turn(**HOLD)
    asyncio.get_running_loop().call_later(0.3, desk.delivery.stop)
    async with asyncio.timeout(10):  # and a call may take as long
        await desk.delivery.tick()
    desk.delivery = desk.worker()
    for _ in range(3):
        await desk.tick(**HOLD)

    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


async def test_a_database_clock_that_jumps_ahead_settles_nothing_early(desk: Bench) -> None:
    """Leases that are over only by a clock that was put forward are waited out by one that cannot be."""
    await desk.subscriptions.save(weekly())
    desk.turn(**HOLD)
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER)
    desk.slack.faults = Faults(lag=3600)  # as long as it is not in the history, reading back would send it again
    await desk.tick(minutes=1)
    desk.database_ahead += 86_400
    await desk.tick(seconds=15)
    assert {call.method for call in desk.slack.calls} == {"chat.postMessage"}
    desk.slack.faults = Faults()
    await desk.tick(**HOLD)
    await desk.tick(**HOLD)

    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


@pytest.mark.parametrize("step", [3600, -3600, 86_400, -86_400])
async def test_a_clock_that_jumps_loses_and_doubles_nothing(desk: Bench, step: int) -> None:
    """The clock of due times goes an hour or a day wrong in the middle of a digest, and is right again later."""
    await desk.subscriptions.save(weekly())
    await desk.tick()
    desk.slack.strike("chat.postMessage", "", Fault.DROP_BEFORE)
    await desk.tick(minutes=2)
    desk.now += dt.timedelta(seconds=step)
    for _ in range(4):
        await desk.tick(minutes=2)
    desk.now -= dt.timedelta(seconds=step)
    for _ in range(4):
        await desk.tick(minutes=2)

    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


async def test_stopping_claims_nothing_more(desk: Bench) -> None:
    """After `stop` what is being sent is finished, and what is not stays due for the next worker."""
    for number in range(20):
        await desk.subscriptions.save(weekly(f"C{number}"))
    desk.compose.parts = 1
    desk.turn(minutes=1)
    desk.slack.on_accept = _stop(desk)
    async with asyncio.timeout(10):
        await desk.delivery.tick()
    desk.slack.on_accept = None
    stopped = len(desk.texts())
    assert 0 < stopped < 20
    await desk.worker().tick()

    assert len(desk.texts()) == len(desk.slack.seen()) == 20


def _stop(desk: Bench) -> Callable[[Message], Awaitable[None]]:
    async def stop(_: Message) -> None:
        desk.delivery.stop()

    return stop


async def test_several_workers_share(desk: Bench) -> None:
    """Four workers on one ledger post every message once."""
    for number in range(30):
        await desk.subscriptions.save(weekly(f"C{number}"))
    desk.turn(minutes=1)
    workers = [desk.worker() for _ in range(4)]
    await asyncio.gather(*(worker.tick() for worker in workers))
    await workers[0].tick()

    assert len(desk.slack.seen()) == 90
    assert set(desk.slack.seen().values()) == {1}


async def test_no_call_that_could_outlast_its_lease(desk: Bench) -> None:
    """A worker that was held up between `sending` and the call lets the message go."""
    await desk.subscriptions.save(weekly())
    real = desk.delivery._means.ledger.sending  # noqa: SLF001 - time is to pass exactly there

    class Slow:
        def __getattr__(self, name: str) -> object:
            return getattr(desk.ledger, name)

        async def sending(self, *args: object) -> object:
            done = await real(*args)  # type: ignore[arg-type]
            desk.turn(seconds=TIMING.lease)
            return done

    held = desk.worker()
    held._means = replace(held._means, ledger=Slow())  # type: ignore[arg-type]  # noqa: SLF001
    held._sender._means = held._means  # noqa: SLF001
    await held.tick()
    desk.turn(minutes=1)
    await held.tick()
    assert desk.texts() == []
    await desk.tick()

    assert desk.texts() == ALL


async def test_read_back_pages_to_the_end_of_its_window(desk: Bench) -> None:
    """A message under many newer ones is found, whether Slack gives 200 a page or 15."""
    await desk.publisher.post("T1", "C1", {"text": "wanted"}, key="wanted", thread_ts=None)
    for number in range(40):
        await desk.publisher.post("T1", "C1", {"text": "chatter"}, key=str(number), thread_ts=None)
    desk.slack.page = 15
    found = await desk.publisher.find("T1", "C1", key="wanted", within=60, thread_ts=None)
    missing = await desk.publisher.find("T1", "C1", key="nothing", within=-60, thread_ts=None)
    reads = [call.method for call in desk.slack.calls].count("conversations.history")

    assert getattr(found, "timestamps", None) == (desk.slack.messages[0].ts,)
    assert getattr(missing, "timestamps", None) == ()
    assert reads == 3 + 1  # all of it, and one page that ends before the window begins
