// What the browser adds to pages that already work without it.

// After a form with faults: bring the reader to the list of what to mend.
document.querySelector("[data-error-summary]")?.focus();

// Buttons that only make sense with a script stay hidden until it is there.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// Sharing begins a mail; a phone that can, offers all its own ways.
for (const link of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    navigator.share({ title: document.title, url: link.dataset.share }).catch(() => {});
  });
}

// A slow line invites a second press: a form that changes something is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if ("sent" in form.dataset) event.preventDefault();
  form.dataset.sent = "";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What was read stays readable without signal (/sw.js).
addEventListener("load", () => navigator.serviceWorker?.register("/sw.js").catch(() => {}));
