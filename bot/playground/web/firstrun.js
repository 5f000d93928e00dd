// What an empty conversation offers: three things to try, which a click puts in the message box.

import { h } from "./dom.js";

/** The hint for a channel in which nothing was said. `ontry(text)` hears of the click. Prompts of the app stand for ours. */
export function firstRun(channel, appName, hasPrompts, ontry) {
  const { title, words, tries } = channel.kind === "im" ? direct(appName, hasPrompts) : open(channel.name, appName);
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, title),
    h("p", {}, words),
    tries.length
      ? h(
          "ul",
          { class: "tries" },
          tries.map((text) => h("li", {}, tryButton(text, ontry))),
        )
      : null,
  );
}

function open(name, appName) {
  return {
    title: `This is the start of #${name}`,
    words: "A slash command is answered to you alone, a mention in its thread. Three to begin with:",
    tries: [
      "/iraq what did USIP advise about Iran?",
      `@${appName} how many people were displaced in 2020?`,
      "/iraq help",
    ],
  };
}

function direct(appName, hasPrompts) {
  const title = `Ask ${appName} directly`;
  if (hasPrompts) return { title, words: "Write a question as you would say it, or begin with one below.", tries: [] };
  return {
    title,
    words: "Write a question as you would say it. Three to begin with:",
    tries: ["what did USIP advise about Iran?", "how many people were displaced in 2020?", "/iraq help"],
  };
}

function tryButton(text, ontry) {
  return h("button", { type: "button", class: "try", dir: "auto", onclick: () => ontry(text) }, text);
}
