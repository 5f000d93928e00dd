"""A real browser, a real playground, and a small app behind it. Everything runs in one event loop, that of the session."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.web.trial_app import MANIFEST, trial_app

OpenPage: TypeAlias = Callable[..., Awaitable[Page]]

# A browser that talks to nobody but the page under test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these tests share the session's loop, because the browser lives in it."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):  # noqa: PTH120 - one call, no Path needed
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def _is_problem(said: ConsoleMessage) -> bool:
    """An error, but for an act that the server refused, which the browser logs as well."""
    return said.type == "error" and "422" not in said.text


@pytest_asyncio.fixture(name="browser", scope="session", loop_scope="session")
async def _browser() -> AsyncIterator[Browser]:
    """A headless Chromium; without one the tests are skipped."""
    path = os.environ.get("IRAQ_DESK_TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium: install one, or name it in IRAQ_DESK_TEST_CHROMIUM")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
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


@pytest_asyncio.fixture(name="open_page", loop_scope="session")
async def _open_page(browser: Browser, slack: Playground) -> AsyncIterator[OpenPage]:
    """Open the page at an address such as `?channel=home`; what it logs as an error fails the test."""
    problems: list[str] = []
    contexts = []

    async def open_page(query: str = "", *, width: int = 1280, height: int = 860, theme: str = "light") -> Page:
        scheme = "dark" if theme == "dark" else "light"
        context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if _is_problem(said) else None)
        await page.goto(slack.url + query)
        await page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert problems == []
