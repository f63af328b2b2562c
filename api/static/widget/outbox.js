// Messages on their way out: one at a time, in order, each with its own number so that a second try is never a second message.

import { backOff, nap } from "./dom.js";

// `changed`: something to draw and to keep; `sent(item)`: the server has it; `renew`: the session is gone.
export const outboxOf = ({ call, token, changed, sent, renew }) => {
  let items = [];
  let busy, rest;

  const add = (message) => {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    items.push({ id, sent_at: new Date().toISOString(), state: "sending", attachments: [], buttons: [], ...message });
    hurry();
  };

  const retry = (item) => {
    item.state = "sending";
    hurry();
  };

  const remove = (item) => {
    items = items.filter((other) => other !== item);
    changed();
  };

  const hurry = () => {
    changed();
    rest?.wake();
    flush();
  };

  const flush = async () => {
    if (busy) return;
    busy = true;
    let tries = 0;
    for (let item; token() && (item = items.find(({ state }) => state === "sending" || state === "waiting")); changed()) {
      try {
        item.tried = true;
        item.message = (await call("messages", asBody(item))).message_id;
        item.state = "sent";
        tries = 0;
        sent(item);
      } catch (error) {
        if (error.status === 401) renew();
        else if (error.final) item.state = "failed";
        else {
          item.state = "waiting";
          changed();
          await (rest = nap(error.after * 1000 || backOff(tries++)));
        }
      }
    }
    busy = false;
  };

  const list = () => items;
  const fill = (kept) => (items = kept);
  return { add, retry, remove, hurry, list, fill };
};

const asBody = ({ id, text, payload, attachments }) => ({
  client_message_id: id,
  text,
  payload,
  attachment_ids: attachments.map((attachment) => attachment.id),
});
