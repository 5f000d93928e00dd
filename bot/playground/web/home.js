// The app's Home tab: a view like a modal's body, without inputs to submit.

import { drawBlocks } from "./blocks.js";
import { fill, h } from "./dom.js";

export class Home {
  #surfaces;
  #shown = null;

  constructor(surfaces) {
    this.#surfaces = surfaces;
    this.node = h("div", { class: "home", tabindex: "0", role: "region", "aria-label": "Home of the app" });
    fill(this.node, waiting());
  }

  /** Draw the view, or a line that says there is none yet. Keeps the focus and the place. */
  show(view) {
    if (view === this.#shown) return;
    this.#shown = view;
    const key = this.node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const top = this.node.scrollTop;
    if (!view) fill(this.node, waiting());
    else
      fill(
        this.node,
        h("div", { class: "home-body" }, drawBlocks(view.blocks, this.#surfaces.of({ view_id: view.id }))),
      );
    this.node.scrollTop = top;
    if (key) (this.node.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? this.node).focus({ preventScroll: true });
  }
}

function waiting() {
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, "Nothing here yet"),
    h("p", {}, "The app has not published its home. It does so when it hears that you opened this tab."),
  );
}
