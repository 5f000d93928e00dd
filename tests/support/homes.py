"""What the scenarios of the Home tab share: looking at it, and finding one's way through what opens from it."""

from typing import Any

from bot.playground.model import View
from bot.playground.user import User
from tests.support.desk import Desk


async def open_home(desk: Desk, user: User | None = None) -> View:
    """The tab as it is once the bot has answered to its opening."""
    user = user or desk.slack.user
    before = user.home
    await user.open_home()
    return await desk.slack.wait_for(lambda: user.home if user.home != before else None)


def elements(view: View) -> list[dict[str, Any]]:
    """The controls of a view, in their order; each with the words of its block under `beside`."""
    found = []
    for block in view.payload["blocks"]:
        beside = (block.get("text") or {}).get("text", "")
        inside = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]
        more = {"block_id": block["block_id"], "beside": beside}
        found += [element | more for element in inside if "action_id" in element]
    return found


def button(view: View, label: str, beside: str = "") -> dict[str, Any]:
    """The button with a label, in the block that has these words."""
    return next(
        one
        for one in elements(view)
        if one["type"] == "button" and one["text"]["text"] == label and beside in one["beside"]
    )


async def press(user: User, view: View, element: dict[str, Any]) -> None:
    """Press one of `elements`."""
    await user.press(view, element["action_id"], element.get("value"), block_id=element["block_id"])


async def opened_page(desk: Desk, first: str, *further: str) -> View:
    """The modal behind a button of Home (by its label, or by the title of its row), and pages from there by their menus."""
    user, tab = desk.slack.user, await open_home(desk)
    labels = {one["text"]["text"] for one in elements(tab) if one["type"] == "button"}
    await press(user, tab, button(tab, first) if first in labels else button(tab, "Open", beside=f"*{first}*"))
    view = await user.next_view()
    for label in further:
        view = await chosen(desk, view, label)
    return view


async def chosen(desk: Desk, view: View, label: str) -> View:
    """What an entry's button or the menu of a page leads to: a modal above, or other content in the same."""
    user = desk.slack.user
    for one in elements(view):
        options = [option for option in one.get("options", ()) if option["text"]["text"].startswith(label[:40])]
        if options or one.get("accessibility_label", "").endswith(label):
            await user.press(view, one["action_id"], (options or [one])[0]["value"], block_id=one["block_id"])
            break
    else:
        raise AssertionError(f"nothing leads to {label!r}")
    return await desk.slack.wait_for(lambda: user.view if user.view != view else None)
