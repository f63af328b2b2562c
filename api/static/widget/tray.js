// Files chosen, pasted, dropped or photographed: checked, sent at once, shown with their progress until the message leaves.

import { button, CROSS, FILE, h, icon } from "./dom.js";
import { BAD_KIND, NOT_SENT, REMOVE, TOO_BIG, TOO_MANY } from "./labels.js";

const LARGEST = 10 * 1024 * 1024;
const MOST = 10;
const NAMED = /\.(jpe?g|png|webp|hei[cf]|pdf)$/i;
export const KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif,application/pdf";

// `ready`: resolves once there is a session; `complain(label, blanks)`; `changed`: a file has arrived, or was removed.
export const trayOf = ({ say, list, upload, ready, complain, changed, renew }) => {
  let files = [];

  const take = (chosen) => {
    complain();
    for (const file of chosen) {
      if (files.length === MOST) return complain(TOO_MANY);
      if (!KINDS.includes(file.type || "?") && !NAMED.test(file.name)) complain(BAD_KIND, file);
      else if (file.size > LARGEST) complain(TOO_BIG, file);
      else send(file);
    }
  };

  const send = async (file) => {
    const entry = show(file);
    try {
      await ready();
      entry.id = await upload(file, (part) => (entry.bar.style.width = part * 100 + "%"));
    } catch ({ status }) {
      drop(entry);
      complain({ 413: TOO_BIG, 415: BAD_KIND }[status] || NOT_SENT, file);
      if (status === 401) renew();
    }
    changed();
  };

  const show = (file) => {
    const bar = h("i", {});
    const remove = button("bare", () => changed(drop(entry)), icon(CROSS));
    remove.setAttribute("aria-label", say(REMOVE) + " " + file.name);
    const entry = { name: file.name, mime: file.type, bar, row: h("li", {}, icon(FILE), h("span", {}, file.name), remove, bar) };
    list.append(entry.row);
    files.push(entry);
    return entry;
  };

  const drop = (entry) => {
    files = files.filter((other) => other !== entry);
    entry.row.remove();
  };

  // What goes with the message; the tray is empty afterwards.
  const empty = () => {
    const taken = files.map(({ id, name, mime }) => ({ id, name, mime }));
    files.forEach(drop);
    return taken;
  };

  return { take, empty, busy: () => files.some((file) => !file.id) };
};
