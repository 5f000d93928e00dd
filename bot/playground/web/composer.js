// The message box: Enter sends, Shift+Enter breaks the line, "/" and "@" complete.

import { act } from "./api.js";
import { complete, isCommand } from "./completion.js";
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu, showPopup } from "./popups.js";
import { announce, toast } from "./toast.js";

const TALLEST = 220;

export class Composer {
  #store;
  #thread;
  #drafts = new Map();
  #here = null;
  #open = null;
  #found = null;
  #active = -1;

  /** `thread` tells whether this box writes into the open thread. */
  constructor(store, { thread = false, id = uid("composer") } = {}) {
    this.#store = store;
    this.#thread = thread;
    this.list = h("div", { class: "popup completions", role: "listbox", id: uid("completions"), "aria-label": "Suggestions" });
    this.refusal = h("p", { class: "composer-refusal", role: "alert", id: uid("refusal"), hidden: true });
    this.box = h("textarea", {
      id, class: "composer-box", rows: 1, dir: "auto", "aria-autocomplete": "list", "aria-controls": null, "aria-describedby": `${this.refusal.id} ${id}-keys`,
      onkeydown: (event) => this.#key(event), oninput: () => this.#typed(), onclick: () => this.#suggest(), onblur: () => this.#close(),
    });
    this.send = h("button", { type: "submit", class: "button primary send", "aria-label": "Send" }, icon("send"));
    this.node = h(
      "form",
      { class: "composer", "aria-label": thread ? "Reply" : "New message", onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      this.refusal,
      h("div", { class: "composer-frame" }, this.box, h("div", { class: "composer-bar" }, thread ? null : this.#shortcuts(), h("span", { class: "composer-keys", id: `${id}-keys` }, h("kbd", {}, "Enter"), " sends, ", h("kbd", {}, "Shift+Enter"), " breaks the line"), this.send)),
    );
  }

  /** Point the box at where the reader is now, with the draft left there. */
  aim(channel, label) {
    const { thread } = this.#store.place;
    const key = `${channel.id} ${this.#thread ? thread : ""}`;
    if (this.#here) this.#drafts.set(this.#here, this.box.value);
    if (this.#here !== key) {
      this.box.value = this.#drafts.get(key) ?? "";
      this.#refuse(null);
    }
    this.#here = key;
    this.box.placeholder = label;
    this.box.setAttribute("aria-label", label);
    this.#fit();
  }

  /** Put a text in the box and go there. */
  write(text) {
    this.box.value = text;
    this.box.focus();
    this.#fit();
    this.#refuse(null);
  }

  #shortcuts() {
    const button = h("button", {
      type: "button", class: "icon-only", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => openMenu(button, "Shortcuts", this.#store.snapshot.shortcuts.filter(({ type }) => type === "global").map((shortcut) => ({
        text: shortcut.name, note: shortcut.description,
        onselect: () => act("shortcut", { callback_id: shortcut.callback_id }).catch((error) => toast(error.message, "error")),
      }))),
    }, icon("bolt"));
    return button;
  }

  async #submit() {
    const text = this.box.value.trimEnd();
    const { channel, thread } = this.#store.place;
    if (!text.trim()) return;
    if (this.#thread && isCommand(text)) {
      const name = this.#store.snapshot.app.name;
      this.#refuse(`Slash commands do not work in threads. Send ${text.split(/\s/)[0]} in the channel, or mention @${name} here.`);
      return;
    }
    this.write("");
    this.#close();
    try {
      if (isCommand(text)) await act("command", { channel, text });
      else await act("say", { channel, text, ...(this.#thread ? { thread_ts: thread } : {}) });
    } catch (error) {
      if (!this.box.value) this.write(text);
      toast(error.message, "error");
    }
  }

  #refuse(text) {
    this.refusal.hidden = !text;
    fill(this.refusal, text ? [icon("info"), h("span", {}, text)] : null);
  }

  #typed() {
    this.#fit();
    this.#refuse(null);
    this.#suggest();
  }

  #fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
    this.send.disabled = !this.box.value.trim();
  }

  #suggest() {
    const { commands, users } = this.#store.snapshot;
    const others = Object.values(users).filter(({ id }) => id !== this.#store.snapshot.me);
    const found = complete(this.box.value, this.box.selectionStart, { commands, users: others }, this.#thread);
    if (!found) return this.#close();
    const changed = found.items.length !== this.#found?.items.length;
    this.#found = found;
    fill(this.list, found.items.map((item, i) => this.#option(item, i)));
    this.#open ??= showPopup(this.list, this.node.querySelector(".composer-frame"), { matchWidth: true });
    this.box.setAttribute("aria-controls", this.list.id);
    dispatchEvent(new Event("resize"));
    this.#activate(found.eager ? 0 : -1);
    if (changed) announce(found.items.length === 1 ? "1 suggestion" : `${found.items.length} suggestions`);
    return undefined;
  }

  #option(item, i) {
    const node = h("div", { class: "listbox-option", role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false", onclick: () => this.#take(i) },
      h("span", { class: "menu-text", dir: "auto" }, item.label, item.hint ? h("span", { class: "usage" }, ` ${item.hint}`) : null),
      item.note ? h("span", { class: "menu-note", dir: "auto" }, item.note) : null);
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    return node;
  }

  #activate(at) {
    this.#active = at;
    [...this.list.children].forEach((node, i) => {
      node.classList.toggle("active", i === at);
      node.setAttribute("aria-selected", String(i === at));
    });
    if (at >= 0) this.box.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
    else this.box.removeAttribute("aria-activedescendant");
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  #take(at) {
    const { from, items } = this.#found;
    const caret = this.box.selectionStart;
    this.box.setRangeText(items[at].insert, from, caret, "end");
    this.box.focus();
    this.#close();
    this.#typed();
  }

  #close() {
    this.#open?.();
    this.#open = null;
    this.#found = null;
    this.#active = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.box.removeAttribute("aria-controls");
  }

  #key(event) {
    if (event.isComposing) return;
    const count = this.#found?.items.length ?? 0;
    const choose = () => { event.preventDefault(); this.#take(this.#active); };
    if (this.#active >= 0 && !event.shiftKey && (event.key === "Tab" || event.key === "Enter")) choose();
    else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.#activate(event.key === "ArrowDown" ? (this.#active + 1) % count : (Math.max(this.#active, 0) + count - 1) % count);
    } else if (count && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    }
  }
}
