// What an empty conversation offers: three things to try, which a click puts in the message box.

import { h } from "./dom.js";

/** The hint for a channel in which nothing was said. `ontry(text)` hears of the click. */
export function firstRun(channel, appName, ontry) {
  const { title, words, tries } = channel.kind === "im" ? direct(appName) : open(channel.name, appName);
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, title),
    h("p", {}, words),
    h(
      "ul",
      { class: "tries" },
      tries.map((text) => h("li", {}, tryButton(text, ontry))),
    ),
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

function direct(appName) {
  return {
    title: `Ask ${appName} directly`,
    words: "Write a question as you would say it. Three to begin with:",
    tries: ["what did USIP advise about Iran?", "how many people were displaced in 2020?", "/iraq help"],
  };
}

function tryButton(text, ontry) {
  return h("button", { type: "button", class: "try", dir: "auto", onclick: () => ontry(text) }, text);
}
