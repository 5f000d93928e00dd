// The rarer blocks, drawn plainly: what they say matters here, not how they look elsewhere.

import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { icon } from "./icons.js";
import { link, safeUrl } from "./links.js";
import { picture } from "./pictures.js";
import { grid } from "./tables.js";
import { textNodes, words } from "./text.js";

export const EXTRAS = {
  alert,
  card,
  carousel,
  container,
  task_card: task,
  plan,
  video,
  file,
  data_visualization: chart,
};

const TONES = new Set(["info", "warning", "error", "success"]);

function alert(block, { env }) {
  const tone = TONES.has(block.level) ? block.level : "info";
  return h(
    "div",
    { class: `alert ${tone}`, role: "note" },
    icon(tone === "info" ? "info" : tone === "success" ? "check" : "alert"),
    h(
      "div",
      { class: "prose" },
      tone === "info" ? null : h("span", { class: "unseen" }, `${tone}: `),
      textNodes(block.text, env),
    ),
  );
}

function card(block, surface) {
  const { env } = surface;
  const actions = (block.actions ?? []).map((element) =>
    drawElement(element, { block, surface, presses: true, label: words(block.title) }),
  );
  return h(
    "div",
    { class: "card" },
    block.hero_image ? picture(block.hero_image, env) : null,
    h("div", { class: "card-title" }, textNodes(block.title, env)),
    block.subtitle ? h("div", { class: "card-subtitle" }, textNodes(block.subtitle, env)) : null,
    block.body ? h("div", { class: "prose" }, textNodes(block.body, env)) : null,
    actions.length ? h("div", { class: "actions" }, actions) : null,
  );
}

function carousel(block, surface) {
  const cards = (block.elements ?? []).map((element, i) =>
    h("li", {}, card({ ...element, block_id: element.block_id ?? `${block.block_id}-${i + 1}` }, surface)),
  );
  return h("ul", { class: "carousel", tabindex: "0", "aria-label": "Cards" }, cards);
}

function container(block, surface, drawBlocks) {
  const inner = h(
    "div",
    { class: "container-body" },
    drawBlocks(
      (block.child_blocks ?? []).map((child, i) => ({ block_id: `${block.block_id}-${i + 1}`, ...child })),
      surface,
    ),
  );
  const title = [
    h("span", { class: "container-title", dir: "auto" }, words(block.title)),
    block.subtitle ? h("span", { class: "container-subtitle", dir: "auto" }, words(block.subtitle)) : null,
  ];
  if (!block.is_collapsible)
    return h("div", { class: "container" }, h("div", { class: "container-head" }, title), inner);
  return h(
    "details",
    { class: "container", open: !block.default_collapsed },
    h("summary", { class: "container-head" }, title),
    inner,
  );
}

const STATUS = { pending: "waiting", in_progress: "in progress", complete: "done", error: "failed" };

function task(block) {
  const status = STATUS[block.status] ?? String(block.status ?? "");
  return h(
    "div",
    { class: "task-card" },
    icon(block.status === "complete" ? "check" : block.status === "error" ? "alert" : "clock"),
    h("span", { dir: "auto" }, words(block.title)),
    h("span", { class: "task-status" }, status),
  );
}

function plan(block) {
  return h(
    "div",
    { class: "container" },
    h("div", { class: "container-head" }, h("span", { class: "container-title", dir: "auto" }, words(block.title))),
    h("div", { class: "container-body" }, (block.tasks ?? []).map(task)),
  );
}

function video(block) {
  const address = block.title_url ?? block.video_url;
  return h(
    "div",
    { class: "remote" },
    icon("play"),
    h(
      "div",
      {},
      h("p", { dir: "auto" }, words(block.title) || block.alt_text || "Video"),
      block.description ? h("p", { class: "remote-link", dir: "auto" }, words(block.description)) : null,
      safeUrl(address) ? h("p", { class: "remote-link" }, link(address, "Open the video"), " (not played here)") : null,
    ),
  );
}

function file(block) {
  return h("div", { class: "remote" }, icon("file"), h("p", {}, `File ${block.external_id ?? ""} (not loaded here)`));
}

/** A chart's numbers as a table: they can be read, which is what a chart is for. */
function chart(block) {
  const { segments, series } = block.chart ?? {};
  const rows = segments
    ? segments.map(({ label, value }) => [String(label), String(value)])
    : (series ?? []).flatMap(({ name, data }) =>
        (data ?? []).map(({ label, value }) => [`${name}: ${label}`, String(value)]),
      );
  return grid([["", "Value"], ...rows], ["left", "right"], { caption: words(block.title), rowHead: 0 });
}
