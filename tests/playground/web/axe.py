"""What axe-core finds on a page."""

from typing import Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

GRAVE: Final = {"serious", "critical"}


async def grave(page: Page) -> list[str]:
    """The serious and critical violations, each with its first nodes."""
    results = await Axe().run(page)
    return [
        f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in results.response["violations"]
        if each["impact"] in GRAVE
    ]
