// The prompts an app suggests in its direct messages: a press sends one, as if it was typed.

import { act } from "./api.js";
import { fill, h } from "./dom.js";
import { toast } from "./toast.js";

export class Prompts {
  #store;
  #shown = null;

  constructor(store) {
    this.#store = store;
    this.node = h("ul", { class: "prompts", "aria-label": "Suggested prompts", hidden: true });
  }

  /** Show the prompts of a channel, if it has any; the same ones stay as they are, and keep the focus. */
  show(channel) {
    const prompts = this.#store.prompts(channel.id);
    this.node.hidden = prompts.length === 0;
    if (prompts === this.#shown) return;
    this.#shown = prompts;
    fill(
      this.node,
      prompts.map(({ title, message }) => h("li", {}, this.#button(channel.id, title, message))),
    );
  }

  #button(channel, title, message) {
    const onclick = () => act("say", { channel, text: message }).catch((error) => toast(error.message, "error"));
    return h("button", { type: "button", class: "prompt", title: message, dir: "auto", onclick }, title);
  }
}
