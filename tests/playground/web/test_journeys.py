"""Whole journeys through the page, with the keyboard alone, against a real app."""

import re

import pytest
from playwright.async_api import Page, expect

from bot.playground.server import Playground
from tests.playground.web.conftest import OpenPage


async def _press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def _tab_to(page: Page, name: str) -> None:
    """Tab until the control of that name has the focus; it must come within a page's worth of stops."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        focused = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
        if await page.evaluate(f"({focused}).trim()") == name:
            return
    pytest.fail(f"The Tab key never reached {name!r}")


async def test_a_question_and_its_modal_by_keyboard(open_page: OpenPage) -> None:
    """Skip link, completion, command, button, modal, field errors of the page and of the app, success, and back."""
    page = await open_page()
    await _press(page, "Tab", "Enter")
    await expect(page.locator("#composer")).to_be_focused()
    await page.keyboard.type("/ir")
    await expect(page.get_by_role("option")).to_contain_text("Ask the corpus")
    await _press(page, "Enter")
    await expect(page.locator("#composer")).to_have_value("/iraq ")
    await page.keyboard.type("who holds the crossings?")
    await _press(page, "Enter")
    answer = page.get_by_role("article", name="Iraq Desk App")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(page.locator("#announcer")).to_contain_text("Iraq Desk, only visible to you: 1 passage on “who holds")

    await _press(page, "Shift+F6")
    await expect(answer).to_be_focused()
    await _tab_to(page, "More passages")
    await _press(page, "Enter")
    dialog = page.get_by_role("dialog", name="Search the corpus")
    question = dialog.get_by_label("Question")
    await expect(question).to_be_focused()
    await _press(page, "Enter")
    await expect(question).to_have_attribute("aria-invalid", "true")
    await expect(question).to_have_accessible_description("Please fill in this field. In your own words")
    await page.keyboard.type("nonsense")
    await expect(question).not_to_have_attribute("aria-invalid", "true")
    await _press(page, "Enter")
    await expect(question).to_have_accessible_description("The corpus has nothing on that. In your own words")
    await expect(question).to_be_focused()
    await _press(page, "ControlOrMeta+a")
    await page.keyboard.type("water")
    await _press(page, "Enter")
    await expect(dialog).to_be_hidden()
    await expect(answer.get_by_role("button", name="More passages")).to_be_focused()


async def test_a_sub_command_is_completed(open_page: OpenPage) -> None:
    """After the command its sub-commands are offered; an arrow and Enter take one, and Enter sends it."""
    page = await open_page()
    await page.locator("#composer").focus()
    await page.keyboard.type("/iraq ")
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.keyboard.type("d")
    await _press(page, "ArrowDown", "Enter")
    await expect(page.locator("#composer")).to_have_value("/iraq digest on")
    await _press(page, "Enter")
    await expect(page.locator("article")).to_contain_text("Federal forces")


async def test_a_mention_is_answered_in_its_thread(open_page: OpenPage) -> None:
    """`@` completes the app; on a wide window the answered thread opens; a slash command there is explained, not sent."""
    page = await open_page()
    await page.locator("#composer").focus()
    await page.keyboard.type("@ir")
    await _press(page, "Enter")
    await page.keyboard.type("who holds the crossings?")
    await _press(page, "Enter")
    await expect(page.locator("#main .replies")).to_contain_text("1 reply")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article")).to_have_count(2)
    box = thread.get_by_role("textbox", name="Reply in the thread")
    await box.focus()
    await page.keyboard.type("/iraq help")
    await _press(page, "Enter")
    await expect(thread.get_by_role("alert")).to_contain_text("Slash commands do not work in threads")
    await expect(box).to_have_value("/iraq help")
    await _press(page, "ControlOrMeta+a")
    await page.keyboard.type("Thank you")
    await _press(page, "Enter")
    await expect(thread.locator("article")).to_have_count(3)
    await _press(page, "Escape")
    await expect(thread).to_be_hidden()


async def test_shortcuts_by_keyboard(open_page: OpenPage) -> None:
    """A message's menu opens with Shift+F10, the global one from the message box; Escape goes back to where it was."""
    page = await open_page()
    await page.locator("#composer").fill("The crossings were busy")
    await page.locator("#composer").press("Enter")
    message = page.locator("#main article")
    await expect(message).to_have_count(1)
    await message.focus()
    await _press(page, "Shift+F10")
    await expect(page.get_by_role("menuitem", name="Find context")).to_be_focused()
    await _press(page, "Enter")
    dialog = page.get_by_role("dialog", name="Search the corpus")
    await expect(dialog).to_be_visible()
    await _press(page, "Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("button", name="More actions for the message of Dana")).to_be_focused()
    await page.get_by_role("button", name="Shortcuts").press("Enter")
    await _press(page, "Escape")
    await expect(page.get_by_role("button", name="Shortcuts")).to_be_focused()


async def test_a_global_shortcut_by_its_name(open_page: OpenPage) -> None:
    """After a slash the global shortcuts are offered too; Enter takes one, opens its modal, and sends nothing."""
    page = await open_page()
    await page.locator("#composer").focus()
    await page.keyboard.type("/")
    await expect(page.get_by_role("option")).to_have_text([re.compile("^/iraq"), re.compile("^Search")])
    await page.keyboard.type("sea")
    await expect(page.get_by_role("option")).to_have_count(1)
    await _press(page, "Enter")
    await expect(page.get_by_role("dialog", name="Search the corpus")).to_be_visible()
    await _press(page, "Escape")
    await expect(page.locator("#composer")).to_be_focused()
    await expect(page.locator("#composer")).to_have_value("")
    await expect(page.locator("article")).to_have_count(0)


async def test_a_message_shortcut_in_a_thread(open_page: OpenPage, slack: Playground) -> None:
    """Where slash commands do not work, a reply still has its menu, and the app is told which message it is."""
    root = await slack.user.say(slack.policy, "the root")
    reply = await slack.user.say(slack.policy, "the reply", root.ts)
    page = await open_page(f"?channel={slack.policy}&thread={root.ts}")
    message = page.get_by_role("complementary", name="Thread").locator(f"article[data-ts='{reply.ts}']")
    await message.focus()
    await _press(page, "Shift+F10", "Enter")
    await expect(page.get_by_role("dialog", name="Search the corpus")).to_be_visible()
    told = next(each.payload for each in slack.deliveries if each.type == "interactive")
    assert told["callback_id"] == "context"
    assert told["message"]["thread_ts"] == root.ts


async def test_modals_stack(open_page: OpenPage, slack: Playground) -> None:
    """Three lie on one another and no fourth; the first comes back with what was entered in it."""
    page = await open_page("?channel=home")
    await page.get_by_role("button", name="Search with filters").click()
    first = page.get_by_role("dialog", name="Search the corpus")
    await first.get_by_label("Question").fill("water")
    await first.get_by_label("Arabic").check()
    await first.get_by_role("button", name="More").click()
    second = page.get_by_role("dialog", name="More filters")
    await second.get_by_role("button", name="More").click()
    await expect(page.get_by_role("button", name="Back to step 2")).to_be_visible()
    await second.get_by_role("button", name="More").click()
    await slack.settled()
    assert len(slack.user.views) == 3
    await page.get_by_role("button", name="Back to step 2").click()
    await page.get_by_role("button", name="Back to step 1").click()
    await expect(first.get_by_label("Question")).to_have_value("water")
    await expect(first.get_by_label("Arabic")).to_be_checked()


async def test_the_direct_message_and_home(open_page: OpenPage) -> None:
    """The app's tabs: Home is published when it is opened; a direct question is answered in its thread."""
    page = await open_page("?channel=dm")
    await page.get_by_role("textbox", name="Message Iraq Desk").fill("who holds the crossings?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="Thread").locator("article")).to_have_count(2)
    await page.get_by_role("navigation", name="Tabs of the app").get_by_role("button", name="Home").click()
    await expect(page.get_by_role("region", name="Home of the app")).to_contain_text("Your digests")
    await expect(page).to_have_url(re.compile(r"[?]channel=home$"))


async def test_prompts_are_pressed(open_page: OpenPage, slack: Playground) -> None:
    """The app hears that its messages are opened and suggests prompts, which stand for ours; a press sends the message."""
    page = await open_page("?channel=dm")
    await expect(page.locator("#main .try")).to_have_count(0)
    prompts = page.get_by_role("list", name="Suggested prompts").get_by_role("button")
    await expect(prompts).to_have_text(["Who holds the crossings?", "What changed on water?"])
    await prompts.first.press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article").first).to_contain_text("Who holds the border crossings now?")
    await expect(prompts.first).to_be_focused()
    await page.get_by_role("navigation", name="Tabs of the app").get_by_role("button", name="Home").click()
    await expect(prompts).to_have_count(0)
    assert slack.workspace.prompts[slack.user.direct_channel][1]["title"] == "What changed on water?"


async def test_the_status_ends_with_the_answer(open_page: OpenPage) -> None:
    """What the app is doing stands under the question and in its thread, is said, and ends with the app's next message."""
    page = await open_page("?channel=dm")
    box = page.get_by_role("textbox", name="Message Iraq Desk")
    await box.fill("please wait")
    await box.press("Enter")
    working = page.locator("#main .working")
    await expect(working).to_have_text("Iraq Desk is searching…")
    await expect(page.locator("#announcer")).to_have_text("Iraq Desk is searching…")
    await page.reload()
    await page.get_by_role("button", name="Reply in thread to the message of Dana").press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("li").last).to_have_text("Iraq Desk is searching…")
    await page.keyboard.type("never mind")
    await page.keyboard.press("Enter")
    await expect(thread.locator("article")).to_have_count(3)
    await expect(page.locator(".working")).to_have_count(0)


async def test_the_first_run_hint_fills_the_box(open_page: OpenPage) -> None:
    """An empty channel offers three things to try; one click puts the words in the box and sends nothing."""
    page = await open_page()
    await page.get_by_role("button", name="/iraq what did USIP advise about Iran?").click()
    await expect(page.locator("#composer")).to_have_value("/iraq what did USIP advise about Iran?")
    await expect(page.locator("#composer")).to_be_focused()
    await expect(page.locator("article")).to_have_count(0)
