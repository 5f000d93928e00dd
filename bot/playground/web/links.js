// One place decides what may become a link.

import { h } from "./dom.js";

const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** The address if it is absolute and of a scheme that is safe to follow, else null. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab, or the bare label when the address is not safe to follow. */
export function link(address, label, props = {}) {
  const href = safeUrl(address);
  if (!href) return h("span", { class: "dead-link", title: "This address is not followed here" }, h("bdi", {}, label));
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...props }, h("bdi", {}, label));
}
