/* Larger letters, and letters that are easier to tell apart: this browser remembers it, and nothing is sent.

   A plain script in the head, not a module: what was chosen stands before the page is drawn, so that nothing jumps.
   Without it the buttons stay hidden; the browser's own enlargement works as ever. */
(() => {
  const KEPT = "lezen";
  const root = document.documentElement;
  const chosen = new Set();

  /* A browser may refuse to remember; then a choice holds for this page. */
  function recall() {
    try {
      chosen.clear();
      for (const name of (localStorage.getItem(KEPT) ?? "").match(/groot|ruim/g) ?? []) chosen.add(name);
    } catch {
      /* refused */
    }
    show();
  }
  function keep() {
    try {
      chosen.size ? localStorage.setItem(KEPT, [...chosen].join(" ")) : localStorage.removeItem(KEPT);
    } catch {
      /* refused */
    }
  }
  function show() {
    if (chosen.size) root.dataset.reading = [...chosen].join(" ");
    else delete root.dataset.reading;
    for (const button of document.querySelectorAll("[data-read-with]")) {
      button.setAttribute("aria-pressed", String(chosen.has(button.dataset.readWith)));
      button.closest("[hidden]")?.removeAttribute("hidden");
    }
  }

  recall();
  document.addEventListener("DOMContentLoaded", show);
  // "Back" may bring a page of before the choice.
  addEventListener("pageshow", (event) => event.persisted && recall());
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-read-with]")?.dataset.readWith;
    if (!name) return;
    chosen.delete(name) || chosen.add(name);
    keep();
    show();
  });
})();
