// The page: joins the store, the parts and the server, and keeps the address in step.

import { act, listen, readState } from "./api.js";
import { Conversation } from "./conversation.js";
import { Modals } from "./modal.js";
import { openMenu } from "./menu.js";
import { sidebar } from "./sidebar.js";
import { environment, isReply, Store } from "./state.js";
import { Surfaces } from "./surfaces.js";
import { startTheme } from "./theme.js";
import { Thread } from "./thread.js";
import { announce, toast } from "./toast.js";

/** From this width on, a thread has room beside its channel. */
const WIDE = "(min-width: 1100px)";
const NARROW = "(max-width: 760px)";

function start() {
  const asked = new URLSearchParams(location.search);
  startTheme(asked.get("theme"));
  const store = new Store();
  const env = environment(store);
  const surfaces = new Surfaces(env);
  const byId = (id) => document.getElementById(id);
  const drawer = drawerOf(byId);
  const parts = {
    surfaces,
    env,
    onthread: (message, write) => thread.open(message, write),
    onmenu: messageMenu(store),
    onmenuopen: drawer.open,
  };
  new Conversation(store, byId("main"), parts);
  const thread = new Thread(store, byId("thread"), parts);
  new Modals(store, surfaces);
  sidebar(store, byId("sidebar"), drawer.close);
  keepAddress(store);
  regions(byId);
  store.watch((topic, detail) => hear(store, topic, detail));
  store.watch(() => coverMain(store, byId));
  matchMedia(NARROW).addEventListener("change", () => coverMain(store, byId));
  connect(store, asked);
}

/** Read the snapshot whenever the line to the server opens; pushes that come meanwhile are taken in after it. */
function connect(store, asked) {
  let waiting = null;
  let again = false;
  let first = true;
  const refresh = async () => {
    again = waiting !== null;
    if (again) return;
    waiting = [];
    try {
      store.replace(await readState());
      if (first) store.go(asked.get("channel") ?? store.place.channel, asked.get("thread"));
      first = false;
      document.documentElement.dataset.ready = "true";
    } catch (error) {
      toast(error.message, "error");
    }
    const pushes = waiting;
    waiting = null;
    pushes.forEach((push) => store.apply(push));
    if (again) refresh();
  };
  listen(
    (push) => {
      if (push.type === "state") refresh();
      else if (waiting) waiting.push(push);
      else store.apply(push);
    },
    (online) => {
      store.online = online;
      store.tell("link");
      if (online) refresh();
    },
  );
}

/** Say new messages and notices to screen readers; open the thread of an answer to me where there is room. */
function hear(store, topic, detail) {
  if (topic === "notice") {
    if (detail.channel) announce(detail.text);
    else toast(detail.text, detail.level);
  }
  if (topic === "status" && detail.text) announce(`${store.snapshot.app.name} ${detail.text}`);
  if (topic === "messages" && detail.fresh && detail.message.user !== store.snapshot.me) {
    announce(spoken(store, detail.message));
    openAnswer(store, detail.message);
  }
}

/** A new message as it is said: who, for whom, where if not here, what. */
function spoken(store, message) {
  const place = store.channel(message.channel);
  const who = store.user(message.user)?.name ?? "Message";
  const privately = message.ephemeral ? ", only visible to you" : "";
  const elsewhere = place && place.id !== store.place.channel ? `, in ${place.name}` : "";
  return `${who}${privately}${elsewhere}: ${message.text ?? ""}`;
}

/** The first answer of the app to what I said opens its thread, if nothing else is open and there is room. */
function openAnswer(store, message) {
  const { channel, thread } = store.place;
  if (!message.is_bot || !isReply(message) || message.channel !== channel || thread) return;
  const root = store.message(channel, message.thread_ts);
  const isFirst = store.replies(channel, message.thread_ts).length === 1;
  if (root?.user === store.snapshot.me && isFirst && matchMedia(WIDE).matches) store.go(channel, root.ts);
}

/** The menu of a message: its shortcuts. */
function messageMenu(store) {
  return (button, message) =>
    openMenu(
      button,
      "Message actions",
      store.snapshot.shortcuts
        .filter(({ type }) => type === "message")
        .map((shortcut) => ({
          text: shortcut.name,
          note: shortcut.description,
          onselect: () =>
            act("shortcut", {
              callback_id: shortcut.callback_id,
              message: { channel: message.channel, ts: message.ts },
            }).catch((error) => toast(error.message, "error")),
        })),
    );
}

/** On a narrow window the sidebar is a drawer. */
function drawerOf(byId) {
  const app = byId("app");
  const scrim = byId("scrim");
  const close = () => {
    const was = app.classList.contains("drawer");
    app.classList.remove("drawer");
    scrim.hidden = true;
    byId("main").inert = false;
    if (was) byId("main").querySelector(".open-menu")?.focus();
  };
  const open = () => {
    app.classList.add("drawer");
    scrim.hidden = false;
    byId("main").inert = true;
    byId("sidebar").querySelector("[aria-current], button")?.focus();
  };
  scrim.addEventListener("click", close);
  byId("sidebar").addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return { open, close };
}

/** What lies under a thread that fills a narrow window cannot be reached. */
function coverMain(store, byId) {
  if (!byId("app").classList.contains("drawer"))
    byId("main").inert = Boolean(store.place.thread) && matchMedia(NARROW).matches;
}

/** The address names the channel and the thread, so that a place can be linked and Back works. */
function keepAddress(store) {
  store.watch((topic) => {
    if (topic !== "place") return;
    const url = new URL(location.href);
    const { channel, thread } = store.place;
    url.searchParams.set("channel", channel);
    if (thread) url.searchParams.set("thread", thread);
    else url.searchParams.delete("thread");
    if (url.href !== location.href) history.pushState(null, "", url);
  });
  addEventListener("popstate", () => {
    const asked = new URLSearchParams(location.search);
    store.go(asked.get("channel") ?? store.place.channel, asked.get("thread"));
  });
}

/** F6 and Shift+F6 go from region to region. */
function regions(byId) {
  addEventListener("keydown", (event) => {
    if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const stops = [
      byId("sidebar"),
      byId("main").querySelector(".timeline:not([hidden]), .home:not([hidden])"),
      byId("composer"),
      byId("thread").hidden ? null : byId("thread").querySelector("textarea"),
    ].filter((node) => node?.checkVisibility({ visibilityProperty: true }));
    const at = stops.findIndex((node) => node.contains(document.activeElement));
    const next = stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length];
    (next.matches("textarea") ? next : (next.querySelector("[tabindex='0'], [aria-current], button") ?? next)).focus();
  });
}

start();
