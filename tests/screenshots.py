"""Draw the README's pictures: the real bot in the real playground, in Chromium (`make screenshots`)."""

import asyncio
import sys
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Browser, Page, async_playwright

from bot.playground.model import Message
from tests.support.browser import ARGUMENTS, chromium
from tests.support.desk import Desk, rating, running_desk
from tests.support.digests import ask, demote

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


async def _shot(browser: Browser, desk: Desk, name: str, place: str, *, height: int = 820, scroll: str = "") -> None:
    for theme in ("light", "dark"):
        page = await _page(browser, desk, place, theme, height)
        await page.wait_for_timeout(300)
        if scroll:
            await page.locator(scroll).last.scroll_into_view_if_needed()
        await page.screenshot(path=FOLDER / (f"{name}.png" if theme == "light" else f"{name}-dark.png"))
        await page.close()


async def _digests(browser: Browser) -> None:
    """The digest: its form, its settings in words, a preview, a refusal, a brief one, and a full one with its thread."""
    async with running_desk() as desk:
        policy, user = desk.slack.policy, desk.slack.user
        await user.command(policy, "/iraq digest")
        form = await user.next_view()
        await _shot(browser, desk, "digest-form", f"channel={policy}", height=1240)
        await user.submit(form, {"digest_channel": policy, "digest_topics": []})
        await _shot(browser, desk, "digest-saved", f"channel={policy}")
        await user.close(await user.next_view())
        await desk.asks("digest status")
        await _shot(browser, desk, "digest-status", f"channel={policy}")
        await desk.asks("digest now")
        await _shot(browser, desk, "digest-now", f"channel={policy}", height=1040)
    async with running_desk() as desk:
        policy = desk.slack.policy
        await desk.asks("digest preview")
        await desk.slack.user.next_message()
        await _shot(browser, desk, "digest-preview", f"channel={policy}", height=1240)
    async with running_desk() as desk:
        policy = desk.slack.policy
        await ask(desk.slack.as_user(desk.slack.colleague), policy, "on")
        demote(desk)
        await desk.asks("digest off")
        await desk.asks("digest on", desk.slack.general)
        await _shot(browser, desk, "digest-refusal", f"channel={policy}", height=420)
        await _shot(browser, desk, "digest-invite", f"channel={desk.slack.general}", height=420)
    for kind in ("brief", "full"):
        async with running_desk() as desk:
            digest = await _posted(desk, kind)
            thread = f"&thread={digest.ts}" if kind == "full" else ""
            scroll = ".message" if kind == "full" else ""
            await _shot(
                browser, desk, f"digest-{kind}", f"channel={desk.slack.policy}{thread}", height=1240, scroll=scroll
            )
            if kind == "brief":
                await desk.slack.user.press(digest, "digest_citations")
                await desk.slack.user.next_view()
                await _shot(browser, desk, "digest-citations", f"channel={desk.slack.policy}", height=1040)


async def _posted(desk: Desk, form: str) -> Message:
    """Turn a digest on, have it now, and wait until all of it is there."""
    policy, user = desk.slack.policy, desk.slack.user
    await user.command(policy, "/iraq digest")
    await user.submit(await user.next_view(), {"digest_channel": policy, "digest_form": form})
    await user.close(await user.next_view())
    await user.press(await desk.asks("digest now"), "digest_now")
    parts = 3 if form == "full" else 1
    await desk.slack.wait_for(lambda: len(_posts(desk)) == parts, timeout=15)
    return _posts(desk)[0]


def _posts(desk: Desk) -> list[Message]:
    return [one for one in desk.slack.messages(desk.slack.policy) if one.metadata]


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
        await _digests(browser)
        await browser.close()


if __name__ == "__main__":
    found = chromium()
    if not found:
        sys.exit("no Chromium found: install Debian's chromium, or set IRAQ_DESK_TEST_CHROMIUM")
    asyncio.run(draw(found))
