// One message: who, when, what, and what can be done with it.

import { classes, h, uid, unseen } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { clock, dateOf, fullDate } from "./dates.js";
import { icon, mark } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * Draw a message as an <article>.
 * place: { store, surfaces, replies, compact, inThread, onthread(message), onmenu(button, message) }.
 */
export function drawMessage(message, place) {
  const { store, compact } = place;
  const user = store.user(message.user);
  const name = user?.name ?? (message.is_bot ? store.snapshot.app.name : message.user);
  const byline = h(
    "header",
    { class: "byline", id: uid("byline") },
    h("span", { class: "author", dir: "auto" }, name),
    message.is_bot ? h("span", { class: "badge" }, "App") : null,
    user?.is_external ? h("span", { class: "badge" }, "External") : null,
    " ",
    time(message),
  );
  return h(
    "article",
    {
      class: classes({ message: true, ephemeral: message.ephemeral, pending: message.pending, compact }),
      tabindex: "-1",
      "aria-labelledby": byline.id,
      "data-ts": message.ts,
    },
    h("div", { class: "message-side" }, compact ? null : avatar(name, look(message.user, message.is_bot, store))),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral ? onlyYou() : null,
      byline,
      h("div", { class: "message-body" }, content(message, place), afterword(message)),
      repliesLine(message, place),
    ),
    toolbar(message, place, name),
  );
}

function onlyYou() {
  return h("p", { class: "only-you" }, icon("eye"), "Only visible to you");
}

function afterword({ edited, pending }) {
  if (pending) return h("p", { class: "edited" }, "Sending…");
  return edited ? h("span", { class: "edited" }, " (edited)") : null;
}

function content(message, { surfaces }) {
  const surface = surfaces.of({ channel: message.channel, ts: message.ts });
  if (message.blocks?.length) return drawBlocks(message.blocks, surface);
  return h("div", { class: "prose" }, mrkdwn(message.text ?? "", surface.env));
}

function time(message) {
  const date = dateOf(message.ts);
  return h("time", { class: "time", datetime: date.toISOString(), title: fullDate(date) }, clock(date));
}

/** Whose picture: the app's own, another app's, or a person's. */
function look(id, isBot, store) {
  if (id === store.snapshot.app.bot_user_id) return "own-app";
  return isBot ? "app" : "person";
}

/** A person's initials in a circle, another app's in a square, or this app's mark. */
function avatar(name, kind) {
  if (kind === "own-app") return h("span", { class: "avatar app-avatar", "aria-hidden": "true" }, mark());
  const initials = name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();
  const tone = [...name].reduce((sum, char) => sum + char.codePointAt(0), 0) % 5;
  return h(
    "span",
    { class: `avatar tone-${tone}${kind === "app" ? " squared" : ""}`, "aria-hidden": "true" },
    initials,
  );
}

function repliesLine(message, { replies, inThread, onthread, store }) {
  if (inThread || replies.length === 0) return null;
  const people = [...new Set(replies.map(({ user }) => user))].slice(0, 3);
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return h(
    "button",
    { type: "button", class: "replies", "data-key": "replies", onclick: () => onthread(message) },
    h(
      "span",
      { class: "reply-people", "aria-hidden": "true" },
      people.map((id) => avatar(store.user(id)?.name ?? id, look(id, store.user(id)?.is_bot, store))),
    ),
    h("span", { class: "reply-count" }, count),
    h("span", { class: "reply-last" }, `Last at ${clock(dateOf(replies.at(-1).ts))}`),
    h("span", { class: "reply-go" }, "View thread"),
  );
}

function toolbar(message, { inThread, onthread, onmenu, store }, name) {
  const about = `message of ${name}`;
  const canReply = !inThread && !message.ephemeral && !message.pending;
  const reply = canReply
    ? h(
        "button",
        {
          type: "button",
          class: "icon-only",
          "aria-label": `Reply in thread to the ${about}`,
          title: "Reply in thread",
          "data-key": "reply",
          onclick: () => onthread(message, true),
        },
        icon("reply"),
      )
    : null;
  const hasMenu = !message.ephemeral && store.snapshot.shortcuts.some(({ type }) => type === "message");
  const more = hasMenu
    ? h(
        "button",
        {
          type: "button",
          class: "icon-only menu-button",
          "aria-label": `More actions for the ${about}`,
          title: "More actions",
          "aria-haspopup": "menu",
          "aria-expanded": "false",
          "data-key": "more",
          onclick: (event) => onmenu(event.currentTarget, message),
        },
        icon("more"),
      )
    : null;
  return reply || more
    ? h("div", { class: "toolbar", role: "group", "aria-label": "Message actions" }, reply, more)
    : null;
}

/** A notice of the workspace, which only the reader sees. */
export function drawNotice({ text, level, ts }, env) {
  const byline = h(
    "header",
    { class: "byline", id: uid("byline") },
    h("span", { class: "author" }, "Playground"),
    " ",
    time({ ts }),
  );
  return h(
    "article",
    { class: `message ephemeral notice ${level}`, tabindex: "-1", "aria-labelledby": byline.id, "data-ts": ts },
    h(
      "div",
      { class: "message-side" },
      h("span", { class: "avatar notice-avatar", "aria-hidden": "true" }, icon(level === "error" ? "alert" : "info")),
    ),
    h(
      "div",
      { class: "message-main" },
      onlyYou(),
      byline,
      h("div", { class: "message-body prose" }, level === "error" ? unseen("Error: ") : null, mrkdwn(text, env)),
    ),
  );
}
