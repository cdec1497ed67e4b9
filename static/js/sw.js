// Without signal: the last House, offers and sign-ups. What is kept and why: huizen/views/offline.py.
const PAGES = "paginas";
const KEEP = /^(\/[a-z]{2})?\/((huizen|activiteiten|inschrijving)\/[^/.]+|bewaard)\/$/;
const LEAVE = /\/(uit|wissen)\/$/;
const POLICY = "content-security-policy";
const MOST = 40;
const PATIENCE = 4000;

const path = (url) => new URL(url, location).pathname;
const isHouse = (url) => path(url).includes("/huizen/");
const drop = (store, keys) => Promise.all(keys.map((key) => store.delete(key)));

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(SHELL)));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => ![VERSION, PAGES].includes(name));
  event.waitUntil(caches.keys().then((names) => drop(caches, old(names))).then(() => clients.claim()));
});

addEventListener("message", (event) => {
  const { type, url } = event.data ?? {};
  if (type !== "bewaar") return;
  event.waitUntil(fetch(path(url)).then((answer) => keep(url, answer)).catch(() => {}));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (new URL(url).origin !== location.origin) return;
  if (method === "POST" && LEAVE.test(path(url))) event.waitUntil(caches.delete(PAGES));
  if (method !== "GET") return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (path(url).startsWith("/static/")) event.respondWith(file(event.request));
});

const file = async (request) => (await caches.match(request)) ?? fetch(request);

async function page(event) {
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((answer) => keep(event.request.url, answer)).catch(() => {}));
  const kept = await (await caches.open(PAGES)).match(path(event.request.url));
  const late = kept && new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
  try {
    return await (kept ? Promise.race([fresh, late]) : fresh);
  } catch {
    return kept ? dated(kept) : caches.match("/offline/");
  }
}

async function keep(url, answer) {
  if (!answer.ok || answer.redirected || !KEEP.test(path(url))) return;
  const text = await answer.clone().text();
  const pages = await caches.open(PAGES);
  const keys = (await pages.keys()).map((key) => key.url);
  await drop(pages, keys.filter((key, n) => n < keys.length - MOST || (isHouse(url) && isHouse(key))));
  const headers = { "content-type": "text/html", kept: new Date().toISOString() };
  headers[POLICY] = answer.headers.get(POLICY);
  await pages.put(path(url), new Response(text, { headers }));
}

async function dated(kept) {
  const form = { dateStyle: "full", timeStyle: "short" };
  const when = new Date(kept.headers.get("kept")).toLocaleString("nl-BE", form);
  const line = `<p class="notice is-warning">Dit is een bewaarde versie van ${when}.</p>`;
  const text = await kept.text();
  return new Response(text.replace(/<main[^>]*>/, `$&${line}`), { headers: kept.headers });
}
