"""What the table of channel settings promises, on every database."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.policy import Mode, Policy, Sharers
from bot.storage.channels import Channels
from bot.storage.purge import Purge

OFF = Policy(Mode.OFF, set_by="U1", set_at=1_800_000_000)
NARROW = Policy(
    Mode.MENTIONS,
    frozenset({"energy-oil", "النفط"}),
    Sharers.SETTERS,
    outsiders=True,
    set_by="W2",
    set_at=4_000_000_000,
)


@pytest.fixture(name="table")
def _table(engine: AsyncEngine) -> Channels:
    return Channels(engine)


async def test_they_come_back_as_they_were_saved(table: Channels) -> None:
    """Every field survives, in any script; a second save takes the first one's place."""
    await table.save("T1", "C1", OFF)
    first = await table.get("T1", "C1")
    await table.save("T1", "C1", NARROW)
    await table.save("T1", "C2", OFF)

    assert first == OFF
    assert await table.get("T1", "C1") == NARROW
    assert await table.get("T1", "C3") is None
    assert await table.of_team("T1") == {"C1": NARROW, "C2": OFF}


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("sharers", Sharers)
async def test_every_choice_fits(table: Channels, mode: Mode, sharers: Sharers) -> None:
    """No value is cut by its column."""
    wanted = replace(OFF, mode=mode, sharers=sharers)
    await table.save("T1", "C1", wanted)

    assert await table.get("T1", "C1") == wanted


async def test_workspaces_are_apart(table: Channels, engine: AsyncEngine) -> None:
    """A channel's id in another workspace is another channel; a workspace that is forgotten leaves nothing."""
    await table.save("T1", "C1", OFF)
    await table.save("T2", "C1", NARROW)
    forgotten = await Purge(engine, "T9").forget("T1")

    assert forgotten == 1
    assert await table.of_team("T1") == {}
    assert await table.of_team("T2") == {"C1": NARROW}


async def test_one_is_removed(table: Channels) -> None:
    """The channel has the usual settings again; a second time there is nothing to remove."""
    await table.save("T1", "C1", OFF)

    assert not await table.remove("T2", "C1")
    assert await table.remove("T1", "C1")
    assert not await table.remove("T1", "C1")
    assert await table.get("T1", "C1") is None
