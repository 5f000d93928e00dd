// rich_text: literal runs with styles; nothing in them is read as markup.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { expandDate } from "./dates.js";
import { link } from "./links.js";
import { mention } from "./mrkdwn.js";

const STYLES = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
];

/** Nodes of a rich_text block's elements. Lists that follow one another nest by their indent. */
export function richText(elements, env) {
  const nodes = [];
  const stack = [];
  for (const element of elements ?? []) {
    if (element.type === "rich_text_list") placeList(element, env, nodes, stack);
    else {
      stack.length = 0;
      nodes.push(part(element, env));
    }
  }
  return nodes;
}

function part(element, env) {
  const runs = (element.elements ?? []).map((run) => inlineRun(run, env));
  if (element.type === "rich_text_section") return h("div", { class: "rich-section", dir: "auto" }, runs);
  if (element.type === "rich_text_quote") return h("blockquote", { class: "rich-quote", dir: "auto" }, runs);
  if (element.type === "rich_text_preformatted") return h("pre", { class: "code", dir: "auto" }, runs);
  return h("div", { class: "cannot-draw" }, `The playground cannot draw this text: ${element.type}`);
}

/** Put a list under the last item of the one it is indented from; continue one of its own kind and depth. */
function placeList({ style, indent = 0, offset = 0, elements = [] }, env, nodes, stack) {
  const tag = style === "ordered" ? "ol" : "ul";
  const items = elements.map((item) => listItem(item, env));
  const same = openList(stack, indent, tag);
  if (same) {
    same.append(...items);
    return;
  }
  const parent = stack.at(-1)?.list.lastElementChild;
  const list = h(tag, { class: `rich-list level-${indent % 3}`, start: offset ? offset + 1 : null }, items);
  stack.push({ indent, list });
  if (parent) parent.append(list);
  else nodes.push(list);
}

/** The list of this kind that is open at this depth; what is deeper, or of the other kind, is closed. */
function openList(stack, indent, tag) {
  const isOpen = (top) => top.indent < indent || (top.indent === indent && top.list.localName === tag);
  while (stack.length && !isOpen(stack.at(-1))) stack.pop();
  return stack.at(-1)?.indent === indent ? stack.at(-1).list : null;
}

function listItem(item, env) {
  return h(
    "li",
    { dir: "auto" },
    (item.elements ?? []).map((run) => inlineRun(run, env)),
  );
}

const RUNS = {
  text: (run) => run.text ?? "",
  link: (run) => link(run.url ?? "", run.text || run.url || ""),
  emoji: (run) => h("span", { class: "emoji" }, emoji(run.name ?? "") ?? `:${run.name}:`),
  user: (run, env) => mention(`@${env.userName(run.user_id) ?? run.user_id}`, env.isMe(run.user_id)),
  channel: (run, env) => mention(`#${env.channelName(run.channel_id) ?? run.channel_id}`),
  usergroup: (run) => mention(`@${run.usergroup_id}`),
  broadcast: (run) => mention(`@${run.range}`, true),
  date: (run) => h("time", {}, expandDate(String(run.timestamp), run.format ?? "{date}") ?? run.fallback ?? ""),
  color: (run) => h("code", {}, run.value ?? ""),
};

function inlineRun(run, env) {
  const draw = RUNS[run.type];
  let node = draw ? draw(run, env) : h("span", { class: "cannot-draw inline" }, `[${run.type}]`);
  for (const [style, tag] of STYLES) if (run.style?.[style]) node = h(tag, {}, node);
  return node;
}
