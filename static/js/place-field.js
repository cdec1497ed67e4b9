/* Where do you live? Suggests places while you type, and remembers yours in this browser only.

   Without this file the form sends what was typed, and the server answers. */

const REMEMBERED = "huizenportaal.place";
const WAIT_MS = 120;
const FEWEST_LETTERS = 2;

/* A browser may refuse to remember; then nothing is remembered, and all else works. */
const memory = {
  read() {
    try {
      const place = JSON.parse(localStorage.getItem(REMEMBERED));
      return place && typeof place.key === "string" && typeof place.label === "string" ? place : null;
    } catch {
      return null;
    }
  },
  keep(place) {
    try {
      localStorage.setItem(REMEMBERED, JSON.stringify({ key: place.key, label: place.label }));
    } catch {
      /* refused */
    }
  },
  forget() {
    try {
      localStorage.removeItem(REMEMBERED);
    } catch {
      /* refused */
    }
  },
};

class PlaceField {
  constructor(field) {
    this.field = field;
    this.input = field.querySelector("input");
    this.list = field.querySelector("[role=listbox]");
    this.status = field.querySelector("[data-place-status]");
    this.form = field.closest("form");
    this.places = [];
    this.active = -1;
    this.chosen = field.dataset.key ? { key: field.dataset.key, label: this.input.value } : null;
    this.describe();
    this.listen();
    this.recall();
  }

  describe() {
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    // Before the blur: a tap on a suggestion must not close the list under the finger.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.places[Number(option.dataset.index)]);
    });
    // Where the phone is (results.js): a choice like any other.
    this.input.addEventListener("place:found", (event) => this.choose(event.detail));
    this.form?.addEventListener("formdata", (event) => this.send(event.formData));
  }

  /* The place of last time: shown where nothing was asked; a page that follows goes there. */
  recall() {
    if (this.chosen) return memory.keep(this.chosen);
    const place = memory.read();
    const asked = new URLSearchParams(location.search).has(this.input.name);
    if (!place || asked || this.input.value) return undefined;
    if (this.form && "placeFollow" in this.form.dataset) {
      const address = new URL(this.form.action || location.href, location.href);
      address.searchParams.set(this.input.name, place.key);
      return location.replace(address);
    }
    this.chosen = place;
    this.input.value = place.label;
    return undefined;
  }

  typed() {
    this.chosen = null;
    clearTimeout(this.timer);
    this.asking?.abort();
    const q = this.input.value.trim();
    if (q.length < FEWEST_LETTERS) return this.close();
    this.timer = setTimeout(() => this.ask(q), WAIT_MS);
    return undefined;
  }

  async ask(q) {
    this.asking = new AbortController();
    try {
      const address = `${this.field.dataset.source}?q=${encodeURIComponent(q)}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show((await answer.json()).places);
    } catch {
      // No network, or a newer question: the form still works.
      this.close();
    }
  }

  show(places) {
    this.places = places;
    this.active = -1;
    this.list.replaceChildren(...places.map((place, index) => this.option(place, index)));
    this.expand(places.length > 0);
    this.say(places.length);
  }

  option(place, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.index = index;
    option.textContent = place.label;
    return option;
  }

  say(count) {
    const { none, one, many } = this.status.dataset;
    this.status.textContent = count === 0 ? none : count === 1 ? one : many.replace("#", count);
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.active = -1;
    this.expand(false);
  }

  pressed(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.places[this.active]);
    }
  }

  move(step) {
    if (this.list.hidden) {
      if (this.places.length) this.expand(true);
      else return;
    }
    const count = this.places.length;
    this.active = this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count;
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", String(Number(option.dataset.index) === this.active));
    }
    const option = this.list.children[this.active];
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /* A choice is an answer: the form goes at once, one tap and no button. */
  choose(place) {
    this.chosen = place;
    this.input.value = place.label;
    memory.keep(place);
    this.close();
    this.form?.requestSubmit();
  }

  send(data) {
    if (this.chosen) data.set(this.input.name, this.chosen.key);
  }
}

for (const field of document.querySelectorAll("[data-place-field]")) new PlaceField(field);
for (const link of document.querySelectorAll("[data-place-forget]")) {
  link.addEventListener("click", () => memory.forget());
}
