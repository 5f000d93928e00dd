"""What happens to a digest, whatever Slack, the database and the clocks do: over a real ledger and a Slack on loopback."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.publisher import SlackPublisher
from jobs.ports import Posted, Refusal, Refused
from jobs.subscriptions import Assurance
from jobs.timing import Timing
from tests.chaos.slack import Fault, Faults
from tests.jobs.bench import DUE, TIMING, WEEK, Bench, bench, weekly

ALL = ["C1 2026-W48 0", "C1 2026-W48 1", "C1 2026-W48 2"]
HOLD = {"seconds": TIMING.lease + TIMING.quarantine + 1}


@pytest.fixture(name="desk")
async def _desk() -> AsyncIterator[Bench]:
    async with bench() as made:
        yield made


async def test_a_digest_comes_when_it_is_due_and_once(desk: Bench) -> None:
    """Nothing before its time; then the parent and its replies in their order; then nothing for a week."""
    await desk.subscriptions.save(weekly())
    early = await desk.tick()
    assert (early, desk.texts()) == (DUE, [])
    following = await desk.tick(minutes=1)
    parent, *replies = desk.slack.messages

    assert following == DUE + WEEK
    assert desk.texts() == ALL
    assert parent.thread_ts is None
    assert [reply.thread_ts for reply in replies] == [parent.ts] * 2
    for _ in range(3):
        await desk.tick(minutes=20)
    assert desk.texts() == ALL
    assert {call.method for call in desk.slack.calls} == {"chat.postMessage"}  # nothing is read back without need


async def test_a_year_of_weeks(desk: Bench) -> None:
    """Each week has one digest, composed from those before it."""
    desk.compose.parts = 1
    await desk.subscriptions.save(weekly())
    desk.turn(minutes=1)
    for _ in range(8):
        await desk.tick()
        desk.turn(days=7)

    assert desk.texts() == [f"C1 2026-W{week} 0" for week in range(48, 54)] + ["C1 2027-W01 0", "C1 2027-W02 0"]
    period, history, missed = desk.compose.given[-1]
    assert (period, missed) == ("2027-W02", ())
    assert history == ("2027-W01", "2026-W53", "2026-W52", "2026-W51", "2026-W50", "2026-W49", "2026-W48")


async def test_what_was_due_before_it_was_made_is_not_sent(desk: Bench) -> None:
    """A subscription begins with the first time after it was made or resumed."""
    await desk.subscriptions.save(weekly(since=DUE + dt.timedelta(seconds=1)))
    following = await desk.tick(hours=1)

    assert (following, desk.texts()) == (DUE + WEEK, [])


async def test_now_counts_as_this_weeks(desk: Bench) -> None:
    """A digest that was asked for early comes at once, and not again when it would have been due."""
    await desk.subscriptions.save(weekly())
    asked = [await desk.delivery.advance(weekly()) for _ in range(2)]
    await desk.tick()
    early = desk.texts()
    await desk.tick(minutes=2)

    assert asked == [True, False]
    assert early == ALL
    assert desk.texts() == ALL
    await desk.tick(days=7)
    assert desk.texts()[3:] == [line.replace("48", "49") for line in ALL]


@pytest.mark.parametrize("fault", [Fault.ERROR_AFTER, Fault.DROP_AFTER, Fault.HANG])
@pytest.mark.parametrize("part", [0, 1])
async def test_a_lost_answer_posts_nothing_twice(desk: Bench, fault: Fault, part: int) -> None:
    """What Slack took without saying so is found in the channel or the thread, after lease and quarantine."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", *[""] * part, fault)
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


async def test_silence_is_kept_for_the_whole_workspace(desk: Bench) -> None:
    """After a 429 no digest of the workspace is sent within Retry-After, and afterwards all are."""
    for number in range(5):
        await desk.subscriptions.save(weekly(f"C{number}"))
    desk.compose.parts = 1
    desk.slack.strike("chat.postMessage", Fault.THROTTLED)
    desk.slack.faults = Faults(retry_after=30, slow_post=0.05)
    await desk.tick(minutes=1)
    await desk.tick(seconds=20)
    before = len(desk.texts())
    await desk.tick(seconds=15)

    assert before <= TIMING.senders  # what was on its way together with the refused one
    assert desk.slack.early_calls(0.2) == []
    assert len(desk.texts()) == 5


@pytest.mark.parametrize("error", ["is_archived", "channel_not_found", "not_in_channel", "token_revoked"])
async def test_a_closed_channel_pauses_and_its_owner_is_told_once(desk: Bench, error: str) -> None:
    """The subscription rests with Slack's reason, one direct message says what to do, and nothing is tried again."""
    await desk.subscriptions.save(weekly())
    desk.slack.refusals["C1"] = error
    desk.turn(minutes=1)
    for _ in range(3):
        await desk.tick(minutes=10)
    await desk.tick(days=7)
    paused = await desk.subscriptions.get("T1", "C1")

    assert await desk.state() == ("failed", error)
    assert paused is not None
    assert paused.paused == error
    (notice,) = desk.slack.messages
    assert notice.channel == "U1"
    assert "<#C1>" in notice.text
    assert "/iraq digest on" in notice.text


async def test_a_notice_that_slack_did_not_take_is_sent_again(desk: Bench) -> None:
    """A refusal that passes does not use the notice up; an answer that was lost does."""
    await desk.subscriptions.save(weekly())
    desk.slack.refusals["C1"] = "is_archived"
    desk.slack.strike("chat.postMessage", "", Fault.THROTTLED, "accesslimited", Fault.DROP_AFTER)
    for _ in range(5):
        await desk.tick(minutes=1)

    assert [message.channel for message in desk.slack.messages] == ["U1"]


async def test_a_thread_that_is_gone_fails_alone(desk: Bench) -> None:
    """When somebody deleted the parent, its replies fail, and the subscription goes on."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", "", "thread_not_found")
    await desk.tick(minutes=1)
    await desk.tick(days=7)
    subscription = await desk.subscriptions.get("T1", "C1")

    assert desk.texts() == [ALL[0], *(line.replace("48", "49") for line in ALL)]
    assert subscription == weekly()


async def test_blocks_that_slack_refuses_are_left_out(desk: Bench) -> None:
    """A definite refusal of the blocks gives the plain text at once."""
    desk.slack.strike("chat.postMessage", "invalid_blocks")
    payload = {"text": "plain", "blocks": [{"type": "nonsense"}]}
    outcome = await desk.publisher.post("T1", "C1", payload, key="k", thread_ts=None)

    assert isinstance(outcome, Posted)
    assert desk.texts() == ["plain"]


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


async def test_more_than_a_day_late_is_said_and_not_sent(desk: Bench) -> None:
    """After a long downtime the old ones expire, the next one says so, and nothing comes in a burst."""
    await desk.subscriptions.save(weekly())
    desk.turn(days=16)
    await desk.tick()
    assert desk.texts() == []
    assert await desk.state() == ("expired", None)
    await desk.tick(days=5, minutes=1)

    assert desk.texts()[0] == "C1 2026-W51 0"
    assert desk.compose.given == [("2026-W51", (), ("2026-W48", "2026-W49", "2026-W50"))]


async def test_less_than_a_day_late_is_sent(desk: Bench) -> None:
    """A short downtime only delays."""
    await desk.subscriptions.save(weekly())
    await desk.tick(hours=23)

    assert desk.texts() == ALL


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


async def test_an_unchanged_week_may_be_skipped(desk: Bench) -> None:
    """A digest that says so is not posted, and is not asked for again."""
    desk.compose.skip = True
    await desk.subscriptions.save(weekly())
    for _ in range(3):
        await desk.tick(minutes=1)

    assert desk.texts() == []
    assert await desk.state() == ("skipped", "nothing changed")
    assert len(desk.compose.given) == 1


@pytest.mark.parametrize("ends", ["paused", "removed"])
async def test_what_was_turned_off_meanwhile_is_not_sent(desk: Bench, ends: str) -> None:
    """A digest that was planned and not yet sent when its subscription ended stays unsent."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", "accesslimited")
    await desk.tick(minutes=1)
    if ends == "paused":
        await desk.subscriptions.save(weekly(paused="by its owner"))
    else:
        await desk.subscriptions.remove("T1", "C1")
    await desk.tick(minutes=5)

    assert desk.texts() == []
    assert (await desk.state())[0] == "skipped"


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


async def test_no_post_without_a_database(desk: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """While the database cannot be used nothing is posted, the log has one line, and delivery goes on when it returns."""
    await desk.subscriptions.save(weekly())
    async with desk.engine.begin() as connection:
        await connection.execute(text("PRAGMA query_only = ON"))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert await desk.tick(minutes=1) is None
    assert desk.slack.calls == []
    assert len(caplog.records) == 1
    assert "nothing is posted" in caplog.text
    async with desk.engine.begin() as connection:
        await connection.execute(text("PRAGMA query_only = OFF"))
    await desk.tick(minutes=1)

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
    slow = replace(TIMING, lease=6, margin=5, call=0.9)  # so that a page may take a tenth of a second
    desk.publisher = SlackPublisher(desk.publisher._client, slow)  # type: ignore[attr-defined]  # noqa: SLF001
    desk.delivery = desk.worker()
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    assert desk.texts() == ALL[:1]
    await desk.tick(**HOLD)
    await desk.tick(**HOLD)

    assert desk.slack.seen() == dict.fromkeys(ALL, 1)


async def test_a_channel_that_cannot_be_read_for_a_day(desk: Bench) -> None:
    """What stays in doubt for longer than a digest is worth has failed, and says so."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER)
    desk.slack.strike("conversations.history", *["accesslimited"] * 5)
    await desk.tick(minutes=1)
    await desk.tick(**HOLD)
    await desk.tick(hours=25)
    status = await desk.state()

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


async def test_off_and_on_again_begins_anew(desk: Bench) -> None:
    """What was planned before a subscription was resumed is not sent, but can be asked for."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", "accesslimited")
    await desk.tick(minutes=1)
    resumed = weekly(since=desk.clock())
    await desk.subscriptions.save(resumed)
    await desk.tick(minutes=5)
    assert desk.texts() == []

    assert (await desk.state())[0] == "skipped"


async def test_stopping_cuts_a_read_back_off(desk: Bench) -> None:
    """A process that is asked to end does not read on; what was in doubt still is."""
    await desk.subscriptions.save(weekly())
    desk.slack.strike("chat.postMessage", Fault.DROP_AFTER)
    desk.slack.strike("conversations.history", Fault.HANG)
    await desk.tick(minutes=1)
    desk.turn(**HOLD)
    running = asyncio.create_task(desk.delivery.tick())
    await asyncio.sleep(0.2)
    desk.delivery.stop()
    async with asyncio.timeout(1):
        await running
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
    desk.slack.faults = Faults(slow_post=0.1)
    desk.turn(minutes=1)
    running = asyncio.create_task(desk.delivery.tick())
    await asyncio.sleep(0.2)
    desk.delivery.stop()
    async with asyncio.timeout(2):
        await running
    stopped = len(desk.texts())
    assert 0 < stopped < 20
    await desk.worker().tick()

    assert len(desk.texts()) == len(desk.slack.seen()) == 20


async def test_several_workers_share(desk: Bench) -> None:
    """Four workers on one ledger post every message once."""
    for number in range(30):
        await desk.subscriptions.save(weekly(f"C{number}"))
    desk.turn(minutes=1)
    workers = [desk.worker(tick=2) for _ in range(4)]
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


def test_a_client_that_sends_twice_is_refused() -> None:
    """slack_sdk's default handlers repeat a post whose connection broke."""
    with pytest.raises(ValueError, match="retry_handlers"):
        SlackPublisher(AsyncWebClient("xoxb-1"))


def test_a_lease_that_is_too_short_is_refused() -> None:
    """A call, with the margin, must end within the lease."""
    with pytest.raises(ValueError, match="lease"):
        Timing(call=10, margin=5, lease=15)


async def test_no_connection_is_no_doubt(desk: Bench) -> None:
    """When not even a connection was made, nothing was sent, and the message may go again soon."""
    client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    outcome = await SlackPublisher(client).post("T1", "C1", {"text": "x"}, key="k", thread_ts=None)

    assert isinstance(outcome, Refused)
    assert outcome.about is Refusal.NOW
    assert desk.slack.calls == []


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
