"""Controls in messages: what is pressed or picked reaches the app as Slack would send it."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from bot.playground.server import Playground
from tests.playground.web import samples
from tests.playground.web.conftest import OpenPage


async def _with(open_page: OpenPage, slack: Playground, name: str) -> Page:
    samples.post(slack, getattr(samples, name))
    return await open_page()


async def test_a_select_narrows_and_picks(open_page: OpenPage, slack: Playground) -> None:
    """Typing narrows the choices, Enter takes one, and the app hears its value."""
    page = await _with(open_page, slack, "CONTROLS")
    box = page.get_by_role("combobox", name="Choose a topic")
    await box.click()
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.keyboard.type("fin")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("took topic: f", exact=True)).to_be_visible()
    await expect(box).to_have_value("Finance")
    await expect(box).to_have_attribute("aria-expanded", "false")


async def test_a_select_of_several_keeps_them(open_page: OpenPage, slack: Playground) -> None:
    """Each choice becomes a token that can be taken away again."""
    page = await _with(open_page, slack, "CONTROLS")
    box = page.get_by_role("combobox", name="Choose some")
    for topic in ("Water", "Finance"):
        await box.click()
        await page.get_by_role("option", name=topic).click()
    await expect(page.get_by_text("took topics: ['w', 'f']", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Remove Water").click()
    await expect(page.get_by_text("took topics: ['f']", exact=True)).to_be_visible()


async def test_an_external_select_asks_the_app(open_page: OpenPage, slack: Playground) -> None:
    """The app is asked once enough is typed."""
    page = await _with(open_page, slack, "CONTROLS")
    box = page.get_by_role("combobox", name="Find")
    await box.click()
    await expect(page.get_by_role("option")).to_contain_text("Type 2 or more characters")
    await page.keyboard.type("troops")
    await page.get_by_role("option", name="troops in the south").click()
    await expect(page.get_by_text("took passage: s", exact=True)).to_be_visible()


async def test_boxes_radios_and_dates(open_page: OpenPage, slack: Playground) -> None:
    """Boxes send all that are ticked, radio buttons one, a date once it is settled."""
    page = await _with(open_page, slack, "CONTROLS")
    await page.get_by_label("Arabic").check()
    await expect(page.get_by_text("took boxes: ['ar']", exact=True)).to_be_visible()
    await page.get_by_label("Monthly").check()
    await expect(page.get_by_text("took radio: m", exact=True)).to_be_visible()
    await page.locator("input[type=date]").fill("2026-03-20")
    await expect(page.get_by_text("took day: 2026-03-20", exact=True)).to_be_visible()


async def test_a_button_asks_before_it_acts(open_page: OpenPage, slack: Playground) -> None:
    """A confirm dialog can be left without a press; its yes presses."""
    page = await _with(open_page, slack, "ANSWER")
    share = page.get_by_role("button", name="Share to channel")
    await share.click()
    dialog = page.get_by_role("alertdialog", name="Share the answer?")
    await expect(dialog).to_contain_text("Everybody in #iraq-policy will see it.")
    await page.keyboard.press("Escape")
    await expect(share).to_be_focused()
    await expect(page.locator("article")).to_have_count(1)
    await share.click()
    await dialog.get_by_role("button", name="Share").click()
    await expect(page.get_by_text("took share: share", exact=True)).to_be_visible()


async def test_feedback_shows_what_was_given(open_page: OpenPage, slack: Playground) -> None:
    """The thumb that was pressed says so, and only that one."""
    page = await _with(open_page, slack, "ANSWER")
    await page.get_by_role("button", name="Not helpful").click()
    await expect(page.get_by_text("took feedback: no", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "false")


async def test_an_overflow_menu(open_page: OpenPage, slack: Playground) -> None:
    """Arrow keys choose in a menu of more actions."""
    page = await _with(open_page, slack, "TEXT")
    await page.locator("[data-key='b1 menu']").press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("took menu: s", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ({}, ["# iraq-policy", "# general", "# closed"]),
        ({"include": ["private"]}, ["# closed"]),
        ({"include": ["public", "im"]}, ["# iraq-policy", "# general"]),
        ({"exclude_external_shared_channels": True}, ["# general", "# closed"]),
    ],
)
async def test_a_select_of_conversations_heeds_its_filter(
    given: dict[str, object], offered: list[str], open_page: OpenPage, slack: Playground
) -> None:
    """Only the kinds that are asked for are offered, and the place the reader is in is chosen only if it is one of them."""
    workspace = slack.workspace
    workspace.add_channel("C0CLOSED001", "closed", "private", {slack.user.id})
    workspace.update_channel(replace(workspace.channels[slack.policy], is_ext_shared=True))
    element = {
        "type": "conversations_select",
        "action_id": "conversation",
        "placeholder": samples.plain("Where"),
        "default_to_current_conversation": True,
        "filter": {"exclude_bot_users": True, **given},
    }
    samples.post(slack, [{"type": "actions", "elements": [element]}])
    page = await open_page()
    box = page.get_by_role("combobox", name="Where")
    await expect(box).to_have_value("# iraq-policy" if "# iraq-policy" in offered else "")
    await box.click()
    await expect(page.get_by_role("option").locator(".menu-text")).to_have_text(offered)
