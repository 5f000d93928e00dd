"""A reader who has only a keyboard: keys go in, and at every stop the focus must be there to be seen."""

from dataclasses import dataclass
from typing import Final

from playwright.async_api import Page

# More stops than any region of the page has.
_FAR: Final = 120

# Where the focus is, what it is called there, and whether somebody can see it: on screen, and drawn apart by an outline
# or, in a box of our own, by the box's shadow.
_STOP: Final = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return { name: "", role: "", key: "", within: "page", visible: true };
    const byIds = (ids) => (ids ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    const name = node.getAttribute("aria-label") || byIds(node.getAttribute("aria-labelledby")).trim()
        || [...(node.labels ?? [])].map((label) => label.textContent).join(" ") || node.textContent;
    const box = node.getBoundingClientRect();
    const port = (node.closest(".timeline, .home, .dialog-body") ?? document.documentElement).getBoundingClientRect();
    const isOnScreen = box.width > 0 && box.height > 0 && box.bottom > port.top && box.right > port.left
        && box.top < port.bottom && box.left < port.right
        && node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const style = getComputedStyle(node);
    const frame = node.closest(".composer-frame, .combo");
    const isDrawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none" || (frame !== null && getComputedStyle(frame).boxShadow !== "none");
    const within = node.closest("dialog, [role=menu], aside, nav, main")?.localName ?? "page";
    const role = node.getAttribute("role") ?? node.localName;
    return { name: name.trim().replace(/\\s+/g, " "), role, key: node.dataset.key ?? "", within, visible: isOnScreen && isDrawn };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus is. Without any (the browser's own bars have it) the name is empty."""

    name: str
    role: str
    key: str
    within: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Keys for a page, and nothing else: no click, no fill, no focus."""

    page: Page

    async def press(self, *keys: str) -> Stop:
        """Press keys one after the other; where the focus is then."""
        for key in keys:
            await self.page.keyboard.press(key)
        return await self.stop()

    async def write(self, text: str) -> None:
        """Type a text."""
        await self.page.keyboard.type(text)

    async def stop(self) -> Stop:
        """Where the focus is; it must be seen there."""
        stop = Stop(**await self.page.evaluate(_STOP))
        assert stop.visible, f"the focus is at {stop}, and cannot be seen there"
        return stop

    async def reach(self, name: str, *, key: str = "Tab") -> Stop:
        """Press Tab (or Shift+Tab, or an arrow) until the control whose name begins so has the focus."""
        passed: list[str] = []
        for _ in range(_FAR):
            stop = await self.press(key)
            if stop.name.startswith(name):
                return stop
            passed.append(stop.name)
        raise AssertionError(f"{key} never reached {name!r}; it passed {list(dict.fromkeys(passed))}")

    async def round(self, *, key: str = "Tab") -> list[Stop]:
        """Where the focus is, and every stop of the Tab key (or Shift+Tab) from there, until one comes again."""
        stops = [await self.stop(), await self.press(key)]
        while len(stops) < _FAR:
            stop = await self.press(key)
            if stop == stops[1]:
                return stops
            stops.append(stop)
        raise AssertionError(f"{key} does not come back to {stops[1]}")
