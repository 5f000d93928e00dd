// Where menus and lists of choices appear: in the top layer, beside their anchor.

import { h, uid } from "./dom.js";

const GAP = 4;
const EDGE = 8;

/** Show `popup` by its anchor, above or below, inside the window. Returns a function that takes it away. */
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
  return () => {
    removeEventListener("resize", place);
    removeEventListener("scroll", place, true);
    popup.remove();
  };
}

/**
 * Open a menu by its button: arrow keys move, Enter chooses, Escape and Tab leave.
 * Items: { text, note?, href?, onselect }. Focus goes back to the button, unless an item moves it.
 */
export function openMenu(button, label, items) {
  if (button.getAttribute("aria-expanded") === "true") return;
  const menu = h("div", { class: "popup menu", role: "menu", id: uid("menu"), "aria-label": label });
  const nodes = items.map((item) =>
    h(
      item.href ? "a" : "button",
      {
        role: "menuitem", tabindex: "-1", class: "menu-item", href: item.href, type: item.href ? null : "button",
        target: item.href ? "_blank" : null, rel: item.href ? "noopener noreferrer" : null,
        onclick: () => { close(true); item.onselect(); },
      },
      h("span", { class: "menu-text", dir: "auto" }, item.text),
      item.note ? h("span", { class: "menu-note", dir: "auto" }, item.note) : null,
    ),
  );
  menu.append(...(nodes.length ? nodes : [h("p", { class: "menu-empty" }, "Nothing to choose here.")]));
  const take = showPopup(menu, button, { alignEnd: true });
  const outside = (event) => { if (!menu.contains(event.target) && !button.contains(event.target)) close(false); };
  function close(refocus) {
    document.removeEventListener("pointerdown", outside, true);
    button.setAttribute("aria-expanded", "false");
    take();
    if (refocus) button.focus();
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (moveFocus(nodes, event.key)) event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget) && menu.isConnected) close(false); });
  document.addEventListener("pointerdown", outside, true);
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "true");
  (nodes[0] ?? button).focus();
}

/** Roving focus in a list of nodes for the arrow keys, Home and End; false when the key is another. */
export function moveFocus(nodes, key) {
  const at = nodes.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[key];
  if (to === undefined || nodes.length === 0) return false;
  nodes[(to + nodes.length) % nodes.length].focus();
  return true;
}
