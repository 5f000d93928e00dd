"""Pictures of the Home tab, and of what opens from it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from knowledge.library import Library
from tests.screenshots.scene import Prepare, Scene
from tests.support.desk import Desk
from tests.support.digests import add_channel, ask, digest_desk
from tests.support.homes import open_home, opened_page

HOME: Final = "channel=home"
_CHANNELS: Final = (("C0000ENERGY", "energy", "on monday 9:00"), ("C00000FRONT", "front-office", "on friday 14:00"))


@asynccontextmanager
async def _dated(*, library: Library) -> AsyncIterator[Desk]:
    async with digest_desk(library=library) as (desk, _):
        yield desk


async def _home(desk: Desk) -> str:
    await open_home(desk)
    return HOME


async def _with_digests(desk: Desk) -> str:
    """Two of Dana's own, of which one rests, and one of Omar's."""
    user = desk.slack.user
    for channel, name, when in _CHANNELS:
        add_channel(desk, channel, name)
        await ask(user, channel, when)
    await ask(user, _CHANNELS[1][0], "pause")
    await ask(desk.slack.as_user(desk.slack.colleague), desk.slack.policy, "on wednesday 8:30")
    return await _home(desk)


async def _many(desk: Desk) -> str:
    for number in range(1, 13):
        add_channel(desk, f"C0000MANY{number:02}", f"country-team-{number}")
        await ask(desk.slack.user, f"C0000MANY{number:02}", "on")
    return await _home(desk)


def _page(*labels: str) -> Prepare:
    """The window behind a button of the tab, and pages from there."""

    async def prepare(desk: Desk) -> str:
        await opened_page(desk, labels[0], *labels[1:])
        return HOME

    return prepare


SCENES: Final[Sequence[Scene]] = (
    Scene("home", _home),
    Scene("home-whole", _home, height=2400),
    Scene("home-narrow", _home, width=700, height=2600),
    Scene("home-digests", _with_digests, height=1240, desk=_dated, chosen=True),
    Scene("home-digests-narrow", _with_digests, width=700, height=1400, desk=_dated),
    Scene("home-many-digests", _many, height=1400, desk=_dated),
    Scene("home-timeline", _page("Open the timeline"), height=1040),
    Scene("home-issues", _page("Iran and the regional contest"), height=1040),
    Scene("home-issue", _page("Iran and the regional contest", "Iraq between Washington and Tehran"), height=1040),
    Scene(
        "home-compare",
        _page("Iran and the regional contest", "Iraq between Washington and Tehran", "The parties side by side"),
        height=1040,
    ),
)
