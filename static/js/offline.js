// On /offline/: which pages this phone keeps (/sw.js), and a button to forget them.
const PAGES = "paginas";
const section = document.querySelector("[data-kept]");
const list = section.querySelector("ul");

async function show() {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const text = await (await pages.match(request)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = page.querySelector("h1")?.textContent.trim() || page.title;
    const item = document.createElement("li");
    item.append(link);
    list.prepend(item);
  }
  section.hidden = !list.children.length;
}

section.querySelector("[data-forget]").addEventListener("click", async () => {
  await caches.delete(PAGES);
  list.replaceChildren();
  section.querySelector("[role=status]").textContent = "Gewist.";
});

if ("caches" in window) show();
