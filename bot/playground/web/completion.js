// What the composer may complete: slash commands, their sub-commands, and mentions. Pure functions of text and caret.

/** Sub-commands in a usage hint: "[question] | help | digest on" -> ["help", "digest on"]. */
export function subHints(usageHint) {
  return (usageHint ?? "")
    .split("|")
    .map((part) => part.trim())
    .filter((part) => part && !/[[\]<>{}"]/.test(part));
}

/**
 * Suggestions for a text with the caret at `caret`: { from, eager, items: [{ label, note, insert }] } or null.
 * Choosing an item replaces text[from:caret], and chooses its `shortcut` if it has one; `eager` tells that Enter takes
 * the first without a choice.
 */
export function complete(text, caret, { commands, shortcuts, users }, inThread) {
  const before = text.slice(0, caret);
  const slash = () => command(before, commands, shortcuts) ?? subCommand(before, commands);
  return (inThread ? null : slash()) ?? mentionOf(before, users);
}

/** What a slash begins: commands by their name, and global shortcuts by words of theirs. */
function command(before, commands, shortcuts) {
  if (!/^\/\S*$/.test(before) || commands.some(({ command: name }) => name === before)) return null;
  const items = [...commandItems(before, commands), ...shortcutItems(before.slice(1), shortcuts)];
  return items.length ? { from: 0, eager: true, items } : null;
}

function commandItems(before, commands) {
  return commands
    .filter(({ command: name }) => name.startsWith(before))
    .map(({ command: name, description, usage_hint: hint }) => ({
      label: name,
      hint,
      note: description,
      insert: `${name} `,
    }));
}

function shortcutItems(typed, shortcuts) {
  const begins = (name) => ` ${name.toLowerCase()}`.includes(` ${typed.toLowerCase()}`);
  return shortcuts
    .filter(({ name }) => begins(name))
    .map(({ name, description, callback_id: shortcut }) => ({ label: name, note: description, insert: "", shortcut }));
}

function subCommand(before, commands) {
  const match = /^(\/\S+)\s+(.*)$/s.exec(before) ?? /^(\/\S+)()$/.exec(before);
  const found = match && commands.find(({ command: name }) => name === match[1]);
  if (!found) return null;
  const typed = match[2].toLowerCase();
  const items = subHints(found.usage_hint)
    .filter((hint) => hint.startsWith(typed) && hint !== typed)
    .map((hint) => ({ label: `${found.command} ${hint}`, note: "", insert: `${found.command} ${hint}` }));
  if (typed === "" && /\[|</.test(found.usage_hint ?? ""))
    items.unshift({
      label: found.command,
      hint: freeText(found.usage_hint),
      note: found.description,
      insert: `${found.command} `,
    });
  return items.length ? { from: 0, eager: false, items } : null;
}

/** The free-text parts of a usage hint: "[question]". */
function freeText(usageHint) {
  return usageHint
    .split("|")
    .map((part) => part.trim())
    .filter((part) => /[[<]/.test(part))
    .join(" ");
}

function mentionOf(before, users) {
  const match = /(^|\s)@([^@\n]{0,40})$/.exec(before);
  if (!match) return null;
  const typed = match[2].toLowerCase();
  const items = users
    .filter(({ name }) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed)
    .sort((a, b) => Number(b.is_bot) - Number(a.is_bot))
    .map(({ name, is_bot: bot }) => ({ label: `@${name}`, note: bot ? "App" : "", insert: `@${name} ` }));
  return items.length ? { from: before.length - match[2].length - 1, eager: true, items } : null;
}

/** Whether a text is a slash command: it begins with a slash and a letter. */
export function isCommand(text) {
  return /^\/[a-z]/i.test(text);
}
