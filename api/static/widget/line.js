// The line to the server: opens or takes up the session, listens, and comes back after every interruption from where it was.

import { backOff, nap } from "./dom.js";
import { LOST, OFFLINE, UNAVAILABLE } from "./labels.js";

const STEADY = 10000; // a stream that has lasted this long was no failure

// `asks`: what a session is opened with; `after`: the last message held; `opened`, `hear`, `trouble(label)`.
export const lineOf = ({ call, listen, token, asks, after, opened, hear, trouble, renew }) => {
  let running, wanted, rest;
  let stream = new AbortController();

  const run = async () => {
    wanted = true;
    if (running) return hurry();
    running = true;
    for (let tries = 0; wanted; tries++) {
      let since = Infinity;
      const listening = () => {
        since = Date.now();
        trouble();
      };
      try {
        await (token() ? catchUp() : begin());
        if (!wanted) break;
        await listen(after(), (stream = new AbortController()), listening, hear);
      } catch (error) {
        if (error.status === 401) renew();
        else if (error.final && !token()) {
          trouble(UNAVAILABLE);
          break;
        }
      }
      if (!wanted) break;
      if (Date.now() - since > STEADY) tries = 0;
      if (tries || !navigator.onLine) trouble(navigator.onLine ? LOST : OFFLINE);
      await (rest = nap(backOff(tries)));
    }
    running = false;
  };

  const hurry = () => rest?.wake();

  // Hangs up; the loop takes the line up again, unless it was told to stop.
  const again = (goOn = true) => {
    wanted = wanted && goOn;
    stream.abort();
    hurry();
  };

  const begin = async () => {
    const session = await call("sessions", asks());
    if (wanted) opened(session);
  };

  const catchUp = async () => {
    const last = after();
    const { messages, mode } = await call("messages" + (last ? "?after=" + last : ""));
    for (const message of messages) hear("message", message);
    hear("mode", { mode });
  };

  return { run, hurry, again, catchUp };
};
