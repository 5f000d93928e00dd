// Menus that open by a button, and moving the focus among things in a row.

import { h, uid } from "./dom.js";
import { showPopup } from "./popups.js";

/**
 * Open a menu by its button: arrow keys move, Enter chooses, Escape and Tab leave.
 * Items: { text, note?, href?, onselect }. Focus goes back to the button, unless an item moves it.
 */
export function openMenu(button, label, items) {
  if (button.getAttribute("aria-expanded") === "true") return;
  const menu = h("div", { class: "popup menu", role: "menu", id: uid("menu"), "aria-label": label });
  const nodes = items.map((item) => menuItem(item, close));
  menu.append(...(nodes.length ? nodes : [h("p", { class: "menu-empty" }, "Nothing to choose here.")]));
  const popup = showPopup(menu, button, { alignEnd: button.getBoundingClientRect().left > innerWidth / 2 });
  const isElsewhere = (node) => node && !menu.contains(node) && !button.contains(node);
  const onpointer = (event) => isElsewhere(event.target) && close(false);
  function close(refocus) {
    document.removeEventListener("pointerdown", onpointer, true);
    button.setAttribute("aria-expanded", "false");
    popup.remove();
    if (refocus) button.focus();
  }
  menu.addEventListener("keydown", (event) => menuKey(event, nodes, close));
  menu.addEventListener("focusout", (event) => menu.isConnected && isElsewhere(event.relatedTarget) && close(false));
  document.addEventListener("pointerdown", onpointer, true);
  button.setAttribute("aria-expanded", "true");
  (nodes[0] ?? button).focus();
}

function menuItem({ text, note, href, onselect }, close) {
  const onclick = () => {
    close(true);
    onselect();
  };
  const props = { role: "menuitem", tabindex: "-1", class: "menu-item", onclick };
  const words = [
    h("span", { class: "menu-text", dir: "auto" }, text),
    note ? h("span", { class: "menu-note", dir: "auto" }, note) : null,
  ];
  if (href) return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer" }, words);
  return h("button", { ...props, type: "button" }, words);
}

function menuKey(event, nodes, close) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  } else if (moveFocus(nodes, event.key)) event.preventDefault();
}

/** Roving focus in a list of nodes for the arrow keys, Home and End; false when the key is another. */
export function moveFocus(nodes, key) {
  const at = nodes.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[key];
  if (to === undefined || nodes.length === 0) return false;
  nodes[(to + nodes.length) % nodes.length].focus();
  return true;
}
