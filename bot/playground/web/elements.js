// Interactive elements of blocks: a table from type to drawing. Values entered go to the surface's form.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { INPUTS } from "./inputs.js";
import { safeUrl } from "./links.js";
import { openMenu } from "./menu.js";
import { SELECTS } from "./selects.js";
import { words } from "./text.js";

const DRAW = {
  button,
  workflow_button: button,
  overflow,
  feedback_buttons: feedback,
  icon_button: iconButton,
  ...INPUTS,
  ...SELECTS,
};

/**
 * Draw an element, or null when its type is unknown.
 * place: { block, surface, label, id?, describedBy?, presses } where `presses` tells whether a change is sent at once.
 */
export function drawElement(element, place) {
  const draw = Object.hasOwn(DRAW, element?.type ?? "") ? DRAW[element.type] : null;
  return draw ? draw(element, { ...place, key: `${place.block.block_id} ${element.action_id}` }) : null;
}

function button(element, { block, surface, key }) {
  const style = { primary: " primary", danger: " danger" }[element.style] ?? "";
  const href = element.url ? safeUrl(element.url) : null;
  const props = { class: `button${style}`, "aria-label": element.accessibility_label, "data-key": key, dir: "auto" };
  const press = (event) => surface.press(block, element, undefined, event.currentTarget);
  if (href)
    return h(
      "a",
      { ...props, href, target: "_blank", rel: "noopener noreferrer", onclick: press },
      words(element.text),
    );
  return h("button", { ...props, type: "button", onclick: press }, words(element.text));
}

function overflow(element, { block, surface, label, key }) {
  const node = h(
    "button",
    {
      type: "button",
      class: "button square",
      "aria-label": label ? `More actions: ${label}` : "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-key": key,
      onclick: () =>
        openMenu(
          node,
          "More actions",
          (element.options ?? []).map((option) => ({
            text: words(option.text),
            note: words(option.description),
            href: option.url ? safeUrl(option.url) : null,
            onselect: () => surface.press(block, element, option),
          })),
        ),
    },
    icon("more"),
  );
  return node;
}

/** Two thumbs with words. The one that was pressed says so. */
function feedback(element, { block, surface, key }) {
  const sides = [
    ["positive_button", "up"],
    ["negative_button", "downvote"],
  ].filter(([side]) => element[side]);
  const nodes = sides.map(([side, picture]) => {
    const option = element[side];
    const node = h(
      "button",
      {
        type: "button",
        class: "button thumb",
        "aria-label": option.accessibility_label,
        "data-key": `${key} ${side}`,
        "aria-pressed": String(surface.given.get(element.action_id) === option.value),
        onclick: async () => {
          if (!(await surface.press(block, element, option.value, node))) return;
          surface.given.set(element.action_id, option.value);
          nodes.forEach((other) => other.setAttribute("aria-pressed", String(other === node)));
        },
      },
      icon(picture),
      h("span", {}, words(option.text)),
    );
    return node;
  });
  return h("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, nodes);
}

function iconButton(element, { block, surface, key }) {
  return h(
    "button",
    {
      type: "button",
      class: "button square",
      title: words(element.text),
      "aria-label": element.accessibility_label ?? words(element.text),
      "data-key": key,
      onclick: (event) => surface.press(block, element, undefined, event.currentTarget),
    },
    icon(element.icon),
  );
}
