"""`make screenshots`: the real bot in the real playground, in Chromium, each picture light and dark.

Without arguments the repository's own pictures are drawn; `--all DIR` draws every scene into DIR; `--only WORD` picks scenes.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright

from knowledge.library import Library
from tests.screenshots.scene import THEMES, Scene, opened
from tests.screenshots.suite import SCENES
from tests.support.browser import ARGUMENTS, chromium

FOLDER: Final = Path(__file__).parents[2] / "deploy" / "screenshots"
_SHARP: Final = 1.5  # device pixels a CSS pixel


def main() -> None:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    parser.add_argument("--all", metavar="DIR", type=Path, help="every scene, into this folder")
    parser.add_argument("--only", metavar="WORD", default="", help="only scenes whose name contains this")
    arguments = parser.parse_args()
    browser = chromium()
    if not browser:
        sys.exit("no Chromium found: install Debian's chromium, or set IRAQ_DESK_TEST_CHROMIUM")
    scenes = [scene for scene in SCENES if (arguments.all or scene.chosen) and arguments.only in scene.name]
    if not scenes:
        sys.exit(f"no scene has “{arguments.only}” in its name; there are {', '.join(one.name for one in SCENES)}")
    folder = arguments.all or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(browser, scenes, folder))


async def draw(chromium_path: str, scenes: Iterable[Scene], folder: Path) -> None:
    """Draw `<name>.png` and `<name>-dark.png` of every scene into the folder (which must exist), each from a fresh workspace."""
    library = Library.load()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        for scene in scenes:
            await _draw(browser, scene, library, folder)
            print(scene.name, flush=True)  # noqa: T201 - a command tells how far it is
        await browser.close()


async def _draw(browser: Browser, scene: Scene, library: Library, folder: Path) -> None:
    async with scene.desk(library=library) as desk:
        place = await scene.prepare(desk)
        for theme in THEMES:
            async with opened(browser, desk, scene, place=place, theme=theme, scale=_SHARP) as page:
                name = scene.name if theme == "light" else f"{scene.name}-dark"
                await page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main()
