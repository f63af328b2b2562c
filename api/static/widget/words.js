// A message's text as nodes: new lines kept, addresses of our own site as links, emergency numbers to tap, all else plain.

import { h } from "./dom.js";

const MARKED = /(https?:\/\/[^\s<>"]+)|\b((?:au|le|al|el) )(3114|112|024)(?![\d€]|[\s.,]+\d|\s€)/gi;
const SHORT = 38;
export const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer" };

export const asNodes = (written, origin) => {
  const text = written.replace(/ (?=[:;!?»€%])/g, "\u00a0"); // these never begin a line
  const nodes = [];
  let from = 0;
  for (const { 0: all, 1: address, 3: number, index } of text.matchAll(MARKED)) {
    const marked = number || address.replace(/[.,;:!?)\]»”']+$/, "");
    // Anybody could write the address of another site into a message: those stay plain text.
    if (!number && !isOurs(marked, origin)) continue;
    const start = index + (number ? all.length - number.length : 0);
    nodes.push(text.slice(from, start), number ? h("a", { href: "tel:" + number }, number) : linkTo(marked));
    from = start + marked.length;
  }
  return [...nodes, text.slice(from)];
};

const linkTo = (address) => {
  const bare = address.replace(/^https?:\/\//, "");
  return h("a", { href: address, ...ELSEWHERE }, bare.length > SHORT ? bare.slice(0, SHORT) + "…" : bare);
};

export const isOurs = (address, origin) => {
  try {
    return new URL(address).origin === origin;
  } catch {}
};

const format = (moment, language, parts) => new Intl.DateTimeFormat(language, parts).format(new Date(moment));

export const dayOf = (moment) => new Date(moment).toDateString();

export const dayName = (moment, language) => {
  const ago = Math.round((new Date(dayOf(moment)) - new Date(dayOf(Date.now()))) / 864e5);
  const name =
    ago === 0 || ago === -1
      ? new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(ago, "day")
      : format(moment, language, { weekday: "long", day: "numeric", month: "long" });
  return name[0].toUpperCase() + name.slice(1);
};

export const hour = (moment, language) => format(moment, language, { hour: "2-digit", minute: "2-digit" });
