// Where menus and lists of choices appear: in the top layer, beside their anchor.

const GAP = 4;
const EDGE = 8;

/** Show `popup` by its anchor, above or below, inside the window. Gives `place()`, for when it changed, and `remove()`. */
export function showPopup(popup, anchor, { matchWidth = false, alignEnd = false } = {}) {
  popup.setAttribute("popover", "manual");
  (anchor.closest("dialog") ?? document.body).append(popup);
  popup.showPopover();
  const place = () => {
    const box = anchor.getBoundingClientRect();
    if (matchWidth) popup.style.minWidth = `${box.width}px`;
    const below = innerHeight - box.bottom - EDGE - GAP;
    const above = box.top - EDGE - GAP;
    popup.style.maxHeight = `${Math.max(below, above, 120)}px`;
    const { offsetWidth: width, offsetHeight: height } = popup;
    const flips = height > below && above > below;
    const left = alignEnd ? box.right - width : box.left;
    popup.style.top = `${Math.max(EDGE, flips ? box.top - GAP - height : box.bottom + GAP)}px`;
    popup.style.left = `${Math.min(Math.max(EDGE, left), Math.max(EDGE, innerWidth - width - EDGE))}px`;
  };
  place();
  addEventListener("resize", place);
  addEventListener("scroll", place, true);
  const remove = () => {
    removeEventListener("resize", place);
    removeEventListener("scroll", place, true);
    popup.remove();
  };
  return { place, remove };
}
