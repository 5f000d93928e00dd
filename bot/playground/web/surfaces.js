// A surface is one message or view that can be pressed: its container, its form, and what the server is told.

import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { Form } from "./form.js";
import { toast } from "./toast.js";

/** The surfaces on screen, so that what was entered outlives a redraw. */
export class Surfaces {
  #env;
  #known = new Map();

  constructor(env) {
    this.#env = env;
  }

  /** The surface of a container: {channel, ts} or {view_id}. */
  of(container) {
    const key = container.view_id ?? `${container.channel} ${container.ts}`;
    if (!this.#known.has(key)) this.#known.set(key, new Surface(container, this.#env));
    return this.#known.get(key);
  }

  forget(container) {
    this.#known.delete(container.view_id ?? `${container.channel} ${container.ts}`);
  }
}

class Surface {
  /** Which feedback button was pressed, by action id. */
  given = new Map();
  form = new Form();
  busy = new Set();

  constructor(container, env) {
    this.container = container;
    this.env = env;
  }

  /** Tell the server of a press, after the element's confirm dialog. True when it was told. */
  async press(block, element, value, node = null) {
    if (!(await confirmed(element.confirm, this.env))) return false;
    const key = `${block.block_id} ${element.action_id}`;
    if (this.busy.has(key) && value === undefined) return false;
    this.busy.add(key);
    node?.setAttribute("aria-busy", "true");
    try {
      await act("press", {
        container: this.container,
        block_id: block.block_id,
        action_id: element.action_id,
        element,
        value,
        state: this.form.state(),
      });
      return true;
    } catch (error) {
      toast(error.message, "error");
      return false;
    } finally {
      this.busy.delete(key);
      node?.removeAttribute("aria-busy");
    }
  }

  /** The options of an external select for what was typed: {options} or {option_groups}. */
  options(block, element, typed) {
    return act("options", {
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      value: typed,
    });
  }
}
