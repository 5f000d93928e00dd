// Elements are built node by node: text can only ever become text, never markup.

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "readOnly"]);

/**
 * Build an element: h("p", { class: "note", dir: "auto", onclick: f }, "text", child).
 * Properties that are null, undefined or false are left out; children may be nested lists.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return append(node, children);
}

/** Append strings, nodes and nested lists of them; nothing for null or false. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child);
  }
  return node;
}

/** Replace what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** Build an SVG element; for our own drawings only. */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The class names whose value is true: classes({ message: true, compact: false }) is "message". */
export function classes(names) {
  return Object.keys(names)
    .filter((name) => names[name])
    .join(" ");
}

let counter = 0;

/** An id that no other element of this page has. */
export function uid(prefix = "n") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Text that only screen readers meet. */
export function unseen(text) {
  return h("span", { class: "unseen" }, text);
}
