// Modals: the top view of the stack in one dialog, with its inputs, errors, submit and close.

import { act } from "./api.js";
import { problemOf } from "./form.js";
import { fill, h } from "./dom.js";
import { showError } from "./inputblock.js";
import { drawModal } from "./modalview.js";
import { announce, toast } from "./toast.js";
import { keepFocus } from "./trap.js";

export class Modals {
  #store;
  #surfaces;
  #dialog = null;
  #view = null;
  #known = [];

  constructor(store, surfaces) {
    this.#store = store;
    this.#surfaces = surfaces;
    store.watch((topic, detail) => {
      if (topic === "views" || topic === "all") this.#show(store.snapshot.views ?? []);
      if (topic === "errors" && detail.view_id === this.#view?.id) this.#errors(detail.errors);
    });
  }

  #show(views) {
    const ids = views.map(({ id }) => id);
    for (const id of this.#known) if (!ids.includes(id)) this.#surfaces.forget({ view_id: id });
    this.#known = ids;
    const view = views.at(-1) ?? null;
    if (!view) return this.#leave();
    if (view === this.#view) return undefined;
    const same = view.id === this.#view?.id;
    this.#view = view;
    if (!this.#dialog) this.#enter();
    this.#draw(view, ids.length, same);
    return undefined;
  }

  #enter() {
    this.#dialog = h("dialog", { class: "dialog modal", onclose: () => this.#closed() });
    this.#dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.#dialog) return;
      event.preventDefault();
      this.#close();
    });
    keepFocus(this.#dialog);
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #leave() {
    this.#view = null;
    this.#dialog?.close();
  }

  /** The dialog is gone, by us or by the browser, which put the focus back if it could. */
  #closed() {
    this.#dialog.remove();
    this.#dialog = null;
    if (this.#view) this.#close();
    this.#view = null;
    if (document.activeElement === document.body) document.getElementById("composer")?.focus();
  }

  #draw(view, depth, same) {
    const before = same ? this.#place() : { key: null, top: 0 };
    const surface = this.#surfaces.of({ view_id: view.id });
    const appName = this.#store.snapshot.app.name;
    const { form, body, title } = drawModal(view, {
      surface,
      depth,
      appName,
      onclose: () => this.#close(),
      onsubmit: () => this.#submit(),
    });
    for (const type of ["input", "change"]) body.addEventListener(type, (event) => forgive(event.target));
    surface.form.keepOnly([...body.querySelectorAll("[data-block]")].map((node) => node.dataset.block));
    this.#dialog.setAttribute("aria-labelledby", title.id);
    fill(this.#dialog, form);
    body.scrollTop = before.top;
    const kept = before.key && form.querySelector(`[data-key="${CSS.escape(before.key)}"]`);
    const first = form.querySelector("[autofocus]") ?? body.querySelector("input, textarea");
    (kept || first || title).focus({ preventScroll: same });
    if (same) announce(`${title.textContent} was updated`);
  }

  /** Where the reader is in the dialog: the control that has the focus, and how far it is scrolled. */
  #place() {
    return {
      key: document.activeElement?.dataset.key ?? null,
      top: this.#dialog.querySelector(".dialog-body")?.scrollTop ?? 0,
    };
  }

  async #submit() {
    const view = this.#view;
    const { form } = this.#surfaces.of({ view_id: view.id });
    const errors = {};
    for (const block of this.#inputs(view)) {
      const problem = problemOf(block, form.read(block.block_id, block.element));
      if (problem) errors[block.block_id] = problem;
    }
    this.#errors(errors);
    if (Object.keys(errors).length) return;
    const button = this.#dialog.querySelector("[type=submit]");
    if (button?.getAttribute("aria-busy") === "true") return;
    await this.#told("submit", { view_id: view.id, state: form.state() }, button);
  }

  #inputs(view) {
    return (view.blocks ?? [])
      .map((block, i) => ({ ...block, block_id: block.block_id ?? `block-${i + 1}` }))
      .filter(({ type, element }) => type === "input" && element && element.type !== "file_input");
  }

  #close() {
    const view = this.#view;
    if (view) this.#told("close", { view_id: view.id }, null);
  }

  async #told(name, fields, button) {
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await act(name, fields);
      if (answer.errors) this.#errors(answer.errors);
    } catch (error) {
      toast(error.message, "error");
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }

  /** Show errors by block id, clear the others, and go to the first. */
  #errors(errors) {
    const blocks = [...(this.#dialog?.querySelectorAll("[data-block]") ?? [])];
    for (const node of blocks) showError(node, errors[node.dataset.block] ?? null);
    const faulty = blocks.filter((node) => errors[node.dataset.block]);
    if (!faulty.length) return;
    faulty[0].querySelector("input, textarea, button")?.focus();
    const one = `1 field needs attention: ${errors[faulty[0].dataset.block]}`;
    announce(faulty.length === 1 ? one : `${faulty.length} fields need attention`);
  }
}

/** What is being put right is no longer wrong. */
function forgive(control) {
  const block = control.closest("[data-block]");
  if (block) showError(block, null);
}
