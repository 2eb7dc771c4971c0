// <search-box data-from="/search/suggestions/" data-label="Suggestions"><form><input name="q"></form></search-box>
// Suggestions while typing: a combobox with a list, by the ARIA pattern. Without this the form alone works.
const PAUSE = 150;
const WORD = /\p{Script=Han}/u;

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.list) return;
    this.list = Object.assign(document.createElement("div"), { id: "suggestions", className: "finder__list", hidden: true });
    this.list.role = "listbox";
    this.list.ariaLabel = this.dataset.label;
    this.status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.status.role = "status";
    this.append(this.list, this.status);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // A click must come before the field loses focus, and the list with it.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  disconnectedCallback() {
    this.forget();
  }

  forget() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  wait() {
    this.forget();
    const typed = this.input.value.trim();
    // A letter says nothing yet; a character of Chinese or Japanese is a word.
    if (typed.length < 2 && !WORD.test(typed)) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.forget();
    const request = (this.request = new AbortController());
    const address = `${this.dataset.from}?q=${encodeURIComponent(this.input.value.trim())}`;
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok) this.show(await answer.text());
    } catch {
      // Aborted by the next letter, or offline: the form still works.
    }
  }

  show(html) {
    // Somebody who has gone on by now doesn't want a list over the page.
    if (document.activeElement !== this.input) return;
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const found = holder.content.firstElementChild;
    this.list.replaceChildren(...(found?.children ?? []));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, place) => (option.id = `suggestion-${place}`));
    this.active = -1;
    this.open = this.options.length > 0;
    this.status.textContent = found?.dataset.say ?? "";
  }

  set open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.activate(-1);
  }

  get open() {
    return !this.list.hidden;
  }

  close() {
    this.forget();
    this.open = false;
    this.status.textContent = "";
  }

  activate(place) {
    this.options?.[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options?.[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = (this.options?.length ?? 0) - 1;
    // One place before the first and after the last is the field itself.
    const steps = {
      ArrowDown: () => (this.open ? this.activate(this.active === last ? -1 : this.active + 1) : this.ask()),
      ArrowUp: () => this.open && this.activate(this.active === -1 ? last : this.active - 1),
      Home: () => this.activate(0),
      End: () => this.activate(last),
      Escape: () => this.close(),
      Enter: () => this.options[this.active].click(),
    };
    const step = steps[event.key];
    const chosen = this.open && this.active >= 0;
    if (!step || (["Home", "End", "Enter"].includes(event.key) && !chosen)) return;
    // Escape closes the list first, and empties the field as browsers do only after that.
    if (event.key === "Escape" && !this.open) return;
    event.preventDefault();
    step();
  }
}

customElements.define("search-box", SearchBox);
