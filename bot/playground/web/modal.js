// Modals: the top view of the stack in one dialog, with its inputs, errors, submit and close.

import { act } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { problemOf } from "./form.js";
import { fill, h, uid } from "./dom.js";
import { icon, mark } from "./icons.js";
import { showError } from "./inputblock.js";
import { words } from "./text.js";
import { announce, toast } from "./toast.js";

export class Modals {
  #store;
  #surfaces;
  #dialog = null;
  #view = null;
  #known = [];
  #before = null;

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
    this.#before = document.activeElement;
    this.#dialog = h("dialog", { class: "dialog modal", onclose: () => this.#closed() });
    this.#dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.#dialog) return;
      event.preventDefault();
      this.#close();
    });
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #leave() {
    this.#view = null;
    this.#dialog?.close();
  }

  /** The dialog is gone, by us or by the browser: put the focus back, and tell the server if a view was still open. */
  #closed() {
    this.#dialog.remove();
    this.#dialog = null;
    if (this.#view) this.#close();
    this.#view = null;
    if (this.#before?.isConnected && this.#before !== document.body) this.#before.focus();
    else document.getElementById("composer")?.focus();
  }

  #draw(view, depth, same) {
    const focused = same ? document.activeElement?.dataset?.key : null;
    const scroll = same ? (this.#dialog.querySelector(".dialog-body")?.scrollTop ?? 0) : 0;
    const surface = this.#surfaces.of({ view_id: view.id });
    const title = h("h2", { id: uid("title"), class: "dialog-title", tabindex: "-1", dir: "auto" }, words(view.title) || "Dialog");
    const body = h("div", { class: "dialog-body" }, drawBlocks(view.blocks, surface));
    surface.form.keepOnly([...body.querySelectorAll("[data-block]")].map((node) => node.dataset.block));
    const close = words(view.close) || (view.submit ? "Cancel" : "Close");
    const form = h(
      "form",
      { class: "dialog-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      h("div", { class: "dialog-head" }, depth > 1 ? h("span", { class: "depth" }, icon("back"), h("span", { class: "unseen" }, `Step ${depth}: `)) : h("span", { class: "dialog-mark", "aria-hidden": "true" }, mark()),
        title, h("button", { type: "button", class: "icon-only", "aria-label": "Close this dialog", onclick: () => this.#close() }, icon("close"))),
      body,
      h("div", { class: "dialog-foot" }, h("p", { class: "dialog-app" }, this.#store.snapshot.app.name),
        h("button", { type: "button", class: "button", onclick: () => this.#close() }, close),
        view.submit ? h("button", { type: "submit", class: "button primary", "data-key": "submit", disabled: view.submit_disabled === true }, words(view.submit)) : null),
    );
    this.#dialog.setAttribute("aria-labelledby", title.id);
    fill(this.#dialog, form);
    body.scrollTop = scroll;
    const target = (focused && form.querySelector(`[data-key="${CSS.escape(focused)}"]`)) || form.querySelector("[autofocus]") || body.querySelector("input, textarea") || title;
    target.focus({ preventScroll: same });
    if (same) announce(`${words(view.title)} was updated`);
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
    return (view.blocks ?? []).map((block, i) => ({ ...block, block_id: block.block_id ?? `block-${i + 1}` })).filter(({ type, element }) => type === "input" && element && element.type !== "file_input");
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
    let first = null;
    for (const node of this.#dialog?.querySelectorAll("[data-block]") ?? []) {
      const text = errors[node.dataset.block] ?? null;
      showError(node, text);
      if (text) first ??= node;
    }
    first?.querySelector("input, textarea, button")?.focus();
    const count = Object.keys(errors).length;
    if (count) announce(count === 1 ? `1 field needs attention: ${Object.values(errors)[0]}` : `${count} fields need attention`);
  }
}
