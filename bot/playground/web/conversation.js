// The middle of the page: a channel, the direct message or the app's home, with its header and message box.

import { act } from "./api.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { firstRun } from "./firstrun.js";
import { Home } from "./home.js";
import { icon } from "./icons.js";
import { Prompts } from "./prompts.js";
import { channelIcon, showStatus } from "./sidebar.js";
import { Timeline } from "./timeline.js";
import { toast } from "./toast.js";

export class Conversation {
  #store;
  #shown = null;
  #toEnd = false;

  /** parts: { surfaces, env, onthread, onmenu, onmenuopen }. */
  constructor(store, root, parts) {
    this.#store = store;
    this.header = h("header", { class: "top" });
    this.timeline = new Timeline({ store, label: "Messages", inThread: false, ...parts });
    this.home = new Home(parts.surfaces);
    this.prompts = new Prompts(store);
    this.composer = new Composer(store, { id: "composer" });
    this.onmenuopen = parts.onmenuopen;
    fill(
      root,
      this.header,
      h("h2", { class: "unseen" }, "Messages and home"),
      this.timeline.node,
      this.home.node,
      this.prompts.node,
      this.composer.node,
    );
    store.watch((topic, detail) => {
      if (topic === "messages" && detail.fresh && detail.message.user === store.snapshot.me) this.#toEnd = true;
      if (topic !== "errors" && topic !== "views") this.draw();
    });
  }

  draw() {
    const { place, snapshot } = this.#store;
    const atHome = place.channel === "home";
    const channel = this.#store.channel(place.channel);
    if (!atHome && !channel) return;
    const moved = this.#shown !== place.channel;
    this.#shown = place.channel;
    this.#head(channel);
    this.home.node.hidden = !atHome;
    this.timeline.node.hidden = atHome;
    this.composer.node.hidden = atHome;
    if (atHome) this.prompts.node.hidden = true;
    if (atHome) this.home.show(snapshot.home);
    else this.#messages(channel, moved);
    if (moved) this.#arrived(atHome, channel);
  }

  #messages(channel, moved) {
    if (moved) this.timeline.clear();
    this.prompts.show(channel);
    const hasPrompts = !this.prompts.node.hidden;
    const empty = firstRun(channel, this.#store.snapshot.app.name, hasPrompts, (text) => this.composer.write(text));
    this.timeline.show(this.#store.roots(channel.id), { empty, toEnd: moved || this.#toEnd });
    this.#toEnd = false;
    this.composer.aim(channel, channel.kind === "im" ? `Message ${channel.name}` : `Message #${channel.name}`);
  }

  /** Slack tells the app when its home or its messages are opened; so do we. */
  #arrived(atHome, channel) {
    if (!atHome && channel.kind !== "im") return;
    const told = atHome ? act("open_home") : act("open_messages", { channel: channel.id });
    told.catch((error) => toast(error.message, "error"));
  }

  #head(channel) {
    const { app } = this.#store.snapshot;
    const isApp = !channel || channel.kind === "im";
    const focused = this.header.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    document.title = `${channel && channel.kind !== "im" ? `#${channel.name}` : app.name} · Iraq Desk playground`;
    fill(
      this.header,
      h(
        "button",
        {
          type: "button",
          class: "icon-only open-menu",
          "aria-label": "Show channels",
          "data-key": "menu",
          onclick: () => this.onmenuopen(),
        },
        icon("menu"),
      ),
      h(
        "div",
        { class: "top-title" },
        h(
          "h1",
          { dir: "auto" },
          isApp ? app.name : [h("span", { class: "hash", "aria-hidden": "true" }, icon(channelIcon(channel))), channel.name],
        ),
        isApp ? h("span", { class: "badge" }, "App") : null,
        channel?.is_ext_shared ? sharedNote() : null,
      ),
      this.#status(),
      isApp ? this.#tabs(channel) : this.#membership(channel),
    );
    if (focused) this.header.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  /** For narrow windows, whose sidebar is out of sight; shown only when something is wrong. */
  #status() {
    const node = h("p", { class: "status" });
    showStatus(this.#store, node);
    return node;
  }

  #tabs(channel) {
    const dm = this.#store.dm();
    const tab = (place, text, here) =>
      h(
        "button",
        {
          type: "button",
          class: "tab",
          "aria-current": here ? "page" : null,
          "data-key": `tab ${text}`,
          onclick: () => this.#store.go(place),
        },
        text,
      );
    return h(
      "nav",
      { class: "tabs", "aria-label": "Tabs of the app" },
      tab("home", "Home", !channel),
      dm ? tab(dm.id, "Messages", Boolean(channel)) : null,
    );
  }

  #membership(channel) {
    const { app } = this.#store.snapshot;
    const member = channel.bot_is_member;
    return h(
      "div",
      { class: "membership" },
      h(
        "span",
        { class: "member-note" },
        member ? `${app.name} is in this channel` : `${app.name} is not in this channel`,
      ),
      h(
        "button",
        {
          type: "button",
          class: "button slim",
          "data-key": "member",
          "aria-label": member ? `Remove ${app.name} from this channel` : `Invite ${app.name} to this channel`,
          onclick: () =>
            act("join", { channel: channel.id, member: !member }).catch((error) => toast(error.message, "error")),
        },
        member ? "Remove" : "Invite",
      ),
    );
  }
}

/** Slack Connect: people of another organisation read along. */
function sharedNote() {
  return h("span", { class: "badge shared" }, icon("shared"), h("span", {}, "Shared with another organisation"));
}
