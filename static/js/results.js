/* The results while somebody chooses: each choice answers at once, and the address keeps up.

   Without this file the form sends itself when its button is pressed. */

const TEXT = new Set(["search", "text"]);
const WAIT_MS = 250;
const SLOW_MS = 6000;
const GIVE_UP_MS = 30000;
const RESULTS = "resultaten";

const form = document.querySelector("#zoeken");
const results = document.getElementById(RESULTS);
const slow = document.querySelector("[data-results-slow]");
let timer;
let waiting;

if (window.htmx) {
  htmx.config.timeout = GIVE_UP_MS;
  // "Back" loads the page of that address anew: its choices and its cards always belong together.
  htmx.config.refreshOnHistoryMiss = true;
}

// What was left open does not stand in the address.
form.addEventListener("formdata", (event) => {
  for (const name of new Set(event.formData.keys())) {
    const values = event.formData.getAll(name).filter(Boolean);
    event.formData.delete(name);
    for (const value of values) event.formData.append(name, value);
  }
});

/* A choice is an answer; words and places wait for Enter, the button or a suggestion. */
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!window.htmx || field.form !== form || TEXT.has(field.type)) return;
  clearTimeout(timer);
  timer = setTimeout(() => form.requestSubmit(), WAIT_MS);
});

document.addEventListener("htmx:beforeRequest", () => {
  results.setAttribute("aria-busy", "true");
  clearTimeout(waiting);
  waiting = setTimeout(() => (slow.hidden = false), SLOW_MS);
});
document.addEventListener("htmx:afterRequest", (event) => {
  results.removeAttribute("aria-busy");
  clearTimeout(waiting);
  slow.hidden = event.detail.successful;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  // What went wrong on our side is said in the page, and the cards of before stay.
  if (event.detail.xhr.status >= 400) event.detail.shouldSwap = false;
});
slow.querySelector("[data-results-again]").addEventListener("click", (event) => {
  if (!window.htmx) return;
  event.preventDefault();
  slow.hidden = true;
  form.requestSubmit();
});

/* On a wide screen the map opens beside the list; on a phone it has a page of its own. */
const box = document.querySelector("[data-map]");
let map;
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-map-open]");
  if (!link || !matchMedia("(min-width: 60rem)").matches) return;
  event.preventDefault();
  if (map) return closeMap();
  document.querySelector("[data-results]").classList.add("has-map");
  const { LiveMap } = await import(box.dataset.script);
  box.dataset.map = link.dataset.points;
  map = new LiveMap(box);
  sayMap();
  return map.open();
});
function closeMap() {
  map.close();
  map = undefined;
  document.querySelector("[data-results]").classList.remove("has-map");
  sayMap();
}
function sayMap() {
  const link = document.querySelector("[data-map-open]");
  const words = link?.querySelector("span");
  if (!words) return;
  link.dataset.mapWords ??= words.textContent;
  words.textContent = map ? link.dataset.mapClose : link.dataset.mapWords;
}
document.addEventListener("htmx:afterSwap", () => {
  sayMap();
  map?.refresh(document.querySelector("[data-map-open]")?.dataset.points);
  tellOfNothing();
});

/* Words for which nothing was found are counted: what to add is learnt from them. */
function tellOfNothing() {
  const nothing = document.querySelector("[data-nothing]");
  if (nothing) navigator.sendBeacon?.(nothing.dataset.nothing, new FormData(document.querySelector(".heard")));
}
tellOfNothing();

/* A month or day that is half typed never holds up the search: it goes without, and the field says what is missing. */
function sayHalf() {
  for (const note of form.querySelectorAll("[data-half]")) {
    const fields = [...note.parentElement.querySelectorAll("input")];
    const half = fields.filter((field) => field.validity.badInput);
    for (const field of fields) {
      field.ariaInvalid = half.includes(field) ? "true" : null;
      if (half.includes(field)) field.setAttribute("aria-describedby", note.id);
    }
    if (half.length) note.hidden = false;
    else if (!fields.some((field) => field.type === "text")) note.hidden = true;
  }
}
form.addEventListener("focusout", sayHalf);
form.addEventListener("submit", sayHalf);
document.addEventListener("htmx:afterSwap", sayHalf);

/* One field for a birth month a child. */
for (const group of document.querySelectorAll("[data-children]")) {
  const more = group.querySelector("[data-child-more]");
  more.hidden = false;
  more.addEventListener("click", () => {
    const fields = group.querySelectorAll("input");
    const next = fields[0].cloneNode();
    next.value = "";
    next.setAttribute("aria-label", group.dataset.children.replace("#", fields.length + 1));
    more.before(next);
    next.focus();
  });
}

/* The place of the phone, only when somebody asks; rounded to about a kilometre, and kept nowhere. */
const place = form.querySelector("[data-place-field] input");
for (const button of document.querySelectorAll("[data-near]")) {
  if (!navigator.geolocation) continue;
  const status = document.querySelector("[data-near-status]");
  const say = (text) => (status.textContent = text);
  const failed = () => say(status.dataset.unknown);
  button.hidden = false;
  button.addEventListener("click", () => {
    say(status.dataset.looking);
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        try {
          const asked = new URLSearchParams({ lat: coords.latitude.toFixed(2), lon: coords.longitude.toFixed(2) });
          const answer = await fetch(`${button.dataset.near}?${asked}`);
          const found = await answer.json();
          if (!answer.ok) return say(found.error);
          say("");
          place.value = found.label;
          place.dispatchEvent(new CustomEvent("place:found", { detail: found, bubbles: true }));
        } catch {
          failed();
        }
        return undefined;
      },
      failed,
      { maximumAge: 300000, timeout: 15000 },
    );
  });
}
