"""The page keeps up with the workspace, and its address and theme mean what they say."""

from dataclasses import replace

from playwright.async_api import expect

from bot.playground.model import BOT_USER, Member
from bot.playground.server import Playground
from tests.playground.web import samples
from tests.playground.web.conftest import OpenPage


async def test_edits_and_deletions_show(open_page: OpenPage, slack: Playground) -> None:
    """An edited message says so; a deleted one goes."""
    page = await open_page()
    message = await slack.user.say(slack.policy, "first wording")
    await expect(page.locator("article")).to_contain_text("first wording")
    await slack.user.edit(message, "second wording")
    await expect(page.locator("article")).to_contain_text("second wording (edited)")
    await slack.user.delete(message)
    await expect(page.locator("article")).to_have_count(0)


async def test_messages_elsewhere_are_counted(open_page: OpenPage, slack: Playground) -> None:
    """A channel the reader is not in shows how many messages came."""
    page = await open_page("?channel=home")
    await slack.as_user(slack.colleague).say(slack.policy, "Good morning")
    place = page.get_by_role("navigation", name="Channels and app").get_by_role("button", name="iraq-policy")
    await expect(place).to_have_accessible_name("iraq-policy new messages: 1")
    await place.click()
    await expect(place).to_have_accessible_name("iraq-policy")


async def test_the_connection_is_told(open_page: OpenPage, slack: Playground) -> None:
    """The sidebar says in words whether the app is connected, and says so when that changes."""
    page = await open_page()
    status = page.get_by_role("status")
    await expect(status).to_have_text("Bot connected")
    slack.drop_connections()
    await expect(status).to_have_text("Bot not connected")


async def test_a_timeout_is_a_private_notice(open_page: OpenPage, slack: Playground) -> None:
    """What Slackbot would tell the reader stands in the channel, marked as private."""
    page = await open_page()
    slack.drop_connections()
    await page.locator("#composer").fill("/iraq help")
    await page.locator("#composer").press("Enter")
    notice = page.get_by_role("article", name="Playground")
    await expect(notice).to_contain_text("/iraq failed")
    await expect(notice).to_contain_text("Only visible to you")


async def test_a_refused_act_is_a_toast_and_keeps_the_text(open_page: OpenPage) -> None:
    """An unknown command is refused in words, and what was typed is not lost."""
    page = await open_page()
    await page.locator("#composer").fill("/nope now")
    await page.locator("#composer").press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("/nope")
    await expect(page.locator("#composer")).to_have_value("/nope now")


async def test_membership_can_be_changed(open_page: OpenPage, slack: Playground) -> None:
    """The app can be invited to a channel and removed from it."""
    page = await open_page(f"?channel={slack.general}")
    await page.get_by_role("button", name="Invite Iraq Desk to this channel").click()
    await expect(page.get_by_role("button", name="Remove Iraq Desk from this channel")).to_be_visible()
    assert BOT_USER in slack.workspace.channels[slack.general].members


async def test_a_shared_channel_says_so(open_page: OpenPage, slack: Playground) -> None:
    """A channel with another organisation in it is marked in its head and in the list, and its people in their bylines."""
    workspace = slack.workspace
    workspace.add_member(Member("U0OUTSIDE01", "lena", "Lena", team="T0OTHER0001"))
    shared = workspace.add_channel("C0SHARED001", "joint-desk", "channel", {slack.user.id, "U0OUTSIDE01", BOT_USER})
    workspace.update_channel(replace(shared, is_ext_shared=True))
    await slack.as_user("U0OUTSIDE01").say(shared.id, "Good morning")
    page = await open_page(f"?channel={shared.id}")
    await expect(page.locator("#main header.top")).to_contain_text("Shared with another organisation")
    await expect(page.get_by_role("article", name="Lena External")).to_be_visible()
    place = page.get_by_role("navigation", name="Channels and app").get_by_role("button", name="joint-desk")
    await expect(place).to_have_accessible_name("joint-desk , shared with another organisation")


async def test_addresses_lead_to_places(open_page: OpenPage, slack: Playground) -> None:
    """A link names a channel, a thread and a theme; Back returns to the place before."""
    root = await slack.user.say(slack.policy, "the root")
    samples.post(slack, [], "the reply", root.ts)
    page = await open_page(f"?channel={slack.policy}&thread={root.ts}&theme=dark")
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("the reply")
    assert await page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    await page.get_by_role("button", name="Close the thread").click()
    await expect(page.get_by_role("complementary", name="Thread")).to_be_hidden()
    await page.go_back()
    await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()


async def test_the_theme_is_kept(open_page: OpenPage) -> None:
    """The reader's choice of theme outlives a reload."""
    page = await open_page()
    await page.get_by_role("button", name="Use the dark theme").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Use the light theme")).to_be_visible()


async def test_a_narrow_window_has_a_drawer(open_page: OpenPage) -> None:
    """At 400 pixels nothing scrolls sideways, and the channels are one button away."""
    page = await open_page(width=400, height=800)
    assert await page.evaluate("document.documentElement.scrollWidth") == 400
    general = page.get_by_role("button", name="general")
    await expect(general).to_be_hidden()
    await page.get_by_role("button", name="Show channels").click()
    await general.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("general")
    await expect(general).to_be_hidden()


async def test_new_messages_below_are_told(open_page: OpenPage, slack: Playground) -> None:
    """A reader further up is told of new messages and stays where they are; the button leads down to them."""
    for number in range(12):
        samples.post(slack, samples.ANSWER, f"answer {number}")
    page = await open_page()
    timeline = page.locator("#main .timeline")
    await timeline.evaluate("node => node.scrollTo(0, 0)")
    await slack.as_user(slack.colleague).say(slack.policy, "Look at this")
    button = page.get_by_role("button", name="1 new message")
    await expect(button).to_be_visible()
    assert await timeline.evaluate("node => node.scrollTop") == 0
    await button.click()
    await expect(page.locator("#main article").last).to_be_in_viewport()
    await expect(page.locator("#main article").last).to_be_focused()
    await expect(button).to_be_hidden()


async def test_the_end_stays_in_sight(open_page: OpenPage, slack: Playground) -> None:
    """A thread that opens beside the channel narrows it, and its last message is still in the window."""
    for number in range(6):
        samples.post(slack, [], f"{number} " + "words that wrap elsewhere when the window is narrower " * 12)
    page = await open_page()
    await page.locator("#composer").fill("@Iraq Desk who holds the crossings?")
    await page.locator("#composer").press("Enter")
    await expect(page.get_by_role("complementary", name="Thread").locator("article")).to_have_count(2)
    await expect(page.locator("#main .replies")).to_be_in_viewport(ratio=1)
    await page.reload()
    await expect(page.get_by_role("complementary", name="Thread").locator("article")).to_have_count(2)
    await expect(page.locator("#main .replies")).to_be_in_viewport(ratio=1)
