// What a reader of the widget needs, measured in the page: names, contrast, sizes. Returns what is wrong, in words.
() => {
  const root = document.querySelector("entente-chat").shadowRoot;
  const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
  const parent = (node) => node.parentElement || (node.getRootNode() !== document ? node.getRootNode().host : null);
  const parse = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((part, place) => part * a + under[place] * (1 - a));
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = parent(at)) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] === 0) continue;
      layers.push(colour);
      if (colour.length === 3) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const wrong = [];
  const hold = (right, words) => right || wrong.push(words);
  const show = (node) => `${node.localName}.${node.className} "${node.textContent.trim().slice(0, 30)}"`;

  for (const node of root.querySelectorAll("*")) {
    if (!seen(node) || node.closest("svg")) continue;
    const style = getComputedStyle(node);
    const text = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    const hidden = style.clipPath !== "none";
    if (text && !hidden) {
      const found = ratio(over(parse(style.color), ground(node)), ground(node));
      const large = parseFloat(style.fontSize) >= 24;
      hold(found >= (large ? 3 : 4.5), `${show(node)}: contrast ${found.toFixed(2)}`);
      hold(parseFloat(style.fontSize) >= 12, `${show(node)}: ${style.fontSize}`);
    }
    if (node.matches("button, a, textarea")) {
      hold((node.getAttribute("aria-label") || node.innerText || "").trim() || node.querySelector("img[alt]"), `${show(node)}: no name`);
      const box = node.getBoundingClientRect();
      hold(box.height >= 24 || node.closest(".bubble"), `${show(node)}: ${box.height.toFixed(0)} px high`);
    }
    if (node.matches("textarea, .choice")) {
      const found = ratio(parse(style.borderTopColor), ground(parent(node)));
      hold(found >= 3, `${show(node)}: border ${found.toFixed(2)}`);
    }
    if (node.matches("[role=log], [role=region], [role=group], [role=dialog]"))
      hold(node.getAttribute("aria-label") || root.getElementById(node.getAttribute("aria-labelledby")), `${show(node)}: no name`);
    if (node.matches("img")) hold(node.alt, "an image without words");
  }
  const ids = [...root.querySelectorAll("[id]")].map(({ id }) => id);
  hold(new Set(ids).size === ids.length, "an id twice");
  return wrong;
};
