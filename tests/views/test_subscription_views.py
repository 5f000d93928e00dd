"""The digest's settings as views, and the words that people type for them."""

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests import commands as digest_commands
from bot.digests import schedule_words, zones
from bot.digests.commands import Request, Verb
from bot.views import subscription_notices as notices
from bot.views.blocks import context
from bot.views.message import Message, fits
from bot.views.subscription import Standing, owned, status
from bot.views.subscription_form import form
from jobs.errors import ScheduleError
from jobs.periods import Frequency, Schedule
from jobs.ports import State, Status
from jobs.subscriptions import Assurance, Form, Subscription
from knowledge.library import Library
from tests.support import blockcheck

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MONDAYS = Schedule(Frequency.WEEKLY, 1, dt.time(9), "Asia/Baghdad")
USUAL = Subscription(
    "T1",
    "C1",
    "U1",
    MONDAYS,
    (),
    Form.BRIEF,
    skip_unchanged=False,
    assurance=Assurance.AT_MOST_ONCE,
    paused=None,
    since=NOW,
)
NASTY = "<!channel> & *bold* " + "x" * 4_000


def problems(payload: dict[str, object]) -> list[str]:
    """What an independent checker says."""
    return [f"{one.path}: {one.text}" for one in blockcheck.check(payload)]


def test_the_longest_status_fits(library: Library) -> None:
    """All topics, a nasty name and a nasty error: still a message that Slack takes."""
    whole = replace(USUAL, topics=tuple(library.corpus.topics), paused="some_error", assurance=Assurance.AT_LEAST_ONCE)
    last = Status("2026-W47", State.FAILED, NOW, NASTY[:500], 3)
    message = status(library, Standing(whole, NASTY[:80], NOW, can_read=False, last=last), may_change=True)

    assert fits(message.blocks)
    assert problems(message.payload()) == []
    assert "<!channel>" not in str(message)
    assert "*Extra copies removed:* 3" in str(message.blocks)


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words(library: Library, state: State) -> None:
    """Wherever the last digest is, status says it."""
    message = status(library, Standing(USUAL, "Dana", NOW, can_read=True, last=Status("2026-11", state, NOW, None, 0)))

    assert "*Last:* Nov 2026, " in str(message.blocks)


@pytest.mark.parametrize("can_read", [True, False, None])
@pytest.mark.parametrize("is_new", [True, False])
def test_the_form_holds_slacks_rules(library: Library, *, is_new: bool, can_read: bool | None) -> None:
    """New or not, readable or not, at every zone whose name is long."""
    zone = max(available_timezones(), key=len)
    mine = replace(USUAL, schedule=replace(MONDAYS, zone=zone), topics=("gone", *library.corpus.topics))
    view = form(library, Standing(mine, NASTY[:80], NOW, can_read), is_new=is_new, channel_known=True, today=NOW)
    blocks = [block.get("block_id") for block in view["blocks"]]

    assert problems(view) == []
    assert ("assurance" in blocks) == (can_read is False)
    assert "<!channel>" not in str(view)


def test_citations_fit_a_modal() -> None:
    """More than a hundred blocks end in a line that says how many are left."""
    view = notices.citations_modal([Message("", tuple(context(str(number)) for number in range(130)))])

    assert len(view["blocks"]) == 100
    assert view["blocks"][-1]["elements"][0]["text"] == "31 more lines do not fit here."
    assert problems(view) == []


def test_a_list_of_many_fits() -> None:
    """A thousand digests are counted, twenty named."""
    message = owned([replace(USUAL, channel=f"C{number:09d}") for number in range(1_000)], "U1")

    assert fits(message.blocks)
    assert "and 980 more" in message.text
    assert "no digest" in owned([USUAL], "U2").text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("digest", Request(Verb.SETTINGS)),
        ("  Digest   ON  ", Request(Verb.ON)),
        ("digets on", Request(Verb.ON)),
        ("digest stauts", Request(Verb.STATUS)),
        ("digest prevew", Request(Verb.PREVIEW)),
        ("digest unsubscribe", Request(Verb.OFF)),
        ("digest now please", Request(Verb.NOW)),
        ("digest on monday 9:00", Request(Verb.ON, "monday 9:00")),
        ("digest of", Request(Verb.HELP, unknown="of")),  # as near to on as to off
        ("digest of what USIP advised", None),
        ("digets nwo", None),
        ("what is a digest", None),
        ("", None),
    ],
)
def test_what_a_request_means(typed: str, meant: Request | None) -> None:
    """The table of words, with slips; and what stays a question."""
    assert digest_commands.read(typed) == meant


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """No text of a reader breaks the reading of words, schedules or zones."""
    digest_commands.read(f"digest {text}")
    zones.search(text, NOW)
    with suppress(ScheduleError):
        assert schedule_words.read(text, MONDAYS).frequency in Frequency


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", MONDAYS),
        ("tue 5pm Europe/Berlin", Schedule(Frequency.WEEKLY, 2, dt.time(17), "Europe/Berlin")),
        ("every friday at 14.30, new york", Schedule(Frequency.WEEKLY, 5, dt.time(14, 30), "America/New_York")),
        ("monthly wed 12 am", Schedule(Frequency.MONTHLY, 3, dt.time(0), "Asia/Baghdad")),
        ("9 erbil", MONDAYS),
        ("UTC", replace(MONDAYS, zone="UTC")),
    ],
)
def test_a_schedule_in_words(typed: str, meant: Schedule) -> None:
    """What is left out stays."""
    assert schedule_words.read(typed, MONDAYS) == meant


@pytest.mark.parametrize(
    "typed", ["24:00", "9:75", "13pm", "0 am", "blursday", "Mars/Olympus", "+3", "UTC+3", "europe"]
)
def test_what_is_no_schedule(typed: str) -> None:
    """A time, day or zone that does not exist, or could be several, is an error and not a guess."""
    with pytest.raises(ScheduleError):
        schedule_words.read(typed, MONDAYS)


def test_every_zone_is_found_by_its_name() -> None:
    """Each of the IANA database leads the results of a search for it, can be scheduled, and fits an option."""
    for name in zones.names():
        assert zones.search(name, NOW)[0] == name
        assert zones.find(name.lower()) == name
        assert len(zones.label(name, NOW)) <= 75
        assert Schedule(Frequency.WEEKLY, 1, dt.time(9), name).zone == name
    assert set(zones.names()) >= {name for name in available_timezones() if "/" in name}


def test_an_offset_is_that_of_the_day() -> None:
    """+1 finds Berlin in winter and London in summer; Etc/GMT+3 is not +3."""
    summer = NOW.replace(month=7)

    assert "Europe/Berlin" in zones.search("+1", NOW)
    assert "Europe/London" in zones.search("utc+01:00", summer)
    assert "Etc/GMT+3" not in zones.search("+3", NOW)
    assert "Asia/Baghdad" in zones.search("+3", NOW)
