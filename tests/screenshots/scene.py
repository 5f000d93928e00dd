"""What a picture shows: a name, how a running desk gets there, and the place in the page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from playwright.async_api import Browser, Page

from tests.support.desk import Desk, running_desk

Theme: TypeAlias = Literal["light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
# Brings a fresh desk to the state, and gives the place in the page: `channel=C0PLAYIRAQ1&thread=1700000000.000100`,
# `channel=home` or `channel=dm`.
Prepare: TypeAlias = Callable[[Desk], Awaitable[str]]
# What a reader does in the page before the picture, e.g. opens a menu.
Look: TypeAlias = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture, drawn light and dark.

    `width` and `height` are the window's, in CSS pixels. `scroll` is a selector whose last match is brought into view.
    `chosen` scenes are the repository's own; `desk` starts one of another kind, such as one with a clock.
    """

    name: str
    prepare: Prepare
    width: int = 1080
    height: int = 820
    scroll: str = ""
    chosen: bool = False
    look: Look | None = None
    desk: Callable[..., AbstractAsyncContextManager[Desk]] = running_desk


@asynccontextmanager
async def opened(
    browser: Browser, desk: Desk, scene: Scene, *, place: str, theme: Theme, scale: float = 1.0
) -> AsyncIterator[Page]:
    """The page at a place, at rest, as the scene wants it."""
    page = await browser.new_page(
        viewport={"width": scene.width, "height": scene.height},
        device_scale_factor=scale,
        color_scheme=theme,
        reduced_motion="reduce",
    )
    try:
        await page.goto(f"{desk.slack.url}?{place}&theme={theme}")
        await page.wait_for_selector("html[data-ready]")
        if scene.look is not None:
            await scene.look(page)
        if scene.scroll:
            await page.locator(scene.scroll).last.scroll_into_view_if_needed()
        await page.wait_for_timeout(300)
        yield page
    finally:
        await page.close()
