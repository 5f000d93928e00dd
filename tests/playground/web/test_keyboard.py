"""The whole of the bot with the keyboard alone: ask, more, context, share, feedback, digest, Home."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.playground.web.conftest import OpenPage
from tests.playground.web.keyboard import Keyboard, Stop
from tests.support.desk import Desk

CONTEXT: Final = "Show in context"
QUESTION: Final = "what did USIP advise about Iran?"


@dataclass(frozen=True, slots=True)
class Walk:
    """The page, its keyboard, and the desk behind it."""

    page: Page
    keys: Keyboard
    desk: Desk

    async def heard(self, text: str) -> None:
        """A screen reader was told, without the focus going anywhere."""
        await expect(self.page.locator("#announcer[aria-live=polite]")).to_contain_text(text)

    async def in_dialog(self, title: str, *, key: str = "Tab") -> None:
        """A modal of that title is open, has the focus, keeps it (from Tab or Shift+Tab), and the page is out of reach."""
        await expect(self.page.locator("dialog").last.locator(".dialog-title")).to_contain_text(title)
        stops = await self.keys.round(key=key)
        assert {stop.within for stop in stops} == {"dialog"}, stops

    async def back_at(self, opener: Stop) -> None:
        """The modal is gone, and the focus where it was opened."""
        await expect(self.page.locator("dialog")).to_have_count(0)
        assert await self.keys.stop() == opener


Step = Callable[[Walk], Awaitable[None]]


async def _ask(walk: Walk) -> None:
    """The skip link leads to the message box; Enter asks; the answer is said."""
    assert (await walk.keys.press("Tab")).name == "Skip to the message box"
    assert (await walk.keys.press("Enter")).name == "Message #iraq-policy"
    await walk.keys.write(f"/iraq {QUESTION}")
    await walk.keys.press("Enter")
    await walk.heard("Iraq Desk, only visible to you: ")


async def _more(walk: Walk) -> None:
    """Back from the message box to the answer's controls."""
    await walk.keys.reach("More passages", key="Shift+Tab")
    await walk.keys.press("Enter")
    await walk.heard("Iraq Desk, only visible to you: Passages 4 to 6")
    assert (await walk.keys.stop()).name == "More passages"


async def _context(walk: Walk) -> None:
    """The menu of a passage, by arrows; what stands around it; and back at the menu's button."""
    opener = await walk.keys.reach("More actions: ", key="Shift+Tab")
    stop = await walk.keys.press("Enter")
    assert stop.role == "menuitem"
    if stop.name != CONTEXT:
        await walk.keys.reach(CONTEXT, key="ArrowDown")
    await walk.keys.press("Enter")
    await walk.in_dialog("")
    await walk.keys.press("Escape")
    await walk.back_at(opener)


async def _share(walk: Walk) -> None:
    """Sharing asks first, can be left, and says that it is done."""
    opener = await walk.keys.reach("Share to channel")
    await walk.keys.press("Enter")
    await walk.in_dialog("Share this answer?")
    await walk.keys.press("Escape")
    await walk.back_at(opener)
    await walk.keys.press("Space")
    await walk.in_dialog("Share this answer?", key="Shift+Tab")
    await walk.keys.reach("Share")
    await walk.keys.press("Enter")
    await walk.heard("Iraq Desk: dana shared: 3 passages")
    assert (await walk.keys.stop()).within == "main"


async def _feedback(walk: Walk) -> None:
    """A modal asks for the reason; it can be left, and sent with arrows and Enter."""
    opener = await walk.keys.reach("Not helpful")
    await walk.keys.press("Enter")
    await walk.in_dialog("What was wrong?")
    await walk.keys.press("Escape")
    await walk.back_at(opener)
    await walk.keys.press("Enter")
    await walk.in_dialog("What was wrong?", key="Shift+Tab")
    await walk.keys.reach("The passages do not answer")
    assert (await walk.keys.press("ArrowDown")).name == "It is out of date"
    await walk.keys.reach("What should it have said?")
    await walk.keys.write("Its successor of 2024.")
    await walk.keys.reach("Send")
    await walk.keys.press("Enter")
    await walk.in_dialog("Thank you")
    await walk.keys.press("Escape")
    await walk.back_at(opener)


async def _digest(walk: Walk) -> None:
    """The digest's form: a day by arrows, saved, and back in the message box."""
    opener = await walk.keys.reach("Message #iraq-policy")
    await walk.keys.write("/iraq digest")
    await walk.keys.press("Enter")
    await walk.in_dialog("Channel digest")
    await walk.keys.reach("Day")
    await walk.keys.press("ArrowDown", "ArrowDown", "Enter")
    await walk.keys.reach("Turn on")
    await walk.keys.press("Enter")
    await expect(walk.page.get_by_role("dialog")).to_contain_text("every Tuesday")
    await walk.in_dialog("Channel digest")
    await walk.keys.press("Escape")
    await walk.back_at(opener)


async def _home(walk: Walk) -> None:
    """Home is a place of the sidebar; its region and its controls can be reached."""
    await walk.keys.reach("Iraq Desk home", key="Shift+Tab")
    await walk.keys.press("Enter")
    await expect(walk.page.get_by_role("region", name="Home of the app")).to_be_visible()
    assert (await walk.keys.stop()).name.startswith("Iraq Desk home")
    await walk.keys.reach("Home of the app")


STEPS: Final[tuple[Step, ...]] = (_ask, _more, _context, _share, _feedback, _digest, _home)


async def test_every_step_by_keyboard_alone(open_desk: OpenPage, desk: Desk) -> None:
    """From the first question to Home without a pointer: the focus is seen at every stop and never lost."""
    page = await open_desk()
    await page.emulate_media(reduced_motion="reduce")  # what fades in is there at once
    walk = Walk(page, Keyboard(page), desk)
    for step in STEPS:
        await step(walk)


@pytest.mark.parametrize("place", ["policy", "thread", "home", "dm"])
async def test_no_trap(place: str, open_desk: OpenPage, desk: Desk) -> None:
    """The Tab key goes through every region and out of the page again; Shift+Tab takes the same way back."""
    reply = await desk.mentions("how many people were displaced in 2020?")
    thread = f"?channel={desk.slack.policy}&thread={reply.thread_ts}"
    page = await open_desk(thread if place == "thread" else f"?channel={place.replace('policy', desk.slack.policy)}")
    await page.emulate_media(reduced_motion="reduce")
    keys = Keyboard(page)
    there = await keys.round()
    back = await keys.round(key="Shift+Tab")

    assert "" in {stop.name for stop in there}
    assert controls(back) == controls(there)


def controls(stops: list[Stop]) -> set[str]:
    """All stops but messages: of a list one message is a stop, the one last visited, which depends on the way."""
    return {stop.name for stop in stops if stop.role != "article"}
