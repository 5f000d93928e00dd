// The side panel of one thread.

import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { Timeline } from "./timeline.js";

export class Thread {
  #store;
  #root;
  #shown = null;
  #opener = null;
  #toEnd = false;

  constructor(store, root, parts) {
    this.#store = store;
    this.#root = root;
    this.title = h("p", { class: "thread-place", dir: "auto" });
    this.timeline = new Timeline({ store, label: "Thread", inThread: true, ...parts, onthread: () => {} });
    this.composer = new Composer(store, { thread: true, id: "thread-composer" });
    fill(
      root,
      h(
        "header",
        { class: "top" },
        h("div", { class: "top-title" }, h("h2", {}, "Thread"), this.title),
        h(
          "button",
          { type: "button", class: "icon-only", "aria-label": "Close the thread", onclick: () => this.close() },
          icon("close"),
        ),
      ),
      this.timeline.node,
      this.composer.node,
    );
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
    store.watch((topic, detail) => {
      if (topic === "messages" && detail.fresh && this.#isMineHere(detail.message)) this.#toEnd = true;
      if (["all", "place", "messages", "status"].includes(topic)) this.draw();
    });
  }

  /** Open a thread; with `write` the focus goes to its message box. */
  open(message, write = false) {
    this.#opener = document.activeElement;
    this.#store.go(message.channel, message.thread_ts || message.ts);
    if (write || matchMedia("(max-width: 760px)").matches) this.composer.box.focus();
  }

  close() {
    const { channel, thread } = this.#store.place;
    if (!thread) return;
    const had = this.#root.contains(document.activeElement);
    this.#store.go(channel);
    if (!had) return;
    if (this.#opener?.isConnected) this.#opener.focus();
    else document.querySelector(`#main article[data-ts="${CSS.escape(thread)}"]`)?.focus();
  }

  #isMineHere({ user, channel, thread_ts: root }) {
    return user === this.#store.snapshot.me && `${channel} ${root}` === this.#shown;
  }

  draw() {
    const { channel: id, thread } = this.#store.place;
    const channel = this.#store.channel(id);
    this.#root.hidden = !thread || !channel;
    document.getElementById("app").classList.toggle("with-thread", !this.#root.hidden);
    if (this.#root.hidden) {
      this.#shown = null;
      return;
    }
    const moved = this.#shown !== `${id} ${thread}`;
    this.#shown = `${id} ${thread}`;
    if (moved) this.timeline.clear();
    const first = this.#store.message(id, thread);
    const replies = this.#store.replies(id, thread);
    const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
    this.title.textContent = channel.kind === "im" ? channel.name : `#${channel.name}`;
    this.timeline.show([first, ...replies].filter(Boolean), {
      toEnd: this.#toEnd,
      divider: replies.length ? { after: thread, text: count } : null,
    });
    this.#toEnd = false;
    this.composer.aim(channel, "Reply in the thread");
  }
}
