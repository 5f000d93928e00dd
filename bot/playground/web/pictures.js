// Images. The page loads nothing from other hosts: a remote picture is told, not fetched.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { link, safeUrl } from "./links.js";
import { words } from "./text.js";

/** Draw an image block, an accessory ("thumb") or a context image ("tiny"). */
export function picture(image, env, size = "full") {
  const alt = words(image.alt_text) || "image";
  const local = sameOrigin(image.image_url);
  if (size !== "full")
    return local
      ? h("img", { src: local, alt, class: `picture ${size}`, loading: "lazy" })
      : h("span", { class: `picture missing ${size}`, role: "img", "aria-label": alt, title: alt }, icon("image"));
  return h(
    "figure",
    { class: "figure" },
    image.title ? h("figcaption", { dir: "auto" }, words(image.title)) : null,
    local ? h("img", { src: local, alt, class: "picture full", loading: "lazy" }) : remote(image.image_url, alt),
  );
}

function remote(address, alt) {
  return h(
    "div",
    { class: "remote" },
    icon("image"),
    h(
      "div",
      {},
      h("p", { dir: "auto" }, alt),
      safeUrl(address)
        ? h("p", { class: "remote-link" }, link(address, "Open the picture"), " (not loaded here)")
        : null,
    ),
  );
}

function sameOrigin(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}
