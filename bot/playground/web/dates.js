// Times are read in the reader's own zone and language.

const SHORT_DAY = { month: "short", day: "numeric" };

function format(date, options) {
  return new Intl.DateTimeFormat(undefined, options).format(date);
}

/** The Date of a message's `ts` ("1700000000.000100"). */
export function dateOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** "9:41 AM", as the reader's language writes it. */
export function clock(date) {
  return format(date, { hour: "numeric", minute: "2-digit" });
}

/** The full date and time, for a tooltip. */
export function fullDate(date) {
  return format(date, { dateStyle: "full", timeStyle: "short" });
}

/** "Today", "Yesterday" or "Monday, 23 November"; with the year when it is not this one. */
export function dayName(date, now = new Date()) {
  const pretty = relativeDay(date, now);
  if (pretty) return pretty;
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return format(date, { weekday: "long", month: "long", day: "numeric", ...year });
}

function relativeDay(date, now) {
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  return { 0: "Today", 1: "Yesterday", "-1": "Tomorrow" }[days] ?? null;
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** How long ago, roughly: "5 minutes ago". */
export function ago(date, now = new Date()) {
  const seconds = (date - now) / 1000;
  const units = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const PARTS = {
  date_num: (d) => d.toISOString().slice(0, 10),
  date_slash: (d) => format(d, { dateStyle: "short" }),
  date: (d) => format(d, { dateStyle: "long" }),
  date_short: (d) => format(d, { ...SHORT_DAY, year: "numeric" }),
  date_long: (d) => format(d, { dateStyle: "full" }),
  time: clock,
  time_secs: (d) => format(d, { timeStyle: "medium" }),
  ago,
  day_divider_pretty: dayName,
};

/** Expand a date pattern such as "{date_short_pretty} at {time}"; null when the time stamp is no number. */
export function expandDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  if (!/^-?\d+$/.test(seconds) || Number.isNaN(date.getTime())) return null;
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (Object.hasOwn(PARTS, name)) return PARTS[name](date);
    const plain = name.replace(/_pretty$/, "");
    if (plain === name || !Object.hasOwn(PARTS, plain)) return whole;
    return relativeDay(date, new Date()) ?? PARTS[plain](date);
  });
}
