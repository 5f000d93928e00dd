// The "are you sure?" dialog of an element that has a `confirm` object.

import { h, uid } from "./dom.js";
import { textNodes, words } from "./text.js";
import { keepFocus } from "./trap.js";

/** Ask; resolves to true only when the reader says yes. Without a confirm object it is true at once. */
export function confirmed(confirm, env) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const title = h(
      "h2",
      { id: uid("title"), class: "dialog-title", dir: "auto" },
      words(confirm.title) || "Are you sure?",
    );
    const body = h("div", { id: uid("body"), class: "dialog-body prose" }, textNodes(confirm.text, env));
    const danger = confirm.style === "danger" ? " danger" : "";
    const dialog = h(
      "dialog",
      { class: "dialog small", role: "alertdialog", "aria-labelledby": title.id, "aria-describedby": body.id },
      h("div", { class: "dialog-head" }, title),
      body,
      h(
        "div",
        { class: "dialog-foot" },
        h(
          "button",
          { type: "button", class: "button", onclick: () => dialog.close("no") },
          words(confirm.deny) || "Cancel",
        ),
        h(
          "button",
          { type: "button", class: `button primary${danger}`, onclick: () => dialog.close("yes") },
          words(confirm.confirm) || "Yes",
        ),
      ),
    );
    const before = document.activeElement;
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      resolve(dialog.returnValue === "yes");
    });
    keepFocus(dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}
