// <entente-chat creditor="..." language="fr">: nothing is asked of the server, nor kept in the browser, before it is opened.

import { button, h } from "./dom.js";
import * as label from "./labels.js";
import { lineOf } from "./line.js";
import { keep, kept } from "./memory.js";
import { outboxOf } from "./outbox.js";
import { panelIn } from "./panel.js";
import SCREENS from "./screens.css";
import STYLE from "./style.css";
import { isVoice, talkIn } from "./talk.js";
import { trayOf } from "./tray.js";
import { wireTo } from "./wire.js";

const LONGEST = 20000;
const TYPING_LASTS = 30000;
const UNHEARD = 4000; // a message was accepted and the stream has not shown it: look

const chatIn = (element, root) => {
  const given = (name) => element.getAttribute(name);
  const place = ["entente", given("creditor"), (given("token") || "").slice(-12)].join(":");
  const base = new URL(given("api") || "widget/", import.meta.url).href;
  const origin = new URL(base).origin;
  let language = firstOurs([given("language"), element.closest("[lang]")?.lang, ...navigator.languages]);
  let said, keys, mode, ready, isReady; // see forget
  let token, earlier, shown, seen, expired, awaited, timer, agent, count;

  const inLanguage = (words) => words[label.LANGUAGES.indexOf(language)];
  const say = (words, blanks) => inLanguage(words).replace(/\{(\w+)\}/g, (_, name) => blanks[name]);

  const forget = () => {
    token = null; // given by the server
    said = new Map();
    keys = new Map(); // a message of one's own keeps its place on the page when the server gives it back
    mode = "bot";
    ready = new Promise((done) => (isReady = done));
  };

  const open = () => {
    panel.show();
    shown = true;
    draw();
    line.run();
    panel.focus();
  };

  const close = () => {
    shown = false;
    panel.hide();
    draw();
  };

  const resume = () => {
    const memory = kept(place);
    if (!memory) return;
    ({ earlier, seen, shown } = memory);
    outbox.fill(memory.waiting);
    if (shown) panel.show();
    line.run();
  };

  const erase = () => {
    outbox.fill([]);
    tray.empty();
    panel.words.value = "";
    earlier = seen = expired = null;
    forget();
    line.again(false);
    close();
    keep(place, null);
  };

  // The session is gone: a new one is opened, and what was still on its way is sent there.
  const renew = () => {
    expired = true;
    earlier = seen = null;
    forget();
    line.again();
  };

  const opened = (session) => {
    token = earlier = session.session_token;
    mode = session.mode;
    for (const message of session.messages) said.set(message.id, message);
    isReady();
    outbox.hurry();
  };

  const hear = (event, data) => {
    if (event === "typing") return typing(data.author);
    if (event === "mode") mode = data.mode;
    else if (!said.has(data.id)) add(data);
    draw();
  };

  const add = (message) => {
    said.set(message.id, message);
    if (message.author !== "debtor") return typing();
    // The answer to one's own message may still be on its way: until it comes, this is taken to be that message.
    const own = outbox.list().find((item) => item.message === message.id || (item.tried && !item.message && !item.taken));
    if (!own) return;
    own.taken = message.id;
    keys.set(message.id, own.id);
    if (own.message) outbox.remove(own);
  };

  const sent = (item) => {
    if (item.taken !== item.message) keys.delete(item.taken);
    item.taken = null;
    const heard = () => said.has(item.message);
    if (heard()) {
      keys.set(item.message, item.id);
      outbox.remove(item);
    } else setTimeout(() => heard() || !token || line.catchUp().catch(line.again), UNHEARD);
  };

  const typing = (author) => {
    clearTimeout(timer);
    panel.type(author && talk.nameOf({ author, author_name: agent }));
    if (author) timer = setTimeout(typing, TYPING_LASTS);
  };

  const submit = () => {
    const { words } = panel;
    const text = words.value.trim();
    awaited = tray.busy(); // a document is still going up: the message follows it
    if (awaited) return;
    if (text.length > LONGEST) return complain(label.TOO_LONG);
    const attachments = tray.empty();
    if (!text && !attachments.length) return;
    words.value = "";
    panel.grow();
    send({ text, attachments });
  };

  const send = (message) => {
    complain();
    panel.toEnd();
    outbox.add({ language, ...message });
    line.hurry();
    panel.focus();
  };

  const complain = (words, blanks) => {
    if (words) awaited = false;
    panel.error.textContent = words ? say(words, blanks) : "";
  };

  const draw = () => {
    const past = [...said.values()];
    const speaker = past.filter(isVoice).pop() || {};
    agent = speaker.author === "agent" ? speaker.author_name : "";
    if (speaker.language !== language && label.LANGUAGES.includes(speaker.language)) panel.rename((language = speaker.language));
    const waiting = outbox.list().filter((item) => !item.taken);
    const all = [...past.map((message) => ({ ...message, key: keys.get(message.id) || message.id })), ...waiting.map(asMessage)];
    talk.draw(all, expired && say(label.EXPIRED), mode === "closed" && say(label.CLOSED));
    offer(all);
    head(speaker);
    tellUnread(past);
    panel.settle(count !== past.length);
    count = past.length;
    if (earlier || waiting.length) {
      keep(place, { earlier, seen, shown, waiting: outbox.list().filter(({ state }) => state !== "sent") });
    }
  };

  const offer = (all) => {
    const { starters } = panel;
    starters.hidden = !all.length || all.some(({ author, buttons }) => author === "debtor" || buttons.length);
    if (starters.lang === language) return;
    starters.lang = language;
    const start = (text) => button("choice", () => send({ text }), text);
    starters.replaceChildren(...inLanguage(label.STARTERS).map(start));
  };

  const head = (speaker) => {
    const human = agent ? label.AGENT_HERE : label.AWAITED;
    const status = say(mode === "human" ? human : label.BOT_HERE, { name: talk.nameOf(speaker) });
    panel.title.textContent = given("name") || say(label.TITLE);
    if (panel.status.textContent !== status) panel.status.textContent = status;
  };

  const tellUnread = (past) => {
    const ids = [...said.keys()];
    if (shown && ids.length) seen = ids[ids.length - 1];
    const unread = seen ? past.slice(ids.indexOf(seen) + 1).filter(({ author }) => author !== "debtor").length : 0;
    panel.badge.hidden = !unread;
    panel.badge.textContent = unread || "";
    panel.launcher.setAttribute("aria-label", say(label.LAUNCH_FOR) + (unread ? `. ${say(label.NEWER)}: ${unread}` : ""));
  };

  const held = () => token;
  const { call, upload, listen } = wireTo(base, held);
  const panel = panelIn({ root, say, privacy: given("privacy"), open, close, submit, erase, take: (files) => tray.take(files) });
  const outbox = outboxOf({ call, token: held, changed: () => draw(), sent, renew });
  const press = ({ title, payload }) => send({ text: title, payload });
  const talk = talkIn({ log: panel.log, origin, say, language: () => language, press, retry: outbox.retry, remove: outbox.remove });
  const changed = () => awaited && submit();
  const tray = trayOf({ say, list: panel.files, upload, ready: () => ready, complain, changed, renew });
  const asks = () => ({ creditor: given("creditor"), language, token: earlier || (expired ? null : given("token")) });
  const after = () => [...said.keys()].pop();
  const trouble = (words) => (panel.notice.textContent = words ? say(words) : "");
  const line = lineOf({ call, listen, token: held, asks, after, opened, hear, trouble, renew });

  addEventListener("offline", () => line.again());
  addEventListener("online", outbox.hurry);
  addEventListener("online", line.hurry);
  document.addEventListener("visibilitychange", line.hurry);
  // Any link or button of the page may open the conversation: <a data-entente-open href="...">.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-entente-open]")) return;
    event.preventDefault();
    open();
  });

  forget();
  panel.rename(language);
  draw();
  resume();
  return { open, close, stop: () => line.again(false), goOn: () => shown && line.run() };
};

const firstOurs = (tags) => tags.map((tag) => (tag || "").slice(0, 2)).find((tag) => label.LANGUAGES.includes(tag)) || "fr";

const asMessage = (item) => ({ ...item, key: item.id, author: "debtor", author_name: "", item });

// A sheet made here obeys a strict content policy of the page; older browsers take the element.
const dress = (root) => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE + SCREENS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(h("style", {}, STYLE + SCREENS));
  }
};

customElements.get("entente-chat") ||
  customElements.define(
    "entente-chat",
    class extends HTMLElement {
      connectedCallback() {
        if (this.shadowRoot) return this.goOn();
        const root = this.attachShadow({ mode: "open" });
        dress(root);
        Object.assign(this, chatIn(this, root));
      }

      disconnectedCallback() {
        this.stop();
      }
    },
  );
