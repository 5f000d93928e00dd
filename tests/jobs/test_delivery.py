"""What happens to a digest, whatever Slack, the database and the clocks do: over a real ledger and a Slack on loopback."""

import datetime as dt
import logging
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.slack.publisher import SlackPublisher
from jobs.ports import Posted, Refusal, Refused
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
    assert desk.slack.early_calls(5) == []
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
