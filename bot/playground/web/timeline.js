// A list of messages that changes only where something changed, keeps the focus and knows where to scroll.

import { fill, h } from "./dom.js";
import { dateOf, dayName } from "./dates.js";
import { icon, mark } from "./icons.js";
import { moveFocus } from "./menu.js";
import { drawMessage, drawNotice } from "./message.js";

/** Messages of one person within this many seconds stand under one name. */
const TOGETHER = 300;
const NEAR = 80;

export class Timeline {
  #rows = new Map();
  #context;
  #atEnd = true;
  #size = "";
  /** Messages below the window that the reader has not come to. */
  #newer = [];

  /** context: { store, surfaces, env, onthread, onmenu, inThread, label }. */
  constructor(context) {
    this.#context = context;
    this.list = h("ol", { class: "messages", "aria-label": context.label });
    this.pill = h("button", { type: "button", class: "button primary newer", onclick: () => this.#toNewer() });
    const dock = h("div", { class: "newer-dock", hidden: true }, this.pill);
    this.node = h("div", { class: "timeline" }, this.list, dock);
    this.node.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#resized()).observe(this.node);
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("focusin", (event) => this.#rove(event.target.closest("article")));
  }

  /** Forget all rows: another channel or thread is coming. */
  clear() {
    this.#rows.clear();
    fill(this.list);
    this.#tellNewer([]);
  }

  /**
   * Show these messages. `empty` is a node for when there are none; `divider` = { after, text } follows one of them.
   * Scrolls to the end with `toEnd`, or to what is new if the reader was at the end, as far as the focus stays in sight.
   */
  show(messages, { empty, toEnd, divider }) {
    const follow = toEnd || this.#isAtEnd();
    const before = new Set(this.#rows.keys());
    const focus = this.#focusKey();
    const items = this.#items(messages, divider);
    this.#lay(items);
    this.node.querySelector(".empty")?.remove();
    if (messages.length === 0 && empty) this.node.prepend(empty);
    this.#restore(focus);
    this.#rove(null);
    const fresh = items.filter((item) => item.message && !before.has(item.key));
    if (follow) this.#reveal(fresh[0] && !toEnd ? this.#rows.get(fresh[0].key).node : null);
    else this.#tellNewer([...this.#newer, ...fresh.map(({ key }) => key)]);
    if (fresh.length) this.#keepInSight();
  }

  /** What is new must not push the control that a keyboard is at out of sight. */
  #keepInSight() {
    const active = document.activeElement;
    if (this.list.contains(active) && active.matches(":focus-visible")) active.scrollIntoView({ block: "nearest" });
  }

  #lay(items) {
    const nodes = items.map((item) => this.#row(item));
    const keys = new Set(items.map(({ key }) => key));
    for (const key of [...this.#rows.keys()]) if (!keys.has(key)) this.#rows.delete(key);
    place(this.list, nodes);
  }

  /** A scroll that comes with a change of size is not the reader's doing. */
  #scrolled() {
    if (this.#size === this.#measure()) this.#atEnd = this.#isAtEnd();
    if (this.#atEnd) this.#tellNewer([]);
  }

  /** A thread that opens beside the list, or a growing message box, must not push the end out of sight. */
  #resized() {
    this.#size = this.#measure();
    if (this.#atEnd) this.#reveal(null);
  }

  #tellNewer(keys) {
    this.#newer = keys;
    this.pill.parentElement.hidden = keys.length === 0;
    fill(this.pill, keys.length === 1 ? "1 new message" : `${keys.length} new messages`, icon("down"));
  }

  #toNewer() {
    const node = this.#rows.get(this.#newer[0])?.node;
    this.#tellNewer([]);
    this.#reveal(node ?? null);
    (node ?? this.list.lastElementChild)?.querySelector("article")?.focus({ preventScroll: true });
  }

  #measure() {
    return `${this.node.clientWidth} ${this.node.clientHeight}`;
  }

  #isAtEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  /** The rows: messages, and lines between days. `same` changes when a row of an unchanged message must be redrawn. */
  #items(messages, divider) {
    const { store, inThread } = this.#context;
    const items = [];
    let last = null;
    for (const message of messages) {
      const day = dayName(dateOf(message.ts));
      if (!inThread && (!last || day !== dayName(dateOf(last.ts)))) items.push(line(`day ${day}`, day));
      const replies = message.notice || inThread ? [] : store.replies(message.channel, message.ts);
      const compact = follows(last, message);
      const same = `${compact} ${replies.length} ${replies.at(-1)?.ts}`;
      const build = () => h("li", {}, this.#draw(message, replies, compact));
      items.push({ key: message.ts, message, same, build });
      if (message.ts === divider?.after) items.push(line("divider", divider.text));
      const working = message.notice ? null : this.#working(message, message === messages.at(-1));
      if (working) items.push(working);
      last = message.ts === divider?.after ? null : message; // behind a divider a message has its head again
    }
    return items;
  }

  /** What the app is doing about a message: under it in the channel, at the end in its thread. */
  #working({ channel, ts, thread_ts: root }, isLast) {
    const { store, inThread } = this.#context;
    const text = inThread && !isLast ? "" : store.status(channel, inThread ? root || ts : ts);
    return text ? statusLine(`status ${ts}`, store.snapshot.app.name, text) : null;
  }

  #draw(message, replies, compact) {
    const { store, surfaces, env, inThread, onthread, onmenu } = this.#context;
    return message.notice
      ? drawNotice(message, env)
      : drawMessage(message, { store, surfaces, replies, compact, inThread, onthread, onmenu });
  }

  #row(item) {
    const known = this.#rows.get(item.key);
    if (known && known.message === item.message && known.same === item.same) return known.node;
    const node = item.build();
    this.#rows.set(item.key, { message: item.message, same: item.same, node });
    return node;
  }

  #focusKey() {
    const active = document.activeElement;
    if (!this.list.contains(active)) return null;
    return { ts: active.closest("article")?.dataset.ts, key: active.dataset.key, node: active };
  }

  #restore(focus) {
    if (!focus || focus.node.isConnected) return;
    const article = this.list.querySelector(`article[data-ts="${CSS.escape(focus.ts ?? "")}"]`);
    const same = focus.key && article?.querySelector(`[data-key="${CSS.escape(focus.key)}"]`);
    (same || article || this.list.querySelector("article:last-of-type"))?.focus({ preventScroll: true });
  }

  /** The end of the list; or the head of a new message that is taller than the window. */
  #reveal(node) {
    this.node.scrollTop = node ? Math.max(0, node.offsetTop - 12) : this.node.scrollHeight;
    this.#atEnd = this.#isAtEnd();
  }

  /** Exactly one message is a tab stop: the one last visited, else the last. */
  #rove(article) {
    const articles = [...this.list.querySelectorAll("article")];
    const stop = article ?? articles.find((one) => one.tabIndex === 0) ?? articles.at(-1);
    for (const one of articles) one.tabIndex = one === stop ? 0 : -1;
  }

  #key(event) {
    const article = event.target;
    if (article.localName !== "article") return;
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      event.preventDefault();
      article.querySelector(".menu-button")?.click();
    } else if (event.key === "Enter")
      (article.querySelector(".replies") ?? article.querySelector("[data-key=reply]"))?.click();
    else if (moveFocus([...this.list.querySelectorAll("article")], event.key)) event.preventDefault();
  }
}

function line(key, text) {
  return { key, same: text, build: () => h("li", { class: "day" }, h("span", {}, text)) };
}

function statusLine(key, name, text) {
  const build = () =>
    h(
      "li",
      { class: "working" },
      h("span", { class: "working-mark", "aria-hidden": "true" }, mark()),
      h("p", { class: "working-text" }, h("bdi", {}, name), ` ${text}`),
    );
  return { key, same: text, build };
}

/** Whether a message stands under the name of the one before it. */
function follows(last, message) {
  if (!last || last.notice || message.notice || message.is_bot || last.ephemeral || message.ephemeral) return false;
  return (
    last.user === message.user &&
    dateOf(message.ts) - dateOf(last.ts) < TOGETHER * 1000 &&
    dayName(dateOf(last.ts)) === dayName(dateOf(message.ts))
  );
}

/** Make a list hold exactly these nodes in this order, moving as few as possible. */
function place(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (list.children[i] !== node) list.insertBefore(node, list.children[i] ?? null);
  });
}
