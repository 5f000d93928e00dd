// What a modal looks like: head, blocks and foot in one form.

import { drawBlocks } from "./blocks.js";
import { h, uid } from "./dom.js";
import { icon, mark } from "./icons.js";
import { words } from "./text.js";

/** Draw a modal view. Gives the form and, in it, the body and the title. `depth` is its place in the stack, from 1. */
export function drawModal(view, { surface, depth, appName, onclose, onsubmit }) {
  const props = { id: uid("title"), class: "dialog-title", tabindex: "-1", dir: "auto" };
  const title = h("h2", props, words(view.title) || "Dialog");
  const body = h("div", { class: "dialog-body" }, drawBlocks(view.blocks, surface));
  if (!body.querySelector("a, button, input, select, textarea, [tabindex]")) {
    // Nothing in it takes the focus, so it does: a keyboard must be able to scroll a long text.
    for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-labelledby": title.id }))
      body.setAttribute(name, value);
  }
  const form = h(
    "form",
    { class: "dialog-form", novalidate: true },
    head(title, depth, onclose),
    body,
    foot(view, appName, onclose),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onsubmit();
  });
  return { form, body, title };
}

function foot(view, appName, onclose) {
  const close = words(view.close) || (view.submit ? "Cancel" : "Close");
  return h(
    "div",
    { class: "dialog-foot" },
    h("p", { class: "dialog-app" }, appName),
    h("button", { type: "button", class: "button", onclick: onclose }, close),
    view.submit ? submit(view) : null,
  );
}

function head(title, depth, onclose) {
  const label = `Back to step ${depth - 1}`;
  return h(
    "div",
    { class: "dialog-head" },
    depth > 1
      ? h("button", { type: "button", class: "icon-only back", "aria-label": label, onclick: onclose }, icon("back"))
      : h("span", { class: "dialog-mark", "aria-hidden": "true" }, mark()),
    title,
    h(
      "button",
      { type: "button", class: "icon-only", "aria-label": "Close this dialog", onclick: onclose },
      icon("close"),
    ),
  );
}

function submit(view) {
  const props = { type: "submit", class: "button primary", "data-key": "submit", disabled: view.submit_disabled };
  return h("button", props, words(view.submit));
}
