// A dialog keeps the focus: after its last control comes its first one, not the browser's bars.

/** Let Tab and Shift+Tab go round in `dialog`. The first and the last of its controls are buttons. */
export function keepFocus(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.defaultPrevented) return;
    const buttons = [...dialog.querySelectorAll("button:not(:disabled, [tabindex='-1'])")];
    const [first, last] = [buttons[0], buttons.at(-1)];
    const isBefore = first?.compareDocumentPosition(event.target) & Node.DOCUMENT_POSITION_PRECEDING;
    const leaves = event.shiftKey ? event.target === first || isBefore : event.target === last;
    if (!leaves) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  });
}
