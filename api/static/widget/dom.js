// Elements are made one by one; text only ever enters as text nodes.

// `tag`: "p", or with its classes "p.note".
export const h = (tag, attributes, ...children) => {
  const [name, ...kinds] = tag.split(".");
  const node = document.createElement(name);
  node.className = kinds.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node[name] = value;
    else if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
};

export const button = (kind, onclick, ...children) => h("button." + kind, { type: "button", onclick }, ...children);

export const TALK = "M4 5.5h16v10.5h-8l-4.5 4v-4H4zM8.5 9.5h7M8.5 12.5h4.5";
export const CROSS = "M6 6l12 12M18 6L6 18";
export const CLIP = "M19 11.5l-7.4 7.3a4.6 4.6 0 0 1-6.5-6.5l7.8-7.7a3 3 0 0 1 4.3 4.3l-7.6 7.5a1.5 1.5 0 0 1-2.1-2.1l6.6-6.6";
export const CAMERA = "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z";
export const UP = "M12 19V5M5.5 11.5L12 5l6.5 6.5";
export const FILE = "M7 3.5h7l4 4v13H7zM14 3.5v4h4";

export const icon = (shape) => {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shape);
  svg.append(path);
  return svg;
};

// Resolves after the time, or as soon as its `wake` is called.
export const nap = (milliseconds) => {
  let wake;
  const over = new Promise((done) => setTimeout((wake = done), milliseconds));
  over.wake = wake;
  return over;
};

const LONGEST_WAIT = 15000;

export const backOff = (tries) => Math.min(LONGEST_WAIT, 500 * 2 ** tries) * (0.7 + Math.random() * 0.6);
