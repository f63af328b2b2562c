// The window of the conversation: its parts, their names in both languages, keyboard, files dropped or pasted, phone screens.

import { button, CAMERA, CLIP, CROSS, h, icon, TALK, UP } from "./dom.js";
import * as label from "./labels.js";
import { KINDS } from "./tray.js";

const PHONE = "(max-width: 480px)";
const TOUCH = "(pointer: coarse)";
const NEAR = 60; // pixels from the end that still count as reading the end
const TALLEST = 132;

// `say(label, blanks)`; `privacy`: the address of a page, if any; the rest is what the visitor does.
export const panelIn = ({ root, say, privacy, open, close, submit, take, erase }) => {
  const names = [];
  const called = (node, words) => (names.push([node, words, "aria-label"]), node);
  const wording = (node, words) => (names.push([node, words]), node);
  const act = (words, onclick) => wording(button("text", onclick), words);
  const tool = (kind, words, shape, onclick) => called(button(kind, onclick, icon(shape)), words);
  let cameFrom;
  let near = true;
  let reached = 0;

  const badge = h("b.badge", { hidden: "" });
  const launcher = button("launcher", open, icon(TALK), wording(h("span", {}), label.LAUNCH), badge);
  const title = h("h2", { id: "title" });
  const status = h("p", { role: "status" });
  const head = h("header", {}, h("span.face", {}, icon(TALK)), h("div", {}, title, status), tool("bare", label.CLOSE, CROSS, close));

  const log = called(h("div", { role: "log" }), label.TALK);
  const starters = called(h("div.choices", { role: "group" }), label.CHOICES);
  const dots = h("div.typing", { role: "status", hidden: "" });
  const scroll = called(h("div.scroll", { role: "region", tabindex: 0 }, log, starters, dots), label.TALK);
  const newer = wording(button("newer"), label.NEWER);
  const notice = h("p.notice", { role: "status" });

  const picker = (more) => {
    const input = h("input", { type: "file", hidden: "", ...more });
    input.onchange = () => {
      take([...input.files]);
      input.value = "";
      focus();
    };
    return input;
  };
  const any = picker({ accept: KINDS, multiple: "" });
  const photo = picker({ accept: "image/*", capture: "environment" });
  const files = h("ul", {});
  const error = h("p.error", { role: "alert" });
  const words = called(h("textarea", { rows: 1, enterkeyhint: "send", autocomplete: "off" }), label.WRITE);
  const form = h(
    "div.compose",
    {},
    files,
    error,
    h(
      "div.write",
      {},
      tool("bare", label.ATTACH, CLIP, () => any.click()),
      tool("bare.camera", label.CAMERA, CAMERA, () => photo.click()),
      words,
      tool("send", label.SEND, UP, submit),
      any,
      photo,
    ),
  );

  const sure = (asked) => {
    [usual.hidden, confirm.hidden] = [asked, !asked];
    (asked ? no : wipe).focus();
  };
  const wipe = act(label.ERASE, () => sure(true));
  const no = act(label.NO, () => sure(false));
  const yes = act(label.YES, () => erase(sure(false)));
  const page = privacy && wording(h("a", { href: privacy, target: "_blank", rel: "noopener" }), label.PRIVACY);
  const usual = h("p", {}, wording(h("span", {}), label.SAFETY), " ", page, page && " · ", wipe);
  const confirm = h("p", { hidden: "" }, wording(h("span", {}), label.ERASE_ASK), " ", yes, " ", no);

  const target = wording(h("div.drop", { hidden: "" }), label.DROP);
  const middle = h("div.middle", {}, scroll, newer);
  const foot = h("footer", {}, usual, confirm);
  const frame = h("section", { role: "dialog", "aria-labelledby": "title", tabindex: -1, hidden: "" }, head, middle, notice, form, foot, target);

  const show = () => {
    cameFrom = document.activeElement;
    [frame.hidden, launcher.hidden] = [false, true];
    toEnd();
  };

  // On a phone the keyboard would hide half of the conversation: it comes up when the visitor wants to write.
  const focus = () => (matchMedia(TOUCH).matches ? frame : words).focus();

  const hide = () => {
    [frame.hidden, launcher.hidden] = [true, false];
    launcher.focus();
    cameFrom?.focus(); // does nothing where it was the launcher, or is gone
  };

  const rename = (language) => {
    frame.lang = launcher.lang = language;
    for (const [node, words, attribute] of names) attribute ? node.setAttribute(attribute, say(words)) : (node.textContent = say(words));
    words.placeholder = say(label.WRITE);
  };

  const type = (name) => {
    dots.hidden = !name;
    dots.replaceChildren(...(name ? [h("i", {}), h("i", {}), h("i", {}), h("span.unseen", {}, say(label.TYPING, { name }))] : []));
    if (near) toEnd();
  };

  const grow = () => {
    words.style.height = "auto";
    words.style.height = Math.min(words.scrollHeight, TALLEST) + "px";
  };

  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
    newer.hidden = near = true;
  };

  // After something was drawn: the end stays in sight of whoever was reading the end.
  const settle = (grown) => {
    if (near) toEnd();
    else if (grown) newer.hidden = false;
  };

  // On a phone the window covers the page: Tab goes round inside it.
  const turn = (event) => {
    const stops = [...frame.querySelectorAll("button,a,textarea,.scroll")].filter((stop) => stop.getClientRects().length);
    const ends = [stops[0], stops.pop()];
    const [from, to] = event.shiftKey ? ends : ends.reverse();
    if (event.target !== from) return;
    event.preventDefault();
    to.focus();
  };

  newer.onclick = toEnd;
  words.oninput = grow;
  scroll.onscroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = scroll;
    // Only going up leaves the end: a picture that arrives late also moves it, and is followed.
    near = scrollHeight - scrollTop - clientHeight < NEAR || (near && scrollTop >= reached);
    reached = scrollTop;
    if (near) newer.hidden = true;
  };
  frame.onkeydown = (event) => {
    const { key, shiftKey, isComposing, target } = event;
    if (key === "Tab" && matchMedia(PHONE).matches) return turn(event);
    if (key === "Escape") close();
    else if (key === "Enter" && target === words && !shiftKey && !isComposing) submit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  frame.onpaste = (event) => {
    const pasted = [...event.clipboardData.files];
    if (!pasted.length || event.clipboardData.getData("text")) return; // a page of Word brings its own picture
    event.preventDefault();
    take(pasted);
  };
  frame.ondragover = frame.ondragleave = frame.ondrop = (event) => {
    const { type, dataTransfer } = event;
    if (!dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    target.hidden = type === "drop" || (type === "dragleave" && !frame.contains(event.relatedTarget));
    if (type === "drop") take([...dataTransfer.files]);
  };
  const view = window.visualViewport;
  const fit = () => {
    if (view.scale > 1.05) return; // zoomed in by hand: left as it is
    frame.style.setProperty("--view", view.height + "px");
    frame.style.setProperty("--top", view.offsetTop + "px");
  };
  if (view) for (const moved of ["resize", "scroll"]) view.addEventListener(moved, fit);
  const sized = new ResizeObserver(() => settle());
  sized.observe(log);
  sized.observe(scroll);

  root.append(launcher, frame);
  return { badge, launcher, title, status, log, starters, notice, files, error, words, show, focus, hide, rename, type, grow, toEnd, settle };
};
