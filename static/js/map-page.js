/* The page of the map opens it at once. */

for (const box of document.querySelectorAll("[data-map]")) {
  const { LiveMap } = await import(box.dataset.script);
  new LiveMap(box).open();
}
