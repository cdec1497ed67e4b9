/* The quick switcher of staff: Ctrl+K (or /) to the field, letters, arrows, Enter.

   Without this file the form leads to a page with the same results. */

const WAIT_MS = 100;
const NO_SLASH = "huizenportaal.geen-slash";

/* A browser may refuse to remember; then the key works as it comes. */
const slash = {
  isOn() {
    try {
      return localStorage.getItem(NO_SLASH) === null;
    } catch {
      return true;
    }
  },
  turn(on) {
    try {
      if (on) localStorage.removeItem(NO_SLASH);
      else localStorage.setItem(NO_SLASH, "1");
    } catch {
      /* refused */
    }
  },
};

class Switcher {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = form.querySelector("[role=listbox]");
    this.status = form.querySelector("[data-switcher-status]");
    this.active = -1;
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.expand(false);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.expand(false));
    // Before the blur: a tap on an option must not close the list under the finger.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
    document.addEventListener("keydown", (event) => this.summoned(event));
  }

  summoned(event) {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const isControlK = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping && slash.isOn();
    if (!isControlK && !isSlash) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const q = this.input.value.trim();
    if (!q) return this.expand(false);
    this.timer = setTimeout(() => this.ask(q), WAIT_MS);
    return undefined;
  }

  async ask(q) {
    this.asking = new AbortController();
    try {
      const address = `${this.form.dataset.switcher}?q=${encodeURIComponent(q)}`;
      const answer = await fetch(address, { signal: this.asking.signal, redirect: "error" });
      if (answer.ok) this.show(await answer.text());
    } catch {
      // No network, signed out, or a newer question: the form still works.
      this.expand(false);
    }
  }

  /* The words come from our own server, escaped by its template. */
  show(options) {
    this.list.innerHTML = options;
    const count = this.list.children.length;
    this.status.textContent = count === 0 ? "Niets gevonden." : `${count} gevonden.`;
    this.expand(count > 0);
    if (count) this.mark(0);
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (open) return;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (this.list.hidden) return;
    const count = this.list.children.length;
    if (event.key === "Escape") this.expand(false);
    else if (event.key === "ArrowDown") this.mark((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.mark((this.active - 1 + count) % count);
    else if (event.key === "Enter") this.open(this.list.children[this.active]);
    else return;
    event.preventDefault();
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === index));
    });
    const option = this.list.children[index];
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  open(option) {
    if (option) location.assign(option.dataset.url);
  }
}

for (const form of document.querySelectorAll("[data-switcher]")) new Switcher(form);
for (const part of document.querySelectorAll("[data-switcher-keys]")) {
  const box = part.querySelector("[data-switcher-slash]");
  part.hidden = false;
  box.checked = slash.isOn();
  box.addEventListener("change", () => slash.turn(box.checked));
}
