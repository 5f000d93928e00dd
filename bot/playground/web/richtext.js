// rich_text: literal runs with styles; nothing in them is read as markup.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { expandDate } from "./dates.js";
import { link } from "./links.js";
import { mention } from "./mrkdwn.js";

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

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

function placeList(element, env, nodes, stack) {
  const indent = Math.min(Math.max(element.indent ?? 0, 0), 8);
  const tag = element.style === "ordered" ? "ol" : "ul";
  const items = (element.elements ?? []).map((item) => h("li", { dir: "auto" }, (item.elements ?? []).map((run) => inlineRun(run, env))));
  while (stack.length && stack.at(-1).indent > indent) stack.pop();
  const top = stack.at(-1);
  if (top?.indent === indent && top.list.localName === tag) {
    top.list.append(...items);
    return;
  }
  if (top?.indent === indent) stack.pop();
  const list = h(tag, { class: `rich-list level-${indent % 3}`, start: tag === "ol" && element.offset ? element.offset + 1 : null }, items);
  const parent = stack.at(-1)?.list.lastElementChild;
  if (parent) parent.append(list);
  else nodes.push(list);
  stack.push({ indent, list });
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
