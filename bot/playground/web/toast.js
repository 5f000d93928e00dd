// Short notices: toasts that can be seen and dismissed, and words for screen readers only.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const STAY = 9000;

/** Show a notice; level is "error" or "info". It stays while the pointer or focus is on it. */
export function toast(text, level = "info") {
  const node = h(
    "div",
    { class: `toast ${level}`, role: level === "error" ? "alert" : "status" },
    icon(level === "error" ? "alert" : "info"),
    h("p", { dir: "auto" }, level === "error" ? h("span", { class: "unseen" }, "Error: ") : null, text),
    h(
      "button",
      { type: "button", class: "icon-only", "aria-label": "Dismiss this notice", onclick: () => node.remove() },
      icon("close"),
    ),
  );
  const host = document.querySelector("dialog[open]:last-of-type") ?? document.getElementById("toasts");
  if (host.localName === "dialog") node.classList.add("in-dialog");
  host.append(node);
  const leave = () => setTimeout(() => (node.matches(":hover, :focus-within") ? leave() : node.remove()), STAY);
  leave();
}

/** Say something to screen readers, politely. */
export function announce(text) {
  const node = document.getElementById("announcer");
  node.textContent = "";
  setTimeout(() => {
    node.textContent = text.slice(0, 400);
  }, 60);
}
