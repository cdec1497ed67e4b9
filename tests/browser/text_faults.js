/* What a reader loses on this page as it stands: text that is cut off, lies over other text, or is beyond the edge.

   Rectangles of the text itself are compared, not of boxes: what is seen is what counts. */
() => {
  const words = (node) => node.textContent.trim().slice(0, 40);
  const unseen = "svg, script, style, noscript, option, template, .skip-link, .leaflet-pane";
  const style = new Map();
  const styleOf = (element) => style.get(element) ?? style.set(element, getComputedStyle(element)).get(element);
  const up = function* (element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) yield one;
  };
  const forEarsOnly = (element) => [...up(element)].some((one) => styleOf(one).clipPath === "inset(50%)");
  const seen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
    !element.closest(unseen) && !forEarsOnly(element);
  const scrolls = (element) => [...up(element)].some((one) => ["auto", "scroll"].includes(styleOf(one).overflowX));

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) texts.push({ node, element, box });
  }

  const faults = new Set();
  const edge = document.documentElement.clientWidth;
  for (const { node, element, box } of texts) {
    if ((box.right > edge + 1 || box.left < -1) && !scrolls(element)) faults.add(`beyond the edge: ${words(node)}`);
    for (const one of up(element)) {
      const { overflowX, overflowY } = styleOf(one);
      const around = one.getBoundingClientRect();
      const cut = (axis, over) => ["hidden", "clip"].includes(axis) && over;
      if (cut(overflowX, box.right > around.right + 2 || box.left < around.left - 2)) faults.add(`cut off: ${words(node)}`);
      if (cut(overflowY, box.bottom > around.bottom + 4 || box.top < around.top - 4)) faults.add(`cut off: ${words(node)}`);
    }
  }
  for (const [at, one] of texts.entries()) {
    for (const other of texts.slice(at + 1)) {
      if (one.node === other.node) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines of one paragraph may touch: the box of a letter is higher than its line.
      if (wide > 3 && high > 0.35 * Math.min(one.box.height, other.box.height)) faults.add(`over each other: ${words(one.node)} | ${words(other.node)}`);
    }
  }
  return [...faults].slice(0, 6);
}
