// The `table` and `data_table` blocks, and the tables of Markdown.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richText } from "./richtext.js";

/** A table of ready cells (lists of nodes); the first row is the head. `align` holds left, center or right by column. */
export function grid(rows, align = [], { caption = null, rowHead = -1, wraps = [] } = {}) {
  const cell = (tag, content, i, props = {}) =>
    h(tag, { class: `to-${align[i] ?? "left"}${wraps[i] === false ? " nowrap" : ""}`, dir: "auto", ...props }, content);
  const [head = [], ...body] = rows;
  return h(
    "div",
    { class: "table-scroll", tabindex: "0", role: "region", "aria-label": caption ?? "Table" },
    h(
      "table",
      {},
      caption ? h("caption", { dir: "auto" }, caption) : null,
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((content, i) => cell("th", content, i, { scope: "col" })),
        ),
      ),
      h(
        "tbody",
        {},
        body.map((row) =>
          h(
            "tr",
            {},
            row.map((content, i) =>
              i === rowHead ? cell("th", content, i, { scope: "row" }) : cell("td", content, i),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A `table` block: rows of raw_text or rich_text cells, settings by column. */
export function table(block, env) {
  const settings = block.column_settings ?? [];
  return grid(
    (block.rows ?? []).map((row) => row.map((cell) => cellNodes(cell, env))),
    settings.map((setting) => setting?.align),
    { wraps: settings.map((setting) => setting?.is_wrapped ?? null) },
  );
}

/** A `data_table` block: a caption, a head row, and a column that names the rows. */
export function dataTable(block, env) {
  const rows = (block.rows ?? []).map((row) => row.map((cell) => cellNodes(cell, env)));
  const align = (block.rows?.at(-1) ?? []).map((cell) => (cell?.type === "raw_number" ? "right" : "left"));
  return grid(rows, align, { caption: block.caption ?? null, rowHead: block.row_header_column_index ?? -1 });
}

function cellNodes(cell, env) {
  if (cell?.type === "rich_text") return richText(cell.elements, env);
  return withEmoji(String(cell?.text ?? cell?.value ?? ""));
}
