"""Pictures of “Search the desk”: its form, its results, and sharing them."""

from typing import Any, Final

from playwright.async_api import Page

from bot.playground.model import View
from tests.screenshots.scene import Prepare, Scene
from tests.support.desk import Desk

_IRAN: Final[dict[str, object]] = {"search_question": "What did USIP advise about Iran?", "search_topic": "iran"}


async def _form(desk: Desk) -> str:
    await _opened(desk)
    return f"channel={desk.slack.policy}"


def _submitted(**filled: object) -> Prepare:
    """What comes of a form that is filled in so; the names are the action ids without `search_`."""

    async def prepare(desk: Desk) -> str:
        await desk.slack.user.submit(await _opened(desk), {f"search_{name}": value for name, value in filled.items()})
        await desk.slack.settled()
        return f"channel={desk.slack.policy}"

    return prepare


async def _press_search(page: Page) -> None:
    await page.get_by_role("dialog").get_by_role("button", name="Search", exact=True).click()
    await page.get_by_text("Type a question, or choose").wait_for()


async def _share(desk: Desk) -> str:
    await _share_form(desk)
    return f"channel={desk.slack.policy}"


async def _shared(desk: Desk) -> str:
    form = await _share_form(desk)
    await desk.slack.user.submit(form, {"search_channel": desk.slack.policy})
    await desk.slack.settled()
    for view in reversed(desk.slack.user.views):
        await desk.slack.user.close(view)
    return f"channel={desk.slack.policy}"


async def _opened(desk: Desk) -> View:
    await desk.slack.user.shortcut("search_desk")
    return await desk.slack.user.next_view()


async def _share_form(desk: Desk) -> View:
    await desk.slack.user.submit(await _opened(desk), _IRAN)
    results = await desk.slack.user.next_view()
    await desk.slack.user.press(results, "search_share")
    return await desk.slack.wait_for(lambda: _top(desk, results))


def _top(desk: Desk, below: View) -> View | None:
    top = desk.slack.user.view
    return top if top is not None and top.id != below.id else None


_SOURCELESS: Final[dict[str, Any]] = {"question": "Tsurkov", "topic": "climate-water"}

SCENES: Final = (
    Scene("search-form", _form),
    Scene("search-form-error", _form, look=_press_search),
    Scene("search-results", _submitted(question="What did USIP advise about Iran?", topic="iran"), chosen=True),
    Scene("search-none", _submitted(**_SOURCELESS), height=520),
    Scene("search-no-answer", _submitted(question="who won the 2018 World Cup?"), height=520),
    Scene("search-share", _share),
    Scene("search-shared", _shared),
)
