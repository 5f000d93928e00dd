// One combobox for every kind of select: type to narrow, arrows and Enter to choose; one choice or several.

import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { showPopup } from "./popups.js";

/**
 * Build a combobox. Choices are { id, text, note?, value } in groups { label?, choices }.
 * `load(typed)` gives the groups for what was typed (a promise), `onchange(choices)` hears of every change.
 */
export class Combobox {
  #options;
  #chosen;
  #open = null;
  #active = -1;
  #shown = [];
  #asked = 0;
  #pause = 0;

  constructor(options) {
    this.#options = options;
    this.#chosen = [...options.chosen];
    this.list = h("div", {
      class: "popup listbox",
      role: "listbox",
      id: uid("list"),
      "aria-label": options.label,
      "aria-multiselectable": options.multiple ? "true" : null,
    });
    this.input = h("input", {
      type: "text",
      class: "combo-input",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      dir: "auto",
      id: options.id,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-label": options.id ? null : options.label,
      "aria-describedby": options.describedBy,
      "data-key": options.key,
      onfocus: () => this.input.select(),
      onclick: () => this.#show(""),
      onkeydown: (event) => this.#key(event),
      oninput: () => this.#typing(),
      onblur: () => this.#leave(),
    });
    this.tokens = h("ul", { class: "tokens", "aria-label": `${options.label}: chosen` });
    this.node = h("div", { class: "combo" }, options.multiple ? this.tokens : null, this.input, icon("down"));
    this.node.addEventListener("pointerdown", (event) => {
      if (event.target === this.input || event.target.closest("button")) return;
      event.preventDefault();
      this.input.focus();
      this.#show("");
    });
    this.#draw();
  }

  #draw() {
    this.#resetInput();
    fill(
      this.tokens,
      this.#chosen.map((choice) =>
        h(
          "li",
          { class: "token" },
          h("span", { dir: "auto" }, choice.text),
          h(
            "button",
            {
              type: "button",
              class: "token-remove",
              "aria-label": `Remove ${choice.text}`,
              onclick: () => this.#toggle(choice),
            },
            icon("close"),
          ),
        ),
      ),
    );
    this.tokens.hidden = this.#chosen.length === 0;
  }

  #resetInput() {
    const { multiple, placeholder } = this.#options;
    this.input.value = multiple ? "" : (this.#chosen[0]?.text ?? "");
    this.input.placeholder = multiple && this.#chosen.length ? "" : placeholder;
  }

  async #show(typed) {
    const asked = (this.#asked += 1);
    let groups;
    try {
      groups = await this.#options.load(typed);
    } catch (error) {
      groups = [{ choices: [], problem: error.message }];
    }
    if (asked !== this.#asked || document.activeElement !== this.input) return;
    this.#fill(groups);
    if (this.#open) this.#open.place();
    else this.#open = showPopup(this.list, this.node, { matchWidth: true });
    this.input.setAttribute("aria-expanded", "true");
    const at = this.#shown.findIndex(({ choice }) => this.#has(choice));
    this.#activate(typed || at < 0 ? (this.#shown.length && typed ? 0 : -1) : at);
  }

  /** Look up what is typed: at once, or when the typing pauses. */
  #typing() {
    clearTimeout(this.#pause);
    if (this.#options.wait) this.#pause = setTimeout(() => this.#show(this.input.value), this.#options.wait);
    else this.#show(this.input.value);
  }

  #fill(groups) {
    this.#shown = [];
    const full = this.#options.multiple && this.#options.max && this.#chosen.length >= this.#options.max;
    const groupNodes = groups.map((group) => {
      const nodes = group.choices.map((choice) => this.#option(choice));
      if (!group.label) return nodes;
      const head = h("div", { class: "listbox-head", id: uid("head"), role: "presentation", dir: "auto" }, group.label);
      return h("div", { role: "group", "aria-labelledby": head.id }, head, nodes);
    });
    const note =
      groups.find((group) => group.problem)?.problem ?? (full ? `At most ${this.#options.max} can be chosen.` : null);
    fill(
      this.list,
      groupNodes,
      note || this.#shown.length === 0
        ? h(
            "div",
            { class: "listbox-empty", role: "option", "aria-disabled": "true", "aria-selected": "false" },
            note ?? "No matches.",
          )
        : null,
    );
  }

  #option(choice) {
    const node = h(
      "div",
      { class: "listbox-option", role: "option", id: uid("option"), "aria-selected": String(this.#has(choice)) },
      h("span", { class: "menu-text", dir: "auto" }, choice.text),
      choice.note ? h("span", { class: "menu-note", dir: "auto" }, choice.note) : null,
      icon("check"),
    );
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("click", () => this.#toggle(choice));
    this.#shown.push({ choice, node });
    return node;
  }

  #activate(at) {
    this.#shown[this.#active]?.node.classList.remove("active");
    this.#active = at;
    const node = this.#shown[at]?.node;
    if (node) {
      node.classList.add("active");
      node.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", node.id);
    } else this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const handle = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#enter(),
      Escape: () => this.#escape(event),
      Backspace: () => this.#backspace(),
    }[event.key];
    if (handle?.()) event.preventDefault();
  }

  #move(step) {
    const count = this.#shown.length;
    const from = this.#active < 0 && step < 0 ? 0 : this.#active;
    if (!this.#open) this.#show("");
    else if (count) this.#activate((from + step + count) % count);
    return true;
  }

  #enter() {
    if (!this.#open) this.#show("");
    else if (this.#active >= 0) this.#toggle(this.#shown[this.#active].choice);
    return true;
  }

  #escape(event) {
    if (!this.#open) return false;
    event.stopPropagation();
    this.#close();
    this.#resetInput();
    return true;
  }

  /** In an empty box it takes the last token away. */
  #backspace() {
    if (!this.#options.multiple || this.input.value || !this.#chosen.length) return false;
    this.#toggle(this.#chosen.at(-1));
    return true;
  }

  #has(choice) {
    return this.#chosen.some(({ id }) => id === choice.id);
  }

  #toggle(choice) {
    const { multiple, max } = this.#options;
    if (!multiple) this.#chosen = [choice];
    else if (this.#has(choice)) this.#chosen = this.#chosen.filter(({ id }) => id !== choice.id);
    else if (!max || this.#chosen.length < max) this.#chosen = [...this.#chosen, choice];
    this.#draw();
    this.#close();
    this.input.focus();
    this.#tell();
  }

  #tell() {
    this.#options.onchange(this.#chosen);
    this.node.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #close() {
    clearTimeout(this.#pause);
    this.#asked += 1;
    this.#open?.remove();
    this.#open = null;
    this.#activate(-1);
    this.input.setAttribute("aria-expanded", "false");
  }

  /**
   * Leaving takes the typed text back; an emptied box clears an optional choice.
   * The tokens stay as they are: one may be under the pointer.
   */
  #leave() {
    const cleared =
      !this.#options.multiple && this.#options.clearable && this.input.value === "" && this.#chosen.length;
    if (cleared) this.#chosen = [];
    this.#close();
    this.#resetInput();
    if (cleared) this.#tell();
  }
}
