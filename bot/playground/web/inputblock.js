// The input block: label, element, hint and error, tied together for screen readers.

import { h, uid } from "./dom.js";
import { drawElement } from "./elements.js";
import { icon } from "./icons.js";
import { words } from "./text.js";

const GROUPS = new Set(["radio_buttons", "checkboxes"]);

/** Draw an input block. Its error, if any, is set later by `showError`. */
export function input(block, surface) {
  const element = block.element ?? {};
  const grouped = GROUPS.has(element.type);
  const ids = {
    label: uid("label"),
    control: grouped ? undefined : uid("control"),
    hint: uid("hint"),
    error: uid("error"),
  };
  const label = words(block.label);
  const control = drawElement(element, {
    block,
    surface,
    label,
    id: ids.control,
    labelId: grouped ? ids.label : undefined,
    presses: block.dispatch_action === true,
    describedBy: `${ids.error} ${ids.hint}`,
  });
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  return h(
    "div",
    { class: "input-block" },
    h(
      grouped ? "span" : "label",
      { class: "input-label", id: ids.label, for: ids.control, dir: "auto" },
      label,
      optional,
    ),
    control ?? h("div", { class: "cannot-draw" }, `The playground cannot draw this input: ${element.type}`),
    h("p", { class: "input-error", id: ids.error, dir: "auto", hidden: true }),
    h("p", { class: "input-hint", id: ids.hint, dir: "auto", hidden: !block.hint }, words(block.hint)),
  );
}

/** Show (or with null take away) the error of the input block drawn in `node`. */
export function showError(node, text) {
  const error = node.querySelector(".input-error");
  if (!error) return;
  error.hidden = !text;
  error.replaceChildren(...(text ? [icon("alert"), text] : []));
  for (const control of node.querySelectorAll("input, textarea")) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}
