// What the reader has entered in a message or view, in the shape of Slack's `view.state.values`.

/** Where each kind of element keeps its value in the state, and in its own definition. */
const FIELDS = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  file_input: ["files", "initial_files"],
};

const LISTS = new Set(["selected_options", "selected_users", "selected_conversations", "selected_channels", "files"]);

/** Whether an element keeps a value between presses (a button does not). */
export function isStateful(element) {
  return element?.type in FIELDS;
}

/** The values of one message or view, kept while it is on screen, through every redraw. */
export class Form {
  #values = new Map();

  /** The value of an element: entered before, or its initial one. */
  read(blockId, element) {
    const [field, initial] = FIELDS[element.type];
    const key = this.#key(blockId, element);
    if (!this.#values.has(key)) {
      const value = element[initial] ?? (LISTS.has(field) ? [] : null);
      this.#values.set(key, { blockId, actionId: element.action_id, entry: { type: element.type, [field]: value } });
    }
    return this.#values.get(key).entry[field] ?? null;
  }

  write(blockId, element, value) {
    const [field] = FIELDS[element.type];
    this.#values.set(this.#key(blockId, element), {
      blockId,
      actionId: element.action_id,
      entry: { type: element.type, [field]: value },
    });
  }

  /** Forget the blocks that are no longer shown. */
  keepOnly(blockIds) {
    const shown = new Set(blockIds);
    for (const [key, { blockId }] of this.#values) if (!shown.has(blockId)) this.#values.delete(key);
  }

  /** {block_id: {action_id: {type, ...}}}, as Slack sends it. */
  state() {
    const state = {};
    for (const { blockId, actionId, entry } of this.#values.values()) (state[blockId] ??= {})[actionId] = entry;
    return state;
  }

  #key(blockId, element) {
    return JSON.stringify([blockId, element.action_id, element.type]);
  }
}

/** What Slack's own client would refuse in an input block, as a sentence, or null. */
export function problemOf(block, value) {
  const element = block.element;
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return block.optional ? null : "Please fill in this field.";
  if (["plain_text_input", "email_text_input", "url_text_input"].includes(element.type))
    return textProblem(element, value);
  if (element.type === "number_input") return numberProblem(element, value);
  return null;
}

function textProblem(element, text) {
  if (element.min_length && text.length < element.min_length)
    return `Please write at least ${element.min_length} characters.`;
  if (element.max_length && text.length > element.max_length)
    return `Please write at most ${element.max_length} characters.`;
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    return "Please enter an email address.";
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/.test(text))
    return "Please enter an address that begins with http:// or https://.";
  return null;
}

function numberProblem(element, text) {
  const number = Number(text);
  if (Number.isNaN(number)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `The smallest value is ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `The largest value is ${element.max_value}.`;
  return null;
}
