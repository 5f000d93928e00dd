// Blocks -> nodes: a table from type to drawing, and an honest box for what it does not know.

import { append, h, uid } from "./dom.js";
import { drawElement } from "./elements.js";
import { EXTRAS } from "./extras.js";
import { icon } from "./icons.js";
import { input } from "./inputblock.js";
import { markdown } from "./markdown.js";
import { picture } from "./pictures.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { textNodes, words } from "./text.js";

const DRAW = {
  header,
  section,
  divider: () => h("hr", { class: "divider" }),
  context,
  actions: (block, surface) => h("div", { class: "actions" }, elements(block, surface)),
  context_actions: (block, surface) => h("div", { class: "actions quiet" }, elements(block, surface)),
  rich_text: (block, { env }) => h("div", { class: "rich" }, richText(block.elements, env)),
  image: (block, { env }) => picture(block, env),
  input,
  table: (block, { env }) => table(block, env),
  data_table: (block, { env }) => dataTable(block, env),
  markdown: (block) => h("div", { class: "markdown" }, markdown(String(block.text ?? ""))),
  ...EXTRAS,
};

/** Nodes of a list of blocks on a surface. A block without an id gets one from its place. */
export function drawBlocks(blocks, surface) {
  const shown = (Array.isArray(blocks) ? blocks : []).map((block, i) =>
    block?.block_id ? block : { ...block, block_id: `block-${i + 1}` },
  );
  return shown.map((block) => drawBlock(block, surface));
}

function drawBlock(block, surface) {
  const draw = Object.hasOwn(DRAW, block.type ?? "") ? DRAW[block.type] : null;
  const node = draw ? attempt(() => draw(block, surface, drawBlocks)) : null;
  return h(
    "div",
    { class: `block block-${draw ? block.type : "unknown"}`, "data-block": block.block_id },
    node ?? cannotDraw(block.type),
  );
}

/** A malformed block must not take the page with it. */
function attempt(draw) {
  try {
    return draw();
  } catch (error) {
    console.warn("A block could not be drawn:", error);
    return null;
  }
}

function cannotDraw(type) {
  return h(
    "div",
    { class: "cannot-draw" },
    icon("alert"),
    h("span", {}, "The playground cannot draw this block: ", h("code", {}, String(type ?? "no type"))),
  );
}

function header(block) {
  return h("h3", { class: "block-title", dir: "auto" }, words(block.text));
}

function section(block, surface) {
  const id = uid("text");
  const text = block.text ? h("div", { class: "prose", id }, textNodes(block.text, surface.env)) : null;
  const fields = block.fields?.length
    ? h(
        "div",
        { class: "fields" },
        block.fields.map((field) => h("div", { class: "field prose" }, textNodes(field, surface.env))),
      )
    : null;
  const main = h("div", { class: "section-main" }, text, fields);
  if (!block.accessory) return main;
  const accessory =
    block.accessory.type === "image"
      ? picture(block.accessory, surface.env, "thumb")
      : (drawElement(block.accessory, { block, surface, presses: true, label: shortLabel(text) }) ??
        cannotDraw(block.accessory.type));
  return h(
    "div",
    { class: `section-with section-with-${block.accessory.type}` },
    main,
    h("div", { class: "accessory" }, accessory),
  );
}

/** What an unlabelled control stands beside, so that a screen reader can tell it from its neighbours. */
function shortLabel(text) {
  return (text?.querySelector(".line")?.textContent ?? "").trim().slice(0, 80);
}

function context(block, { env }) {
  const parts = (block.elements ?? []).map((element) => {
    if (element.type === "image") return picture(element, env, "tiny");
    return h("div", { class: "context-text" }, textNodes(element, env));
  });
  return append(h("div", { class: "context" }), parts);
}

function elements(block, surface) {
  return (block.elements ?? []).map(
    (element) =>
      drawElement(element, { block, surface, presses: true, label: words(element.placeholder) }) ??
      cannotDraw(element?.type),
  );
}
