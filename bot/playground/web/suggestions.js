// The list of suggestions above a message box: it follows what is typed, and the box keeps the focus.

import { fill, h, uid } from "./dom.js";
import { showPopup } from "./popups.js";
import { announce } from "./toast.js";

export class Suggestions {
  #box;
  #anchor;
  #lookup;
  #ontake;
  #popup = null;
  #found = null;
  #active = -1;

  /**
   * `lookup(text, caret)` gives { from, eager, items: [{ label, hint?, note?, insert }] } or null (see completion.js);
   * `ontake(item)` hears that an item was put in the box. The list appears by `anchor`.
   */
  constructor(box, anchor, lookup, ontake) {
    this.#box = box;
    this.#anchor = anchor;
    this.#lookup = lookup;
    this.#ontake = ontake;
    const label = "Suggestions";
    this.list = h("div", { class: "popup completions", role: "listbox", id: uid("completions"), "aria-label": label });
    box.setAttribute("aria-autocomplete", "list");
  }

  /** Look at the box again. */
  update() {
    const found = this.#lookup(this.#box.value, this.#box.selectionStart);
    if (!found) {
      this.close();
      return;
    }
    const count = found.items.length;
    if (count !== this.#found?.items.length) announce(count === 1 ? "1 suggestion" : `${count} suggestions`);
    this.#found = found;
    fill(
      this.list,
      found.items.map((item, i) => this.#option(item, i)),
    );
    if (this.#popup) this.#popup.place();
    else this.#popup = showPopup(this.list, this.#anchor, { matchWidth: true });
    this.#box.setAttribute("aria-controls", this.list.id);
    this.#activate(found.eager ? 0 : -1);
  }

  close() {
    this.#popup?.remove();
    this.#popup = null;
    this.#found = null;
    this.#active = -1;
    this.#box.removeAttribute("aria-activedescendant");
    this.#box.removeAttribute("aria-controls");
  }

  /** Handle a key of the box; true when it was meant for the list. */
  key(event) {
    if (!this.#found || event.shiftKey) return false;
    const act = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#take(this.#active),
      Tab: () => this.#take(this.#active),
      Escape: () => this.close(),
    }[event.key];
    const needsChoice = event.key === "Enter" || event.key === "Tab";
    if (!act || (needsChoice && this.#active < 0)) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  }

  #option({ label, hint, note }, i) {
    const node = h(
      "div",
      { class: "listbox-option", role: "option", id: `${this.list.id}-${i}`, onclick: () => this.#take(i) },
      h("span", { class: "menu-text", dir: "auto" }, label, hint ? h("span", { class: "usage" }, ` ${hint}`) : null),
      note ? h("span", { class: "menu-note", dir: "auto" }, note) : null,
    );
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    return node;
  }

  #move(step) {
    const count = this.#found.items.length;
    const from = this.#active < 0 && step < 0 ? 0 : this.#active;
    this.#activate((from + step + count) % count);
  }

  #activate(at) {
    this.#active = at;
    [...this.list.children].forEach((node, i) => {
      node.classList.toggle("active", i === at);
      node.setAttribute("aria-selected", String(i === at));
    });
    if (at < 0) this.#box.removeAttribute("aria-activedescendant");
    else this.#box.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  #take(at) {
    const { from, items } = this.#found;
    this.#box.setRangeText(items[at].insert, from, this.#box.selectionStart, "end");
    this.#box.focus();
    const item = items[at];
    this.close();
    this.#ontake(item);
  }
}
