// The message box: Enter sends, Shift+Enter breaks the line, "/" and "@" complete.

import { act } from "./api.js";
import { complete, isCommand } from "./completion.js";
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { Suggestions } from "./suggestions.js";
import { toast } from "./toast.js";

const TALLEST = 220;

export class Composer {
  #store;
  #thread;
  #drafts = new Map();
  #here = null;
  #suggestions;

  /** `thread` tells whether this box writes into the open thread. */
  constructor(store, { thread = false, id }) {
    this.#store = store;
    this.#thread = thread;
    this.refusal = h("p", { class: "composer-refusal", role: "alert", id: uid("refusal"), hidden: true });
    this.box = this.#textarea(id);
    this.send = h("button", { type: "submit", class: "button primary send", "aria-label": "Send" }, icon("send"));
    const keys = h("span", { class: "composer-keys", id: `${id}-keys` }, [
      [h("kbd", {}, "Enter"), " sends, "],
      [h("kbd", {}, "Shift+Enter"), " breaks the line"],
    ]);
    const bar = h("div", { class: "composer-bar" }, thread ? null : this.#shortcuts(), keys, this.send);
    const frame = h("div", { class: "composer-frame" }, this.box, bar);
    const onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.node = h(
      "form",
      { class: "composer", "aria-label": thread ? "Reply" : "New message", onsubmit },
      this.refusal,
      frame,
    );
    this.#suggestions = new Suggestions(
      this.box,
      frame,
      (...typed) => this.#lookup(...typed),
      ({ shortcut }) => {
        this.#typed();
        if (shortcut) choose(shortcut);
      },
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
    if (this.shortcuts) this.shortcuts.hidden = !this.#store.snapshot.shortcuts.some(isGlobal);
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

  #textarea(id) {
    return h("textarea", {
      id,
      class: "composer-box",
      rows: 1,
      dir: "auto",
      "aria-describedby": `${this.refusal.id} ${id}-keys`,
      onkeydown: (event) => this.#key(event),
      oninput: () => this.#typed(),
      onclick: () => this.#suggestions.update(),
      onblur: () => this.#suggestions.close(),
    });
  }

  #shortcuts() {
    const items = () =>
      this.#store.snapshot.shortcuts
        .filter(isGlobal)
        .map(({ name, description, callback_id }) => ({
          text: name,
          note: description,
          onselect: () => choose(callback_id),
        }));
    this.shortcuts = h(
      "button",
      {
        type: "button",
        class: "icon-only",
        title: "Shortcuts",
        "aria-label": "Shortcuts",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        onclick: () => openMenu(this.shortcuts, "Shortcuts", items()),
      },
      icon("bolt"),
    );
    return this.shortcuts;
  }

  async #submit() {
    const text = this.box.value.trimEnd();
    const { channel, thread } = this.#store.place;
    if (!text.trim()) return;
    if (this.#thread && isCommand(text)) {
      this.#refuse(noCommandsHere(text.split(/\s/)[0], this.#store.snapshot.app.name));
      return;
    }
    this.write("");
    this.#suggestions.close();
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

  #lookup(text, caret) {
    const { commands, shortcuts, users, me } = this.#store.snapshot;
    const others = Object.values(users).filter(({ id }) => id !== me);
    return complete(text, caret, { commands, shortcuts: shortcuts.filter(isGlobal), users: others }, this.#thread);
  }

  #typed() {
    this.#fit();
    this.#refuse(null);
    this.#suggestions.update();
  }

  #fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
    this.send.disabled = !this.box.value.trim();
  }

  #key(event) {
    if (event.isComposing || this.#suggestions.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  }
}

function choose(callbackId) {
  act("shortcut", { callback_id: callbackId }).catch((error) => toast(error.message, "error"));
}

function isGlobal({ type }) {
  return type === "global";
}

function noCommandsHere(command, appName) {
  return `Slash commands do not work in threads. Send ${command} in the channel, or mention @${appName} here.`;
}
