// The emoji that a policy team's bot is likely to use; any other name is shown as typed.

const EMOJI = {
  alarm_clock: "⏰", arrow_down: "⬇️", arrow_right: "➡️", arrow_up: "⬆️", balance_scale: "⚖️", ballot_box_with_ballot: "🗳️",
  bell: "🔔", bookmark: "🔖", books: "📚", bulb: "💡", calendar: "📆", card_index_dividers: "🗂️", chart_with_upwards_trend: "📈",
  classical_building: "🏛️", clipboard: "📋", closed_book: "📕", compass: "🧭", date: "📅", dart: "🎯", droplet: "💧", earth_africa: "🌍",
  earth_asia: "🌏", email: "📧", exclamation: "❗", eye: "👁️", eyes: "👀", file_folder: "📁", fire: "🔥", "flag-iq": "🇮🇶", "flag-ir": "🇮🇷",
  "flag-tr": "🇹🇷", "flag-us": "🇺🇸", fuelpump: "⛽", gear: "⚙️", globe_with_meridians: "🌐", grey_question: "❔", hammer_and_wrench: "🛠️",
  handshake: "🤝", hourglass: "⌛", hourglass_flowing_sand: "⏳", inbox_tray: "📥", information_source: "ℹ️", key: "🔑",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠", large_red_circle: "🔴", large_yellow_circle: "🟡",
  link: "🔗", lock: "🔒", loudspeaker: "📢", mag: "🔍", mag_right: "🔎", mailbox: "📫", memo: "📝", moneybag: "💰", newspaper: "📰",
  no_bell: "🔕", no_entry: "⛔", no_entry_sign: "🚫", oil_drum: "🛢️", open_book: "📖", book: "📖", outbox_tray: "📤", page_facing_up: "📄",
  pencil: "📝", pencil2: "✏️", pray: "🙏", pushpin: "📌", question: "❓", recycle: "♻️", red_circle: "🔴", rocket: "🚀",
  rotating_light: "🚨", round_pushpin: "📍", scales: "⚖️", scroll: "📜", shield: "🛡️", smile: "😄", slightly_smiling_face: "🙂", sparkles: "✨",
  speech_balloon: "💬", spiral_calendar_pad: "🗓️", star: "⭐", tada: "🎉", telephone_receiver: "📞", thread: "🧵", "+1": "👍", thumbsup: "👍",
  "-1": "👎", thumbsdown: "👎", timer_clock: "⏲️", trash: "🗑️", wastebasket: "🗑️", unlock: "🔓", warning: "⚠️", wave: "👋",
  white_check_mark: "✅", heavy_check_mark: "✔️", white_circle: "⚪", writing_hand: "✍️", x: "❌", zap: "⚡",
};

/** The character of an emoji name such as "tada", or null. Skin tones are dropped. */
export function emoji(name) {
  const key = name.split("::")[0];
  return Object.hasOwn(EMOJI, key) ? EMOJI[key] : null;
}

/** Plain text with its `:name:` emoji put in; everything else stays as typed. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/g, (whole, name) => emoji(name) ?? whole);
}
