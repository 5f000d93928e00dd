// The selects: static, external, of people, of channels, of conversations; one choice or several.

import { Combobox } from "./combobox.js";
import { words } from "./text.js";

const KINDS = {
  static: staticSource,
  external: externalSource,
  users: userSource,
  conversations: conversationSource,
  channels: channelSource,
};

/** Drawings by element type: `static_select`, `multi_static_select` and so on. */
export const SELECTS = Object.fromEntries(
  Object.entries(KINDS).flatMap(([kind, source]) => [
    [`${kind}_select`, (element, place) => select(element, place, source, false)],
    [`multi_${kind}_select`, (element, place) => select(element, place, source, true)],
  ]),
);

function select(element, place, source, multiple) {
  const { block, surface, presses } = place;
  const { load, find, wait } = source(element, place);
  const kept = surface.form.read(block.block_id, element) ?? currentOf(element, place);
  const chosen = (multiple ? (kept ?? []) : [kept]).filter(Boolean).map(find);
  const placeholder = words(element.placeholder) || (multiple ? "Choose some" : "Choose one");
  return new Combobox({
    multiple,
    chosen,
    load,
    wait,
    placeholder,
    max: element.max_selected_items,
    clearable: block.type === "input" && block.optional,
    label: place.label || placeholder,
    id: place.id,
    describedBy: place.describedBy,
    key: place.key,
    onchange: (picked) => {
      const values = picked.map(({ value }) => value);
      const value = multiple ? values : (values[0] ?? null);
      surface.form.write(block.block_id, element, value);
      if (presses) surface.press(block, element, value);
    },
  }).node;
}

/** A select of conversations may begin with the one the reader is in, if it is among the choices. */
function currentOf(element, { block, surface }) {
  const here = element.default_to_current_conversation ? surface.env.currentChannel() : null;
  if (!here || !conversations(element, surface.env).some(({ id }) => id === here)) return null;
  surface.form.write(block.block_id, element, here);
  return here;
}

/** The choice of an option object. */
function ofOption(option) {
  return { id: option.value, text: words(option.text), note: words(option.description), value: option };
}

function groupsOf({ options = [], option_groups: groups = null }) {
  if (!groups) return [{ choices: options.map(ofOption) }];
  return groups.map((group) => ({ label: words(group.label), choices: (group.options ?? []).map(ofOption) }));
}

function narrowed(groups, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = ({ text, note }) => `${text} ${note ?? ""}`.toLocaleLowerCase().includes(wanted);
  return groups
    .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
    .filter(({ choices }) => choices.length);
}

function staticSource(element) {
  return { find: ofOption, load: async (typed) => narrowed(groupsOf(element), typed) };
}

function externalSource(element, { block, surface }) {
  const least = element.min_query_length ?? 3;
  return {
    find: ofOption,
    wait: 250,
    load: async (typed) => {
      if (typed.length < least) return [{ choices: [], problem: `Type ${least} or more characters to search.` }];
      return groupsOf(await surface.options(block, element, typed));
    },
  };
}

function idSource(all) {
  const find = (id) => all.find((choice) => choice.id === id) ?? { id, text: id, value: id };
  return { find, load: async (typed) => narrowed([{ choices: all }], typed) };
}

function userSource(_, { surface }) {
  return idSource(
    surface.env.users().map(({ id, name, is_bot: bot }) => ({ id, text: name, note: bot ? "App" : "", value: id })),
  );
}

function channelChoice({ id, name, kind, is_private: isPrivate, is_ext_shared: isShared }) {
  if (kind === "im") return { id, text: name, note: "Direct message", value: id };
  const note = [isPrivate ? "Private" : null, isShared ? "Shared with another organisation" : null];
  return { id, text: `# ${name}`, note: note.filter(Boolean).join(", "), value: id };
}

/** Public channels: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
function channelSource(_, { surface }) {
  return idSource(
    surface.env
      .channels()
      .filter((channel) => kindOf(channel) === "public")
      .map(channelChoice),
  );
}

function kindOf({ kind, is_private: isPrivate }) {
  if (kind === "im") return "im";
  return isPrivate ? "private" : "public";
}

/** What a select of conversations offers: all that its filter lets through. */
function conversations({ filter = {} }, env) {
  const { include, exclude_bot_users: noBots, exclude_external_shared_channels: noShared } = filter;
  return env
    .channels()
    .filter((channel) => !include || include.includes(kindOf(channel)))
    .filter((channel) => !(noBots && channel.kind === "im") && !(noShared && channel.is_ext_shared))
    .map(channelChoice);
}

function conversationSource(element, { surface }) {
  return idSource(conversations(element, surface.env));
}
