/* Stars: offers to find back. Without an account this browser keeps them; with one the account does.

   Without this file there are no stars for who has no account, and a form for who has one. */

const KEPT = "bewaard";
const SENT = "bewaard.overgenomen";
const MOST = 60;
const SLUG = /^[-\w]{1,120}$/;
const STAR = "M12 3.4l2.5 5.8 6.3.6-4.7 4.2 1.4 6.2-5.5-3.2-5.5 3.2 1.4-6.2-4.7-4.2 6.3-.6z";

/* A browser may refuse to keep anything; then the stars do nothing, and all else works. */
const memory = {
  read() {
    try {
      const slugs = JSON.parse(localStorage.getItem(KEPT));
      return Array.isArray(slugs) ? slugs.filter((slug) => SLUG.test(slug)) : [];
    } catch {
      return [];
    }
  },
  keep(slugs) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(slugs.slice(-MOST)));
    } catch {
      /* refused */
    }
  },
};

/* A page in another language has the same address behind its own first part. */
const OFFER = /\/activiteiten\/([-\w]+)\/$/;
const address = (slug) => `/activiteiten/${slug}/`;
const token = document.querySelector("form[action$='/aanmelden/uit/'] [name=csrfmiddlewaretoken]")?.value;
let account = null;

/* So that it can be read without a network. */
function tell(slug) {
  navigator.serviceWorker?.controller?.postMessage({ type: "bewaar", url: address(slug) });
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}

function isKept(slug) {
  return account ? account.has(slug) : memory.read().includes(slug);
}

function toggleHere(slug) {
  const others = memory.read().filter((each) => each !== slug);
  const kept = isKept(slug);
  memory.keep(kept ? others : [...others, slug]);
  return !kept;
}

async function toggleInAccount(slug) {
  const body = new URLSearchParams({ a: slug, csrfmiddlewaretoken: token });
  const answer = await fetch("/bewaard/wissel/", { method: "POST", body, redirect: "manual" });
  if (answer.type !== "opaqueredirect") return isKept(slug);
  account.has(slug) ? account.delete(slug) : account.add(slug);
  return account.has(slug);
}

async function toggle(slug) {
  const kept = account ? await toggleInAccount(slug) : toggleHere(slug);
  if (kept) tell(slug);
  for (const button of document.querySelectorAll(`[data-save="${slug}"]`)) press(button, kept);
}

function show(button) {
  press(button, isKept(button.dataset.save));
  button.hidden = false;
}

/* Cards have no star of their own: it is of no use without a script. */
function starFor(card) {
  const link = card.querySelector(".card-link");
  const slug = link?.pathname.match(OFFER)?.[1];
  if (!slug || card.querySelector("[data-save], [data-save-form]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-quiet is-small is-star no-print";
  button.dataset.save = slug;
  button.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${STAR}"/></svg><span><span class="visually-hidden"></span></span>`;
  button.querySelector("span").prepend(card.dataset.star);
  button.querySelector(".visually-hidden").textContent = `: ${link.textContent}`;
  card.append(button);
}

function dress() {
  for (const card of document.querySelectorAll(".offer-card")) starFor(card);
  for (const button of document.querySelectorAll("[data-save]")) show(button);
}

/* The page of what is kept: the server makes the cards of the offers in the address. */
function fillTheList() {
  const list = document.querySelector("[data-saved-list]");
  const slugs = memory.read();
  if (!list || account || location.search || !slugs.length) return;
  location.replace(`${location.pathname}?${new URLSearchParams(slugs.map((slug) => ["a", slug]))}`);
}

/* On "Mijn": what this device keeps can go to the account; then this device lets go of it. */
function offerToTakeOver() {
  const form = document.querySelector("[data-take-over]");
  if (!form) return;
  if ("taken" in form.dataset && sessionStorage.getItem(SENT)) memory.keep([]);
  sessionStorage.removeItem(SENT);
  const slugs = memory.read();
  form.hidden = !slugs.length;
  const count = form.querySelector("[data-take-over-count]");
  count.textContent = slugs.length === 1 ? count.dataset.one : count.dataset.many.replace("#", slugs.length);
  for (const slug of slugs) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "a", value: slug });
    form.append(field);
  }
  // An address alone must not empty a device: only the form that was sent from here does.
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, "1"));
}

async function readAccount() {
  if (!token) return;
  try {
    const answer = await fetch("/bewaard/lijst.json");
    if (answer.ok) account = new Set((await answer.json()).bewaard);
  } catch {
    /* No network: this device keeps it, and offers it to the account later. */
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-save]");
  if (button) toggle(button.dataset.save);
});
document.addEventListener("submit", (event) => {
  const slug = event.target.dataset?.saveForm;
  if (slug) tell(slug);
});
document.addEventListener("htmx:afterSwap", dress);

await readAccount();
dress();
fillTheList();
offerToTakeOver();
