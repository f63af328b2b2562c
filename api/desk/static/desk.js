// What the pages cannot do by themselves: keys, drafts, the scroll, the theme, and whether the line to the service holds.

const $ = (selector) => document.querySelector(selector);
const workspace = () => $("#workspace");
const composer = () => $("#composer");
const text = () => $("#text");
const transcript = () => $("#transcript");

// ---- keys ----

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  t: () => $("#take")?.click(),
  r: () => write("reply"),
  n: () => write("note"),
  c: () => toggleCase(),
  "/": () => $("#find")?.focus(),
  "?": () => $("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === text()) {
    event.preventDefault();
    composer().requestSubmit();
  } else if (event.key === "Escape") {
    leave(field);
  } else if (!field && !event.ctrlKey && !event.metaKey && !event.altKey && !$("dialog[open]") && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

function step(by) {
  const rows = [...document.querySelectorAll(".row")];
  if (!rows.length) return;
  const focused = rows.indexOf(document.activeElement);
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function write(kind) {
  const radio = composer()?.querySelector(`[name=kind][value=${kind}]`);
  if (!radio) return;
  radio.checked = true;
  nameTheField();
  text().focus();
}

function leave(field) {
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  if (field) field.blur();
  else workspace()?.classList.remove("with-case");
}

// ---- the pane of the case, menus, dialogs, the theme ----

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-case]")) toggleCase();
  if (on("[data-opens]")) $(`#${on("[data-opens]").dataset.opens}`)?.showModal();
  if (on("[data-shuts]")) $(`#${on("[data-shuts]").dataset.shuts}`)?.close();
  if (on("[data-theme-toggle]")) turnTheme();
  if (on("#to-bottom")) toBottom();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || on(".menu-item")) menu.open = false;
  }
});

document.addEventListener("submit", (event) => {
  const sheet = event.target.dataset.closes;
  if (sheet) $(`#${sheet}`)?.close();
});

function toggleCase() {
  const open = workspace()?.classList.toggle("with-case");
  if (open) $("#case .quiet")?.focus();
}

function turnTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  post("/desk/theme", new URLSearchParams({ to: root.dataset.theme }));
}

function post(address, body) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  return fetch(address, { method: "POST", body, headers }).catch(() => {});
}

// ---- writing: nothing typed is lost ----

const draftKey = () => `draft:${workspace()?.dataset.conversation}`;

document.addEventListener("input", (event) => {
  if (event.target !== text()) return;
  sessionStorage.setItem(draftKey(), event.target.value);
  sayTyping();
});

document.addEventListener("change", (event) => {
  if (event.target.name === "kind") nameTheField();
});

let lastTyping = 0;

function sayTyping() {
  const writes = composer().querySelector("[name=kind]:checked").value === "reply" && $(".head-state.mine");
  if (!writes || Date.now() - lastTyping < 3000) return;
  lastTyping = Date.now();
  post(composer().dataset.typing);
}

function nameTheField() {
  const kind = composer().querySelector("[name=kind]:checked").value;
  text().placeholder = text().dataset[kind];
}

document.body.addEventListener("desk:written", () => {
  text().value = "";
  sessionStorage.removeItem(draftKey());
  toBottom();
});

// ---- a conversation opens, or is looked at again ----

let wasAtBottom = true;
let messages = 0;

function opened() {
  const open = workspace()?.dataset.conversation;
  $(".panes")?.setAttribute("data-open", open ? "talk" : "line");
  markCurrent();
  if (!open) return;
  text().value = sessionStorage.getItem(draftKey()) ?? "";
  nameTheField();
  messages = countMessages();
  transcript().addEventListener("scroll", () => {
    wasAtBottom = atBottom();
    if (wasAtBottom) $("#to-bottom").hidden = true;
  });
  toBottom();
  // The last words stay in sight when the field below grows.
  new ResizeObserver(() => wasAtBottom && toBottom()).observe(transcript());
  countInTitle();
}

function markCurrent() {
  for (const row of document.querySelectorAll(".rows .row")) {
    if (new URL(row.href).pathname === location.pathname) row.setAttribute("aria-current", "page");
    else row.removeAttribute("aria-current");
  }
}

const countMessages = () => transcript()?.querySelectorAll(".said").length ?? 0;
const atBottom = () => transcript().scrollHeight - transcript().scrollTop - transcript().clientHeight < 80;

function toBottom() {
  if (!transcript()) return;
  wasAtBottom = true;
  transcript().scrollTop = transcript().scrollHeight;
  $("#to-bottom").hidden = true;
}

// A picture that arrives late must not push the last words out of sight.
document.addEventListener("load", (event) => {
  if (event.target.tagName === "IMG" && transcript()?.contains(event.target) && wasAtBottom) toBottom();
}, true);

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target === transcript()) wasAtBottom = atBottom();
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target;
  if (target.id === "workspace") return;
  if (target === transcript()) {
    const more = countMessages() > messages;
    messages = countMessages();
    if (wasAtBottom) toBottom();
    else if (more) $("#to-bottom").hidden = false;
  }
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.elt?.id ?? event.detail.target?.id;
  if (id === "workspace") opened();
  if (id === "line") {
    markCurrent();
    countInTitle();
  }
});

document.body.addEventListener("htmx:pushedIntoHistory", markCurrent);

function countInTitle() {
  const waiting = Number($("#line")?.dataset.waiting ?? 0);
  const name = workspace()?.dataset.title;
  const title = name ? `${name} · Entente` : document.title.replace(/^\(\d+\) /, "");
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

// ---- the line to the service ----

const live = (on) => {
  const sign = $("#live");
  if (!sign) return;
  sign.classList.toggle("off", !on);
  sign.lastElementChild.textContent = on ? sign.dataset.on : sign.dataset.off;
};

document.body.addEventListener("htmx:sseOpen", () => {
  live(true);
  // What happened before the line was open, or while it was cut, is asked for now.
  htmx.trigger(document.body, "desk:changed");
});
document.body.addEventListener("htmx:sseError", () => live(false));
document.body.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline));
document.body.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401) toast(document.body.dataset.offline);
});

function toast(words) {
  if ([...$("#toasts").children].some((one) => one.textContent === words)) return;
  const one = document.createElement("p");
  one.className = "toast";
  one.textContent = words;
  $("#toasts").append(one);
  setTimeout(() => one.remove(), 6000);
}

opened();
