// Line icons on a 20 x 20 grid, drawn for this page. All are decoration: the text or label beside them has the meaning.

import { svg } from "./dom.js";

const PATHS = {
  hash: "M8 3.5 6.5 16.5M13.5 3.5 12 16.5M4 7.5h13M3 12.5h13",
  lock: "M5.5 9h9v7.5h-9V9ZM7.3 9V6.6a2.7 2.7 0 0 1 5.4 0V9",
  shared: "M7.2 4.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM12.8 10.1a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM9.2 9l1.6 2",
  home: "M3.5 9.2 10 3.8l6.5 5.4M5.2 8v8h9.6V8M8.4 16v-4.4h3.2V16",
  chat: "M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v6.5A1.5 1.5 0 0 1 16 14H9l-4 3v-3H4a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 4 4.5Z",
  reply:
    "M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v6.5A1.5 1.5 0 0 1 16 14H9l-4 3v-3H4a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 4 4.5ZM6.5 8h7M6.5 10.7h4.5",
  more: "M4.4 10h.01M10 10h.01M15.6 10h.01",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.5 4.5 7 10l5.5 5.5",
  down: "M5 7.5l5 5 5-5",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  send: "M3.5 10 16.5 3.8 12.8 16.4 9.6 11.2 3.5 10ZM9.6 11.2l3.2-3.4",
  bolt: "M11 2.5 4.5 11.5h4.8L8.6 17.5l6.9-9.3h-4.9L11 2.5Z",
  eye: "M2.2 10S5 4.8 10 4.8 17.8 10 17.8 10 15 15.2 10 15.2 2.2 10 2.2 10ZM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z",
  sun: "M10 13.4a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8ZM10 2.3v1.5M10 16.2v1.5M2.3 10h1.5M16.2 10h1.5M4.6 4.6l1 1M14.4 14.4l1 1M15.4 4.6l-1 1M5.6 14.4l-1 1",
  moon: "M16.4 12A6.8 6.8 0 0 1 8 3.6 6.8 6.8 0 1 0 16.4 12Z",
  up: "M6 9.2v7H3.6V9.2H6Zm0 0 3-6.1c1.1 0 1.9.8 1.9 1.9v2.6h4a1.5 1.5 0 0 1 1.5 1.8l-1 5.4a1.5 1.5 0 0 1-1.5 1.4H6",
  downvote:
    "M14 10.8v-7h2.4v7H14Zm0 0-3 6.1a1.9 1.9 0 0 1-1.9-1.9v-2.6h-4a1.5 1.5 0 0 1-1.5-1.8l1-5.4a1.5 1.5 0 0 1 1.5-1.4H14",
  trash: "M4 5.5h12M8 5.5V3.8h4v1.7M5.5 5.5l.7 10.7h7.6l.7-10.7M8.5 8.5v5M11.5 8.5v5",
  image: "M3.5 4.5h13v11h-13v-11ZM3.5 13l3.6-3.8 3 3 2.2-2 4.2 3.8M13 8.2h.01",
  play: "M3.5 4.5h13v11h-13v-11ZM8.4 7.6v4.8l4-2.4-4-2.4Z",
  file: "M5.5 3h6l3.5 3.5V17h-9.5V3ZM11.2 3v3.8H15",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.2v4.2M10 6.6h.01",
  alert: "M10 3.4 17.4 16.2H2.6L10 3.4ZM10 8.4v3.6M10 14.1h.01",
  check: "M4.5 10.5 8.2 14.2 15.5 6",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.2l2.8 1.8",
  app: "M3.8 3.8h5v5h-5v-5ZM11.2 3.8h5v5h-5v-5ZM3.8 11.2h5v5h-5v-5ZM11.2 11.2h5v5h-5v-5Z",
};

/** A decorative icon by name; an unknown name draws the generic app icon. */
export function icon(name) {
  return svg(
    "svg",
    {
      viewBox: "0 0 20 20",
      class: `icon icon-${name in PATHS ? name : "app"}`,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("path", { d: PATHS[name] ?? PATHS.app }),
  );
}

/** The playground's mark: two rivers that become one. */
export function mark() {
  return svg(
    "svg",
    { viewBox: "0 0 40 40", class: "mark", "aria-hidden": "true", focusable: "false" },
    svg("rect", { width: "40", height: "40", rx: "11", class: "mark-ground" }),
    svg("path", { d: "M11 7c0 8 9 9 9 17v9", class: "mark-river" }),
    svg("path", { d: "M29 7c0 8-9 9-9 17", class: "mark-river mark-river-2" }),
  );
}
