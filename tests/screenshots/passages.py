"""Pictures of the menu of a passage and of all that it opens."""

from typing import Final

from playwright.async_api import Page

from tests.screenshots.questions import IRAN, asked
from tests.screenshots.scene import Prepare, Scene
from tests.support.desk import Desk


async def _open_menu(page: Page) -> None:
    await page.get_by_role("button", name="More actions: ").first.click()


def _chosen(act: str) -> Prepare:
    """What a choice in the menu of the first passage opens."""

    async def prepare(desk: Desk) -> str:
        answer = await desk.asks(IRAN)
        block = next(one["block_id"] for one in answer.blocks or [] if "accessory" in one)
        await desk.slack.user.press(answer, "passage_menu", act, block_id=block)
        await desk.slack.settled()
        return f"channel={desk.slack.policy}"

    return prepare


async def _reported(desk: Desk) -> str:
    place = await _chosen("report")(desk)
    view = await desk.slack.user.next_view()
    await desk.slack.user.submit(view, {"feedback_comment": "The dialogue of April 2021 replaced this."})
    await desk.slack.settled()
    return place


SCENES: Final = (
    Scene("passage-menu", asked(IRAN), look=_open_menu),
    Scene("passage-context", _chosen("context"), chosen=True),
    Scene("passage-ranking", _chosen("ranking")),
    Scene("passage-citation", _chosen("cite")),
    Scene("passage-report", _chosen("report")),
    Scene("passage-reported", _reported),
    Scene("passage-issue", _chosen("issue"), height=1040),
)
