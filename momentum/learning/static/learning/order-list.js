// <order-list>: lines that are put in order by dragging, or with a button up and a button down (fingers and keyboards
// alike). What is sent are the numbers in the selects beside the lines, which is all there is without script.

const NAMES = { up: "M12 19V5m-6 6 6-6 6 6", down: "M12 5v14m-6-6 6 6 6-6" };

class OrderList extends HTMLElement {
  #list = this.querySelector("ul");
  #says = document.createElement("p");
  #dragged = null;

  connectedCallback() {
    if (this.#says.isConnected || !this.#list) return;
    const help = document.createElement("p");
    help.className = "quiet small";
    help.textContent = this.dataset.help;
    this.#says.className = "visually-hidden";
    this.#says.role = "status";
    this.prepend(help);
    this.append(this.#says);
    // A refused order comes back as it was sent.
    const sent = this.#lines.sort((one, other) => this.#select(one).value - this.#select(other).value);
    if (sent.every((line) => this.#select(line).value)) this.#list.append(...sent);
    this.#lines.forEach((line) => this.#equip(line));
    this.#list.addEventListener("pointerdown", this.#grab);
    this.#list.addEventListener("keydown", this.#press);
    this.#number();
  }

  get #lines() {
    return [...this.#list.children];
  }

  #select = (line) => line.querySelector("select");
  #text = (line) => line.querySelector(".selfcheck__place span").textContent.trim();

  #equip(line) {
    const select = this.#select(line);
    select.hidden = true;
    line.classList.add("selfcheck__line");
    const buttons = document.createElement("span");
    buttons.className = "selfcheck__moves";
    for (const [name, path] of Object.entries(NAMES)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "icon-btn";
      button.value = name;
      button.ariaLabel = this.dataset[name].replace("{text}", this.#text(line));
      button.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2"><path d="${path}"/></svg>`;
      button.addEventListener("click", () => this.#move(line, name === "up" ? -1 : 1, button));
      buttons.append(button);
    }
    line.append(buttons);
  }

  #press = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const button = event.target.closest("button");
    if (!step || !button) return;
    event.preventDefault();
    this.#move(button.closest("li"), step, button);
  };

  #move(line, step, button) {
    const neighbour = step < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!neighbour) return;
    if (step < 0) neighbour.before(line);
    else neighbour.after(line);
    button.focus();
    this.#number();
    this.#tell(line);
  }

  #number() {
    const lines = this.#lines;
    lines.forEach((line, place) => {
      this.#select(line).value = place + 1;
      const [up, down] = line.querySelectorAll("button");
      // Not disabled: the one that was pressed keeps focus at the end of the way.
      up.ariaDisabled = place === 0;
      down.ariaDisabled = place === lines.length - 1;
    });
  }

  #tell(line) {
    const lines = this.#lines;
    this.#says.textContent = this.dataset.moved
      .replace("{text}", this.#text(line))
      .replace("{place}", lines.indexOf(line) + 1)
      .replace("{all}", lines.length);
  }

  #grab = (event) => {
    const line = event.target.closest("li");
    if (!line || event.target.closest("button") || event.button !== 0) return;
    event.preventDefault();
    this.#dragged = line;
    line.classList.add("is-dragged");
    line.setPointerCapture(event.pointerId);
    line.addEventListener("pointermove", this.#drag);
    for (const kind of ["pointerup", "pointercancel"]) line.addEventListener(kind, this.#drop, { once: true });
  };

  #drag = (event) => {
    for (const line of this.#lines) {
      if (line === this.#dragged) continue;
      const { top, bottom, height } = line.getBoundingClientRect();
      const isBefore = Boolean(line.compareDocumentPosition(this.#dragged) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (isBefore && event.clientY < bottom - height / 2) return line.before(this.#dragged);
      if (!isBefore && event.clientY > top + height / 2 && event.clientY < bottom + height) line.after(this.#dragged);
    }
  };

  #drop = () => {
    const line = this.#dragged;
    line.removeEventListener("pointermove", this.#drag);
    line.classList.remove("is-dragged");
    this.#dragged = null;
    this.#number();
    this.#tell(line);
  };
}

customElements.define("order-list", OrderList);
