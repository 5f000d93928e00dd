"""What the table of subscriptions promises, on every database."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.subscriptions import Subscriptions
from jobs.periods import Frequency, Schedule
from jobs.subscriptions import Assurance, Form, Subscription

SINCE = dt.datetime(2026, 11, 2, 8, 30, 0, 123_457, tzinfo=dt.UTC)
ONE = Subscription(
    team="T1",
    channel="C1",
    owner="U1",
    schedule=Schedule(Frequency.WEEKLY, 1, dt.time(9), "Asia/Baghdad"),
    topics=(),
    form=Form.BRIEF,
    skip_unchanged=False,
    assurance=Assurance.AT_MOST_ONCE,
    paused=None,
    since=SINCE,
)
OTHER = Subscription(
    team="T1",
    channel="C2",
    owner="W2",
    schedule=Schedule(Frequency.MONTHLY, 7, dt.time(23, 59), "America/Argentina/ComodRivadavia"),
    topics=("oil", "النفط"),
    form=Form.FULL,
    skip_unchanged=True,
    assurance=Assurance.AT_LEAST_ONCE,
    paused="by its owner; “back in spring”",
    since=SINCE,
)


@pytest.fixture(name="table")
def _table(engine: AsyncEngine) -> Subscriptions:
    return Subscriptions(engine)


async def _active(table: Subscriptions) -> list[tuple[str, str]]:
    return [(one.team, one.channel) async for one in table.active()]


async def test_it_comes_back_as_it_was_saved(table: Subscriptions) -> None:
    """Every field survives, to the microsecond and in any script; a second save takes the first one's place."""
    await table.save(ONE)
    await table.save(OTHER)
    changed = replace(OTHER, team="T1", channel="C1")
    first = await table.get("T1", "C1")
    await table.save(changed)

    assert first == ONE
    assert await table.get("T1", "C1") == changed
    assert await table.of_team("T1") == [changed, OTHER]


async def test_workspaces_are_apart(table: Subscriptions) -> None:
    """A channel's id in another workspace is another channel."""
    await table.save(ONE)

    assert await table.get("T2", "C1") is None
    assert await table.of_team("T2") == []
    assert not await table.remove("T2", "C1")
    assert await table.remove("T1", "C1")
    assert await table.get("T1", "C1") is None


async def test_all_that_are_on_are_active(table: Subscriptions) -> None:
    """However many there are, each comes once, and none that rests."""
    wanted = [(team, f"C{number:03}") for team in ("T1", "T2") for number in range(150)]
    for team, channel in wanted:
        await table.save(replace(ONE, team=team, channel=channel))
    await table.save(OTHER)
    await table.remove("T1", "C002")

    assert await _active(table) == [key for key in wanted if key not in {("T1", "C2"), ("T1", "C002")}]


async def test_a_suspension_is_told_once(table: Subscriptions) -> None:
    """The first reason stays, one notice is given out, and a returned one is given out again."""
    await table.save(ONE)
    assert await table.take_notice() is None
    await table.suspend("T1", "C1", "is_archived")
    await table.suspend("T1", "C1", "not_in_channel")
    suspended = replace(ONE, paused="is_archived")

    assert await _active(table) == []
    assert await table.take_notice() == suspended
    assert await table.take_notice() is None
    await table.return_notice("T1", "C1")
    assert await table.take_notice() == suspended
    assert await table.take_notice() is None


async def test_a_bot_sees_those_of_its_own_workspace(engine: AsyncEngine) -> None:
    """What is delivered and told is one workspace's, whoever else shares the database."""
    mine, theirs = Subscriptions(engine, team="T1"), Subscriptions(engine, team="T2")
    await mine.save(ONE)

    assert (await _active(mine), await _active(theirs)) == ([("T1", "C1")], [])
    await mine.suspend("T1", "C1", "is_archived")
    assert await theirs.take_notice() is None
    assert await mine.take_notice() is not None


async def test_who_paused_it_needs_no_notice(table: Subscriptions) -> None:
    """A pause by a person stays as it is and is told to nobody; a resumed one has no notice left over."""
    await table.save(OTHER)
    await table.suspend("T1", "C2", "is_archived")
    await table.suspend("T1", "no such channel", "is_archived")
    await table.save(ONE)
    await table.suspend("T1", "C1", "is_archived")
    await table.save(ONE)
    await table.return_notice("T1", "C1")

    assert await table.take_notice() is None
    assert await table.get("T1", "C2") == OTHER
    assert await _active(table) == [("T1", "C1")]


async def test_those_of_a_person(table: Subscriptions) -> None:
    """Their own first, then others' in the channels named, each by channel; never another workspace's."""
    theirs = replace(OTHER, owner="W2", channel="C0")
    for one in (
        ONE,
        OTHER,
        theirs,
        replace(ONE, channel="C9"),
        replace(ONE, team="T2"),
        replace(ONE, team="T2", owner="W2"),
    ):
        await table.save(one)

    found = await table.of_person("T1", "U1", ["C2", "C1", "C7"])
    assert [(one.team, one.channel) for one in found] == [("T1", "C1"), ("T1", "C9"), ("T1", "C2")]
    assert found[0] == ONE
    assert [one.channel for one in await table.of_person("T1", "W2", ())] == ["C0", "C2"]
    assert await table.of_person("T1", "U3", [f"X{number}" for number in range(999)]) == []
