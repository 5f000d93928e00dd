"""axe finds nothing serious, in light and dark, wide and narrow, with menus and modals open."""

import pytest
from playwright.async_api import expect

from bot.playground.server import Playground
from tests.playground.web import samples
from tests.playground.web.axe import grave
from tests.playground.web.conftest import OpenPage


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
async def test_messages_thread_and_modal(theme: str, width: int, open_page: OpenPage, slack: Playground) -> None:
    """A channel with every kind of block and a notice, its thread, and a modal with an error."""
    for name in ("TEXT", "CONTROLS", "RARE", "ANSWER"):
        samples.post(slack, getattr(samples, name))
    root = await slack.user.say(slack.policy, "@Iraq Desk who holds the crossings?")
    await slack.settled()
    page = await open_page(width=width, theme=theme)
    await expect(page.locator("#main article")).to_have_count(5)
    assert await grave(page) == []
    await page.get_by_role("button", name="More passages").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Search", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Please fill in this field.")
    assert await grave(page) == []
    await page.keyboard.press("Escape")
    await page.locator(f"#main article[data-ts='{root.ts}'] .replies").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    assert await grave(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_home_first_run_and_lists(theme: str, open_page: OpenPage) -> None:
    """The Home tab, an empty channel with the completions open, a menu and an error toast."""
    page = await open_page("?channel=home", theme=theme)
    await expect(page.get_by_text("Your digests")).to_be_visible()
    await page.get_by_role("button", name="More actions").click()
    assert await grave(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("navigation", name="Channels and app").get_by_role("button", name="general").click()
    await page.locator("#composer").fill("/nope")
    await page.locator("#composer").press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.locator("#composer").fill("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    assert await grave(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_prompts_and_a_status(theme: str, open_page: OpenPage) -> None:
    """The direct messages with prompts above the box, and what the app is doing under a question."""
    page = await open_page("?channel=dm", width=400, theme=theme)
    await page.locator("#composer").fill("please wait")
    await page.locator("#composer").press("Enter")
    await expect(page.locator("#main .working")).to_be_visible()
    await expect(page.locator("#main .prompt")).to_have_count(2)
    await page.emulate_media(reduced_motion="reduce")
    assert await grave(page) == []


async def test_motion_can_be_refused(open_page: OpenPage) -> None:
    """Nothing moves for a reader who asked for reduced motion."""
    page = await open_page(width=400)
    await page.emulate_media(reduced_motion="reduce")
    moving = "nodes => nodes.filter(n => getComputedStyle(n).transitionDuration !== '0s' || getComputedStyle(n).animationName !== 'none').length"
    assert await page.locator("body *").evaluate_all(moving) == 0
