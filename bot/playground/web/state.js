// What the page knows: the server's snapshot, kept up to date by pushes, and where the reader is.

const EMPTY = {
  team: { name: "" },
  me: "",
  app: { name: "Iraq Desk", bot_user_id: "", connected: false },
  users: {},
  channels: [],
  commands: [],
  shortcuts: [],
  messages: {},
  prompts: {},
  statuses: [],
  home: null,
  views: [],
};

const NONE = [];

/**
 * The store. Listeners hear a topic: "all", "messages", "prompts", "status", "views", "home", "link", "place" or
 * "errors", with a detail.
 */
export class Store {
  #listeners = [];
  snapshot = EMPTY;
  /** Where the reader is: a channel id or "home", and the open thread's root. */
  place = { channel: null, thread: null };
  /** Messages by channel that came while the reader was elsewhere. */
  unread = new Map();
  /** Notices by channel: shown to the reader only, kept by this page alone. */
  notices = new Map();
  /** Whether the page hears the server. */
  online = false;

  /** Call `f(topic, detail)` after each change. */
  watch(f) {
    this.#listeners.push(f);
  }

  tell(topic, detail = {}) {
    for (const f of this.#listeners) f(topic, detail);
  }

  replace(snapshot) {
    this.snapshot = { ...EMPTY, ...snapshot };
    if (this.place.channel !== "home" && !this.channel(this.place.channel))
      this.place = { channel: this.#firstPlace(), thread: null };
    this.tell("all");
  }

  /** Where a reader who asked for no place begins: a channel the app is in. */
  #firstPlace() {
    const channels = this.snapshot.channels.filter(({ kind }) => kind === "channel");
    return (channels.find((channel) => channel.bot_is_member) ?? channels[0] ?? this.dm())?.id ?? "home";
  }

  /** Take in a push of the server. The types are those of its contract; an unknown one is left alone. */
  apply(push) {
    const take = {
      message: () => this.#put(push.message, true),
      message_changed: () => this.#put(push.message, false),
      message_deleted: () => this.#drop(push),
      prompts: () => this.#set("prompts", { ...this.snapshot.prompts, [push.channel]: push.prompts }, "prompts"),
      status: () => this.#status(push),
      views: () => this.#set("views", push.views, "views"),
      home: () => this.#set("home", push.home, "home"),
      connected: () => this.#set("app", { ...this.snapshot.app, connected: push.connected }, "link"),
      notice: () => this.#notice(push),
      view_errors: () => this.tell("errors", push),
    }[push.type];
    take?.();
  }

  #set(field, value, topic) {
    this.snapshot = { ...this.snapshot, [field]: value };
    this.tell(topic);
  }

  #put(message, fresh) {
    const list = (this.snapshot.messages[message.channel] ??= []);
    const at = list.findIndex(({ ts }) => ts === message.ts);
    const isNew = at < 0 && fresh;
    if (at >= 0) list[at] = message;
    else {
      list.push(message);
      list.sort((a, b) => compareTs(a.ts, b.ts));
    }
    if (isNew && this.place.channel !== message.channel && message.user !== this.snapshot.me)
      this.unread.set(message.channel, (this.unread.get(message.channel) ?? 0) + 1);
    this.tell("messages", { message, fresh: isNew });
  }

  #drop({ channel, ts }) {
    this.snapshot.messages[channel] = (this.snapshot.messages[channel] ?? []).filter((message) => message.ts !== ts);
    this.tell("messages", { channel });
  }

  #status({ channel, thread_ts, text }) {
    const others = this.snapshot.statuses.filter((one) => one.channel !== channel || one.thread_ts !== thread_ts);
    this.snapshot.statuses = text ? [...others, { channel, thread_ts, text }] : others;
    this.tell("status", { channel, thread_ts, text });
  }

  #notice({ channel, text, level }) {
    if (channel) {
      const ts = String(Date.now() / 1000);
      this.notices.set(channel, [...(this.notices.get(channel) ?? []), { ts, text, level, notice: true }]);
    }
    this.tell("notice", { channel, text, level });
  }

  /** Go to a channel (an id, "home" or "dm") and maybe a thread. */
  go(channel, thread = null) {
    const id = channel === "dm" ? this.dm()?.id : channel;
    if (id !== "home" && !this.channel(id)) return;
    this.place = { channel: id, thread };
    this.unread.delete(id);
    this.tell("place");
  }

  channel(id) {
    return this.snapshot.channels.find((channel) => channel.id === id) ?? null;
  }

  /** The direct message with the bot. */
  dm() {
    return this.snapshot.channels.find(({ kind }) => kind === "im") ?? null;
  }

  user(id) {
    return this.snapshot.users[id] ?? null;
  }

  message(channel, ts) {
    return (this.snapshot.messages[channel] ?? []).find((message) => message.ts === ts) ?? null;
  }

  /** Messages that stand in the channel itself, with the notices, oldest first. */
  roots(channel) {
    const messages = (this.snapshot.messages[channel] ?? []).filter((message) => !isReply(message));
    return [...messages, ...(this.notices.get(channel) ?? [])].sort((a, b) => compareTs(a.ts, b.ts));
  }

  /** The prompts the app suggests in a channel. */
  prompts(channel) {
    return this.snapshot.prompts[channel] ?? NONE;
  }

  /** What the app says it is doing in a thread: "is searching…", or "". */
  status(channel, thread) {
    return this.snapshot.statuses.find((one) => one.channel === channel && one.thread_ts === thread)?.text ?? "";
  }

  replies(channel, thread) {
    return (this.snapshot.messages[channel] ?? []).filter(
      (message) => isReply(message) && message.thread_ts === thread,
    );
  }
}

export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

function compareTs(a, b) {
  return Number.parseFloat(a) - Number.parseFloat(b) || (a < b ? -1 : Number(a > b));
}

/** What the drawing of blocks may ask about the workspace. */
export function environment(store) {
  return {
    userName: (id) => store.user(id)?.name ?? null,
    channelName: (id) => store.channel(id)?.name ?? null,
    isMe: (id) => id === store.snapshot.me,
    users: () => Object.values(store.snapshot.users),
    channels: () => store.snapshot.channels,
    currentChannel: () => (store.place.channel === "home" ? null : store.place.channel),
  };
}
