"""Draw the README's pictures: the real bot in the real playground, in Chromium (`make screenshots`)."""

import asyncio
import sys
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Browser, Page, async_playwright

from tests.support.browser import ARGUMENTS, chromium
from tests.support.desk import Desk, rating, running_desk

FOLDER: Final = Path(__file__).parents[1] / "deploy" / "screenshots"
IRAN: Final = "what did USIP advise about Iran?"
Theme = Literal["light", "dark"]


async def _page(browser: Browser, desk: Desk, place: str, theme: Theme, height: int) -> Page:
    page = await browser.new_page(
        viewport={"width": 1080, "height": height}, device_scale_factor=1.5, color_scheme=theme
    )
    await page.goto(f"{desk.slack.url}?{place}&theme={theme}")
    await page.wait_for_selector("html[data-ready]")
    return page


async def _shot(browser: Browser, desk: Desk, name: str, place: str, height: int = 820) -> None:
    for theme in ("light", "dark"):
        page = await _page(browser, desk, place, theme, height)
        await page.wait_for_timeout(300)
        await page.screenshot(path=FOLDER / (f"{name}.png" if theme == "light" else f"{name}-dark.png"))
        await page.close()


async def draw(chromium: str) -> None:
    """Every picture, each from a fresh workspace."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, act in (("answer", IRAN), ("no-answer", "who won the 2018 World Cup?"), ("help", "help")):
            async with running_desk() as desk:
                await desk.asks(act)
                await _shot(browser, desk, name, f"channel={desk.slack.policy}")
        async with running_desk() as desk:
            reply = await desk.mentions("how many people were displaced in 2020?")
            await _shot(browser, desk, "thread", f"channel={desk.slack.policy}&thread={reply.thread_ts}")
            await desk.slack.user.press(reply, "feedback", rating(reply, helpful=False))
            await desk.slack.user.next_view()
            await _shot(browser, desk, "feedback", f"channel={desk.slack.policy}")
        async with running_desk() as desk:
            await desk.slack.user.open_home()
            await desk.slack.wait_for(lambda: desk.slack.user.home)
            await _shot(browser, desk, "home", "channel=home")
        await browser.close()


if __name__ == "__main__":
    found = chromium()
    if not found:
        sys.exit("no Chromium found: install Debian's chromium, or set IRAQ_DESK_TEST_CHROMIUM")
    asyncio.run(draw(found))
