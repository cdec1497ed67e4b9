/* The page of the map: the one to move about in weighs more, so it comes when somebody asks. */

for (const button of document.querySelectorAll("[data-map-start]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = document.querySelector("[data-map]");
    const { LiveMap } = await import(box.dataset.script);
    button.hidden = true;
    await new LiveMap(box).open();
    box.scrollIntoView({ block: "nearest" });
  });
}
