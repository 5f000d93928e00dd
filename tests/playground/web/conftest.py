"""A real browser, a real playground, and a small app behind it. Everything runs in one event loop, that of the session."""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import ConsoleMessage, Error, Page, async_playwright
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from knowledge.library import Library
from tests.playground.web.trial_app import MANIFEST, trial_app
from tests.support.browser import ARGUMENTS, chromium
from tests.support.desk import Desk, running_desk

OpenPage: TypeAlias = Callable[..., Awaitable[Page]]

PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these tests share the session's loop, because the browser lives in it."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(name="tab", scope="session", loop_scope="session")
async def _tab() -> AsyncIterator[Page]:
    """A tab of a headless Chromium; without a Chromium the tests are skipped."""
    path = chromium()
    if not path:
        pytest.skip("no Chromium: install one, or name it in IRAQ_DESK_TEST_CHROMIUM")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        tab = await browser.new_page()
        tab.set_default_timeout(PATIENCE_MS)
        yield tab
        await browser.close()


@pytest_asyncio.fixture(name="slack", loop_scope="session")
async def _slack() -> AsyncIterator[Playground]:
    """A playground with the app on trial connected to it."""
    async with Playground(MANIFEST) as slack:
        app = trial_app(AsyncWebClient(slack.bot_token, base_url=slack.api_url))
        handler = AsyncSocketModeHandler(app, slack.app_token)
        await handler.connect_async()
        await slack.wait_for(lambda: slack.connected)
        yield slack
        await handler.close_async()


@pytest_asyncio.fixture(name="desk", loop_scope="session")
async def _desk(library: Library) -> AsyncIterator[Desk]:
    """The bot itself, connected to a playground."""
    async with running_desk(library=library) as desk:
        yield desk


@pytest_asyncio.fixture(name="open_page", loop_scope="session")
async def _open_page(slack: Playground, open_at: OpenPage) -> OpenPage:
    """Open the page of the app on trial at an address such as `?channel=home`."""
    return functools.partial(open_at, slack)


@pytest_asyncio.fixture(name="open_desk", loop_scope="session")
async def _open_desk(desk: Desk, open_at: OpenPage) -> OpenPage:
    """Open the page of the bot itself. The page goes before the desk: an open one would hold up its end."""
    return functools.partial(open_at, desk.slack)


@pytest_asyncio.fixture(name="open_at", loop_scope="session")
async def _open_at(tab: Page) -> AsyncIterator[OpenPage]:
    """Open the page of a playground; what it logs as an error fails the test.

    Each playground has a port of its own, so no two tests share an origin, and the tab can be the same.
    """
    problems: list[str] = []

    def on_error(error: Error) -> None:
        problems.append(str(error))

    def on_console(said: ConsoleMessage) -> None:
        # The browser logs an act that the server refused; the page shows it to the reader.
        if said.type == "error" and "422" not in said.text:
            problems.append(said.text)

    async def open_at(
        slack: Playground, query: str = "", *, width: int = 1280, height: int = 860, theme: str = "light"
    ) -> Page:
        await tab.set_viewport_size({"width": width, "height": height})
        await tab.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="null")
        await tab.goto(slack.url + query)
        await tab.wait_for_selector("html[data-ready]")
        return tab

    tab.on("pageerror", on_error)
    tab.on("console", on_console)
    yield open_at
    await tab.goto("about:blank")
    tab.remove_listener("pageerror", on_error)
    tab.remove_listener("console", on_console)
    assert problems == []
