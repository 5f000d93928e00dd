// Slack's mrkdwn -> nodes. The text is untrusted: a malformed token stays text.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { expandDate } from "./dates.js";
import { link } from "./links.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const BARE_URL = /https?:\/\/[^\s<>|`"]+/y;
const EMOJI = /:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/y;
const QUOTE = /^(?:>|&gt;)(?!(?:>|&gt;){2}) ?/;
const BULLET = /^(\s*)([•◦▪‣]|\d{1,2}[.)])\s+/;

/** Undo the three entities that Slack knows. */
export function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** Nodes of a mrkdwn text; `env` names users and channels. Fenced code first, then lines: quotes, bullets, text. */
export function mrkdwn(text, env) {
  const nodes = [];
  text.split(/```/).forEach((part, i, parts) => {
    const closed = i < parts.length - 1;
    if (i % 2 === 1 && closed)
      nodes.push(h("pre", { class: "code", dir: "auto" }, unescape(part.replace(/^\n|\n$/g, ""))));
    else
      nodes.push(
        ...lines(
          i % 2 === 1 ? "```" + part : part.replace(i > 0 ? /^\n/ : "", "").replace(closed ? /\n$/ : "", ""),
          env,
        ),
      );
  });
  return nodes;
}

function lines(text, env) {
  const nodes = [];
  let quote = null;
  if (text === "") return nodes;
  for (const line of text.split("\n")) {
    const quoted = QUOTE.exec(line);
    if (quoted) {
      if (!quote) nodes.push((quote = h("blockquote", {})));
      quote.append(paragraph(line.slice(quoted[0].length), env));
    } else {
      quote = null;
      nodes.push(paragraph(line, env));
    }
  }
  return nodes;
}

/** One line of text. Each is a paragraph of its own, so that it finds its own direction. */
function paragraph(line, env) {
  if (line.trim() === "") return h("div", { class: "line blank" });
  const bullet = BULLET.exec(line);
  if (!bullet) return h("div", { class: "line", dir: "auto" }, inline(line, env));
  return h(
    "div",
    { class: `line bullet${bullet[1].length > 1 ? " deep" : ""}`, dir: "auto" },
    h("span", { class: "bullet-mark" }, bullet[2]),
    h("span", { class: "bullet-text" }, inline(line.slice(bullet[0].length), env)),
  );
}

/** Nodes of one line. `open` holds the marks we are inside of: a mark does not nest in itself. */
export function inline(text, env, open = "") {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(unescape(plain));
    plain = "";
  };
  for (let i = 0; i < text.length;) {
    const found = atom(text, i, env) ?? emphasis(text, i, env, open);
    if (found) {
      flush();
      nodes.push(found.node);
      i = found.end;
    } else {
      plain += text[i];
      i += 1;
    }
  }
  flush();
  return nodes;
}

/** What starts at `i` and holds no marks: code, a `<...>` token, a bare address, an emoji. */
function atom(text, i, env) {
  const char = text[i];
  if (char === "`") return codeAt(text, i);
  if (char === "<") return tokenAt(text, i, env);
  if (char === "h") return addressAt(text, i);
  if (char === ":") return emojiAt(text, i);
  return null;
}

function codeAt(text, i) {
  const end = text.indexOf("`", i + 1);
  return end > i + 1 ? { node: h("code", {}, unescape(text.slice(i + 1, end))), end: end + 1 } : null;
}

function tokenAt(text, i, env) {
  const end = text.indexOf(">", i);
  const node = end > i + 1 ? token(text.slice(i + 1, end), env) : null;
  return node && { node, end: end + 1 };
}

function addressAt(text, i) {
  if (i > 0 && WORD.test(text[i - 1])) return null;
  BARE_URL.lastIndex = i;
  const match = BARE_URL.exec(text)?.[0].replace(/[.,;:!?'*_~)\]]+$/, "");
  if (!match || match.length < 10) return null;
  return { node: link(unescape(match), unescape(match)), end: i + match.length };
}

function emojiAt(text, i) {
  EMOJI.lastIndex = i;
  const match = EMOJI.exec(text);
  const char = match && emoji(match[1]);
  return char ? { node: h("span", { class: "emoji" }, char), end: EMOJI.lastIndex } : null;
}

/** `*bold*`, `_italic_`, `~strike~`: the marks must hug their text and stand free of letters outside. */
function emphasis(text, i, env, open) {
  const mark = text[i];
  if (!(mark in MARKS) || open.includes(mark) || /^\s?$/.test(text[i + 1] ?? "") || text[i + 1] === mark) return null;
  if (i > 0 && (WORD.test(text[i - 1]) || text[i - 1] === mark)) return null;
  const end = closing(text, i, mark);
  if (end < 0) return null;
  return { node: h(MARKS[mark], {}, inline(text.slice(i + 1, end), env, open + mark)), end: end + 1 };
}

function closing(text, start, mark) {
  for (let i = start + 1; i < text.length; i += 1) {
    const jump = { "`": "`", "<": ">" }[text[i]];
    const far = jump ? text.indexOf(jump, i + 1) : -1;
    if (far > 0) i = far;
    else if (
      text[i] === mark &&
      i > start + 1 &&
      !/\s/.test(text[i - 1]) &&
      !WORD.test(text[i + 1] ?? "") &&
      text[i + 1] !== mark
    )
      return i;
  }
  return -1;
}

/** The kinds of `<...>` token: how each begins, and how it is drawn from target, label and environment. */
const TOKENS = [
  [/^@([A-Z0-9]+)$/, ([, id], label, env) => mention(`@${env.userName(id) ?? label ?? id}`, env.isMe(id))],
  [/^#([A-Z0-9]+)$/, ([, id], label, env) => mention(`#${env.channelName(id) ?? label ?? id}`)],
  [/^!(here|channel|everyone)$/, ([, range]) => mention(`@${range}`, true)],
  [/^!subteam\^/, (_, label) => mention(label ?? "@group")],
  [/^!date\^/, ({ input }, label) => dateToken(input, label)],
  [/^(https?:\/\/|mailto:)/i, ({ input }, label) => link(unescape(input), label || withoutScheme(unescape(input)))],
];

/** What stands between `<` and `>`: a mention, a channel, a date, a link; null when it is none of these. */
function token(body, env) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : unescape(body.slice(bar + 1));
  for (const [pattern, draw] of TOKENS) {
    const match = pattern.exec(target);
    if (match) return draw(match, label, env);
  }
  return null;
}

function withoutScheme(address) {
  return address.replace(/^mailto:/i, "");
}

function dateToken(target, fallback) {
  const [, seconds, pattern = "", address] = target.split("^");
  const text = expandDate(seconds ?? "", unescape(pattern)) ?? fallback ?? target;
  return address ? link(unescape(address), text) : h("time", {}, text);
}

/** A highlighted name. */
export function mention(text, loud = false) {
  return h("bdi", { class: loud ? "mention loud" : "mention" }, text);
}
