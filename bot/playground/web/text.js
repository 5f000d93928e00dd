// A Block Kit text object -> nodes.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The words of a text object as a string, for labels, titles and buttons; "" when there is none. */
export function words(object) {
  if (typeof object === "string") return withEmoji(object);
  return typeof object?.text === "string" ? withEmoji(object.text) : "";
}

/** Nodes of a `plain_text` or `mrkdwn` object (or a bare string). */
export function textNodes(object, env) {
  if (typeof object?.text === "string" && object.type === "mrkdwn") return mrkdwn(object.text, env);
  return words(object)
    .split("\n")
    .map((line) => h("div", { class: line ? "line" : "line blank", dir: "auto" }, line));
}
