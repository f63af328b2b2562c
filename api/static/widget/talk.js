// What was said, drawn in order: days, who speaks, words, documents, buttons, and how far one's own messages have come.

import { button, FILE, h, icon } from "./dom.js";
import { BOT, BOT_BACK, CHOICES, JOINED, REMOVE, RETRY, STATES, TEAM, YOU } from "./labels.js";
import { asNodes, dayName, dayOf, ELSEWHERE, hour, isOurs } from "./words.js";

const TOGETHER = 3e5; // messages of one speaker within five minutes stand as a group

// `press(button)`, `retry(item)`, `remove(item)`; `say(label, blanks)`; `language`: that of the moment.
export const talkIn = ({ log, origin, say, language, press, retry, remove }) => {
  let drawn = new Map();

  // Keeps every element that is still right, so that a screen reader announces the new ones alone.
  const draw = (messages, above, below) => {
    const nodes = new Map();
    let last = null;
    for (const { key, stamp, make, shape } of rows(messages, above, below)) {
      const old = drawn.get(key);
      const node = old && old.stamp === stamp ? old : make();
      if (old && old !== node) old.replaceWith(node);
      node.stamp = stamp;
      if (shape) shape(node);
      nodes.set(key, node);
      const place = last ? last.nextSibling : log.firstChild;
      if (place !== node) log.insertBefore(node, place);
      last = node;
    }
    while (log.lastChild !== last) log.lastChild.remove();
    drawn = nodes;
  };

  const rows = (messages, above, below) => {
    const all = [];
    const line = (key, text, kind) => text && all.push({ key: key + kind, stamp: text, make: () => h("p." + kind, {}, text) });
    let speaker = {};
    line("above", above, "note");
    messages.forEach((message, place) => {
      const [before, after] = [messages[place - 1] || {}, messages[place + 1] || {}];
      if (dayOf(before.sent_at) !== dayOf(message.sent_at)) line(message.key, dayName(message.sent_at, language()), "day");
      if (before.author !== "system") line(message.key, change(speaker, message), "note");
      if (isVoice(message)) speaker = message;
      all.push(row(message, before, after));
    });
    line("below", below, "note");
    return all;
  };

  const change = (speaker, message) => {
    if (message.author === "agent" && !sameVoice(speaker, message)) return say(JOINED, { name: nameOf(message) });
    return message.author === "bot" && speaker.author === "agent" && say(BOT_BACK);
  };

  const nameOf = ({ author, author_name }) => {
    if (author === "debtor") return say(YOU);
    return author === "agent" ? (author_name || say(TEAM)).split(" ")[0] : say(BOT);
  };

  const row = (message, before, after) => ({
    key: message.key,
    stamp: message.id + message.state,
    make: () => drawOne(message),
    shape: (node) => {
      const group = (together(before, message) ? "" : " first") + (together(message, after) ? "" : " last");
      node.className = `row ${message.author} ${message.state || ""}${group}`;
      const choices = node.querySelector(".choices");
      if (choices) choices.hidden = after.author;
    },
  });

  const drawOne = (message) => {
    const { author, text, attachments, buttons, language: lang } = message;
    const choice = (offered) => button("choice", () => press(offered), offered.title);
    return h(
      "div",
      // One's own words were typed a moment ago: they are not read out again.
      { "aria-live": author === "debtor" ? "off" : null },
      h("p.who", {}, nameOf(message)),
      text ? h("p.bubble", { lang }, ...asNodes(text, origin)) : null,
      ...attachments.map(drawDocument),
      under(message),
      buttons.length ? h("div.choices", { role: "group", "aria-label": say(CHOICES), lang }, ...buttons.map(choice)) : null,
    );
  };

  const drawDocument = ({ name, mime, url }) => {
    const plain = [icon(FILE), h("span", {}, name)];
    if (!isOurs(url, origin)) return h("p.file", {}, ...plain);
    const link = h("a.file", { href: url, ...ELSEWHERE }, ...plain);
    if (/jpeg|png|webp/.test(mime)) link.replaceChildren(h("img", { src: url, alt: name, onerror: () => link.replaceChildren(...plain) }));
    return link;
  };

  const under = ({ author, state, sent_at, item }) => {
    const at = hour(sent_at, language());
    if (author !== "debtor") return h("p.under", {}, at);
    const told = say(STATES[state || "sent"]);
    if (state !== "failed") return h("p.under", {}, at + " · " + told);
    const act = (label, does) => button("text", () => does(item), say(label));
    return h("p.under", {}, told + " ", act(RETRY, retry), " ", act(REMOVE, remove));
  };

  return { draw, nameOf };
};

export const isVoice = ({ author }) => author === "bot" || author === "agent";

const sameVoice = (one, other) => one.author === other.author && one.author_name === other.author_name;

const together = (one, other) => sameVoice(one, other) && new Date(other.sent_at) - new Date(one.sent_at) < TOGETHER;
