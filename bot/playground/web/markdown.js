// The `markdown` block: a small, safe subset of standard Markdown -> nodes. Raw HTML stays text.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./links.js";
import { grid } from "./tables.js";

const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Nodes of a Markdown text. */
export function markdown(text) {
  const rows = text.replace(/\r\n?/g, "\n").split("\n");
  const nodes = [];
  for (let i = 0; i < rows.length;) {
    const found =
      fence(rows, i) ??
      heading(rows, i) ??
      rule(rows, i) ??
      quote(rows, i) ??
      table(rows, i) ??
      list(rows, i) ??
      paragraph(rows, i);
    if (found.node) nodes.push(found.node);
    i = found.end;
  }
  return nodes;
}

function fence(rows, start) {
  const open = FENCE.exec(rows[start]);
  if (!open) return null;
  let end = start + 1;
  while (end < rows.length && !rows[end].trimStart().startsWith(open[1])) end += 1;
  return { node: h("pre", { class: "code", dir: "auto" }, rows.slice(start + 1, end).join("\n")), end: end + 1 };
}

function heading(rows, start) {
  const match = HEADING.exec(rows[start]);
  // The page owns levels 1 and 2: a message's headings begin at 3.
  return (
    match && {
      node: h(`h${Math.min(match[1].length + 2, 6)}`, { class: "md-heading", dir: "auto" }, span(match[2])),
      end: start + 1,
    }
  );
}

function rule(rows, start) {
  return RULE.test(rows[start]) ? { node: h("hr"), end: start + 1 } : null;
}

function quote(rows, start) {
  let end = start;
  while (end < rows.length && QUOTE.test(rows[end])) end += 1;
  if (end === start) return null;
  const inner = rows.slice(start, end).map((row) => QUOTE.exec(row)[1]);
  return { node: h("blockquote", {}, markdown(inner.join("\n"))), end };
}

function table(rows, start) {
  if (!rows[start].includes("|") || !TABLE_RULE.test(rows[start + 1] ?? "") || !rows[start + 1].includes("-"))
    return null;
  let end = start + 2;
  while (end < rows.length && rows[end].includes("|")) end += 1;
  const align = cells(rows[start + 1]).map((cell) =>
    cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left",
  );
  const body = [rows[start], ...rows.slice(start + 2, end)].map((row) => cells(row).map((cell) => span(cell)));
  return { node: grid(body, align), end };
}

function cells(row) {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function list(rows, start) {
  const first = ITEM.exec(rows[start]);
  if (!first) return null;
  const ordered = /\d/.test(first[2]);
  const node = h(ordered ? "ol" : "ul", { class: "rich-list", start: ordered ? Number.parseInt(first[2], 10) : null });
  let end = start;
  while (end < rows.length) {
    const match = ITEM.exec(rows[end]);
    if (!match || match[1].length < first[1].length) break;
    if (match[1].length > first[1].length && node.lastElementChild) {
      const nested = list(rows, end);
      node.lastElementChild.append(nested.node);
      end = nested.end;
    } else if (/\d/.test(match[2]) !== ordered) break;
    else {
      node.append(item(match[3]));
      end += 1;
    }
  }
  return { node, end };
}

function item(text) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!task) return h("li", { dir: "auto" }, span(text));
  const done = task[1] !== " ";
  return h(
    "li",
    { class: "task", dir: "auto" },
    h("span", { class: "unseen" }, done ? "done: " : "to do: "),
    h("span", { class: `tick${done ? " done" : ""}`, "aria-hidden": "true" }),
    span(task[2]),
  );
}

function paragraph(rows, start) {
  let end = start;
  const special = (row) => !row.trim() || [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(row));
  while (end < rows.length && (end === start ? rows[end].trim() : !special(rows[end]))) end += 1;
  if (end === start) return { node: null, end: start + 1 };
  return { node: h("p", { class: "md-paragraph", dir: "auto" }, span(rows.slice(start, end).join("\n"))), end };
}

// In this order: what comes first wins at the same place.
const SPANS = [
  [/`([^`\n]+)`/, (m) => h("code", {}, m[1])],
  [
    /!?\[([^\]\n]*)\]\(\s*<?([^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"]*")?\s*\)/,
    (m) => link(m[2], m[1] || m[2]),
  ],
  [/<(https?:\/\/[^\s<>]+)>/, (m) => link(m[1], m[1])],
  [/https?:\/\/[^\s<>()`"]*[^\s<>()`".,;:!?*_~]/, (m) => link(m[0], m[0])],
  [/\*\*(?=\S)([\s\S]*?\S)\*\*/, (m) => h("strong", {}, span(m[1]))],
  [/(?<![\p{L}\p{N}])__(?=\S)([\s\S]*?\S)__(?![\p{L}\p{N}])/u, (m) => h("strong", {}, span(m[1]))],
  [/~~(?=\S)([\s\S]*?\S)~~/, (m) => h("s", {}, span(m[1]))],
  [/\*(?=[^\s*])([^*]*?[^\s*])\*/, (m) => h("em", {}, span(m[1]))],
  [/(?<![\p{L}\p{N}])_(?=[^\s_])([^_]*?[^\s_])_(?![\p{L}\p{N}])/u, (m) => h("em", {}, span(m[1]))],
];

/** Nodes of one run of Markdown text. */
function span(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    let best = null;
    for (const [pattern, draw] of SPANS) {
      const match = pattern.exec(rest);
      if (match && (!best || match.index < best.match.index)) best = { match, draw };
    }
    if (!best) break;
    nodes.push(literal(rest.slice(0, best.match.index)), best.draw(best.match));
    rest = rest.slice(best.match.index + best.match[0].length);
  }
  nodes.push(literal(rest));
  return nodes;
}

function literal(text) {
  return withEmoji(
    text
      .replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name])
      .replace(/\\([\\`*_~[\]()#|<>-])/g, "$1"),
  );
}
