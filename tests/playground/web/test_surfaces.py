"""axe finds nothing serious on the bot's own surfaces: light and dark, wide and narrow."""

from typing import Final

import pytest

from knowledge.library import Library
from tests.playground.web.axe import grave
from tests.playground.web.conftest import OpenPage
from tests.screenshots.scene import THEMES
from tests.screenshots.suite import SCENES

# Names in the table of scenes (tests/screenshots): one of each kind of surface. A new surface is a scene there, and its name here.
SURFACES: Final = (
    "answer",
    "arabic",
    "issue",
    "compare",
    "feedback",
    "direct-follow-up",
    "passage-context",
    "passage-ranking",
    "search-form",
    "search-results",
    "channel-form",
    "home-digests",
    "digest-form",
    "digest-full",
)
WIDTHS: Final = (1280, 400)


@pytest.mark.parametrize("name", SURFACES)
async def test_axe_finds_nothing_serious(name: str, open_at: OpenPage, library: Library) -> None:
    """A surface in each theme and at each width: everything the bot puts there, in the page as it is."""
    scene = next(scene for scene in SCENES if scene.name == name)
    found: dict[str, list[str]] = {}
    async with scene.desk(library=library) as desk:
        page = await open_at(desk.slack, f"?{await scene.prepare(desk)}")
        await page.emulate_media(reduced_motion="reduce")  # a colour on its way to another is no finding
        for theme in THEMES:
            await page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            for width in WIDTHS:
                await page.set_viewport_size({"width": width, "height": 860})
                found[f"{theme} {width}"] = await grave(page)
        await page.goto("about:blank")  # an open page would hold up the server's end
    assert {where: problems for where, problems in found.items() if problems} == {}
