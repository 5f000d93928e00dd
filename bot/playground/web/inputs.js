// Text boxes, pickers of dates and times, radio buttons and check boxes.

import { h, uid } from "./dom.js";
import { textNodes, words } from "./text.js";

/** A typed date changes with every digit: wait until the reader is done. */
const SETTLE = 700;

const NAMES = { date: "Date", time: "Time", "datetime-local": "Date and time" };

export const INPUTS = {
  plain_text_input: textBox,
  email_text_input: (element, place) => textBox(element, place, { type: "email", autocomplete: "off" }),
  url_text_input: (element, place) => textBox(element, place, { type: "url", autocomplete: "off" }),
  number_input: (element, place) =>
    textBox(element, place, { inputmode: element.is_decimal_allowed ? "decimal" : "numeric" }),
  rich_text_input: richBox,
  datepicker: (element, place) =>
    picker(
      element,
      place,
      "date",
      (value) => value,
      (text) => text || null,
    ),
  timepicker: (element, place) =>
    picker(
      element,
      place,
      "time",
      (value) => value,
      (text) => text || null,
    ),
  datetimepicker: (element, place) => picker(element, place, "datetime-local", toLocal, fromLocal),
  radio_buttons: (element, place) => choices(element, place, "radio"),
  checkboxes: (element, place) => choices(element, place, "checkbox"),
  file_input: () => h("p", { class: "not-here" }, "The playground takes no files."),
};

function named({ id, label, describedBy, key }) {
  return { id, "aria-label": id ? null : label, "aria-describedby": describedBy, "data-key": key };
}

function textBox(element, place, props = {}) {
  const { block, surface, presses } = place;
  const config = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = (node) => surface.press(block, element, node.value);
  const node = h(element.multiline ? "textarea" : "input", {
    class: "text-input",
    dir: "auto",
    placeholder: words(element.placeholder),
    maxlength: element.max_length,
    rows: element.multiline ? 4 : null,
    type: element.multiline ? null : "text",
    autofocus: element.focus_on_load,
    ...named(place),
    ...props,
    value: String(surface.form.read(block.block_id, element) ?? ""),
    oninput: () => {
      surface.form.write(block.block_id, element, node.value || null);
      if (presses && config.includes("on_character_entered")) tell(node);
    },
    onkeydown: (event) => {
      if (
        event.key !== "Enter" ||
        event.isComposing ||
        element.multiline ||
        !presses ||
        !config.includes("on_enter_pressed")
      )
        return;
      event.preventDefault();
      tell(node);
    },
  });
  return node;
}

/** Rich text is entered as plain lines here: one section. */
function richBox(element, place) {
  const { block, surface } = place;
  const kept = surface.form.read(block.block_id, element);
  const text = (kept?.elements ?? [])
    .flatMap((part) => part.elements ?? [])
    .map((run) => run.text ?? "")
    .join("");
  const node = h("textarea", {
    class: "text-input",
    dir: "auto",
    rows: 4,
    placeholder: words(element.placeholder),
    ...named(place),
    value: text,
    oninput: () =>
      surface.form.write(
        block.block_id,
        element,
        node.value
          ? {
              type: "rich_text",
              elements: [{ type: "rich_text_section", elements: [{ type: "text", text: node.value }] }],
            }
          : null,
      ),
  });
  return node;
}

function picker(element, place, type, toText, toValue) {
  const { block, surface, presses } = place;
  const first = surface.form.read(block.block_id, element);
  let told = first;
  let timer = 0;
  const tell = () => {
    clearTimeout(timer);
    const value = toValue(node.value);
    if (!presses || value === told || value === null) return;
    told = value;
    surface.press(block, element, value);
  };
  const node = h("input", {
    type,
    class: "text-input picker",
    ...named(place),
    "aria-label": place.id ? null : place.label || NAMES[type],
    value: first === null ? "" : toText(first),
    oninput: () => {
      surface.form.write(block.block_id, element, toValue(node.value));
      clearTimeout(timer);
      timer = setTimeout(tell, SETTLE);
    },
    onblur: tell,
  });
  return node;
}

function toLocal(seconds) {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function fromLocal(text) {
  return text ? Math.floor(new Date(text).getTime() / 1000) : null;
}

function choices(element, place, type) {
  const { block, surface, presses } = place;
  const name = uid(type);
  const kept = surface.form.read(block.block_id, element);
  const chosen = new Set((type === "radio" ? [kept] : kept).filter(Boolean).map(({ value }) => value));
  const boxes = (element.options ?? []).map((option, i) =>
    choice(option, i, { type, name, checked: chosen.has(option.value), key: place.key, env: surface.env }),
  );
  const node = h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "aria-labelledby": place.labelId,
      "aria-label": place.labelId ? null : place.label || "Choices",
      "aria-describedby": place.describedBy,
    },
    boxes,
  );
  node.addEventListener("change", () => {
    const picked = (element.options ?? []).filter((_, i) => boxes[i].querySelector("input").checked);
    const value = type === "radio" ? (picked[0] ?? null) : picked;
    surface.form.write(block.block_id, element, value);
    if (presses) surface.press(block, element, value);
  });
  return node;
}

function choice(option, i, { type, name, checked, key, env }) {
  const note = option.description
    ? h("span", { class: "choice-note", dir: "auto" }, textNodes(option.description, env))
    : null;
  return h(
    "label",
    { class: "choice" },
    h("input", { type, name, value: option.value, checked, "data-key": `${key} ${i}` }),
    h("span", { class: "choice-text", dir: "auto" }, textNodes(option.text, env), note),
  );
}
