// The sidebar: the mark, whether the bot is connected, channels, the direct message, the app, and the theme.

import { fill, h, unseen } from "./dom.js";
import { icon, mark } from "./icons.js";
import { nextTheme, setTheme } from "./theme.js";

/** Keep `root` showing the store's channels. `onchoose` is called after each choice (to close the drawer). */
export function sidebar(store, root, onchoose) {
  // The status stays the same node: screen readers hear of a change, and of nothing else.
  const state = h("p", { class: "status", role: "status" });
  const list = h("div", { class: "places" });
  const end = h("div", { class: "side-foot" });
  fill(root, h("div", { class: "side-head" }, brand(), state), list, end);
  const draw = () => {
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    showStatus(store, state);
    fill(list, places(store, onchoose));
    fill(end, foot(store, draw));
    if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  };
  store.watch((topic) => {
    if (["all", "place", "link", "messages"].includes(topic)) draw();
  });
  draw();
}

function brand() {
  return h(
    "div",
    { class: "brand" },
    mark(),
    h("div", {}, h("p", { class: "brand-name" }, "Iraq Desk"), h("p", { class: "brand-kind" }, "playground")),
  );
}

/** Whether the bot is there: a word and a shape, never the colour alone. */
export function showStatus({ online, snapshot }, node) {
  const [kind, text] = !online
    ? ["off", "Server not reached"]
    : snapshot.app.connected
      ? ["on", "Bot connected"]
      : ["wait", "Bot not connected"];
  if (node.textContent === text) return;
  node.dataset.kind = kind;
  fill(node, h("span", { class: "status-dot", "aria-hidden": "true" }), text);
}

function places(store, onchoose) {
  const { channels } = store.snapshot;
  const row = (place, picture, { name, is_ext_shared: isShared }, unread = 0) => {
    const here = store.place.channel === place;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: `place${unread ? " unread" : ""}`,
          "aria-current": here ? "page" : null,
          "data-key": `place ${place}`,
          onclick: () => {
            store.go(place);
            onchoose();
          },
        },
        picture,
        h("span", { class: "place-name", dir: "auto" }, name),
        isShared ? [icon("shared"), unseen(", shared with another organisation")] : null,
        unread ? h("span", { class: "count" }, unseen("new messages: "), String(unread)) : null,
      ),
    );
  };
  const of = (kind) =>
    channels
      .filter((channel) => channel.kind === kind)
      .map((channel) => row(channel.id, icon(channelIcon(channel)), channel, store.unread.get(channel.id)));
  return [
    group("Channels", of("channel")),
    group("Direct messages", of("im")),
    group("Apps", [row("home", icon("home"), { name: `${store.snapshot.app.name} home` })]),
  ];
}

/** The sign before a channel's name. */
export function channelIcon({ kind, is_private: isPrivate }) {
  if (kind === "im") return "chat";
  return isPrivate ? "lock" : "hash";
}

function group(title, rows) {
  const id = `group-${title.toLowerCase().replace(/\s/g, "-")}`;
  return rows.length
    ? [h("h2", { class: "side-title", id }, title), h("ul", { class: "place-list", "aria-labelledby": id }, rows)]
    : null;
}

function foot(store, redraw) {
  const next = nextTheme();
  const me = store.user(store.snapshot.me);
  return [
    h(
      "p",
      { class: "me" },
      unseen("You are "),
      h("bdi", {}, me?.name ?? ""),
      h("span", { class: "me-note" }, "On this computer only"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-only",
        "aria-label": `Use the ${next} theme`,
        title: `Use the ${next} theme`,
        "data-key": "theme",
        onclick: () => {
          setTheme(next);
          redraw();
        },
      },
      icon(next === "dark" ? "moon" : "sun"),
    ),
  ];
}
