// <key-shortcuts>: single keys, each pressing or focusing something that is on the page anyway: what the selector in
// data-press finds where that is visible, or else data-focus. Its dialog lists them and switches them off (WCAG 2.1.4),
// which this browser remembers. Without script none of it is shown.

const OFF = "momentum.shortcuts-off";

// Where a browser keeps nothing for us, they are on.
const remembered = () => {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
};
const remember = (off) => {
  try {
    if (off) localStorage.setItem(OFF, "");
    else localStorage.removeItem(OFF);
  } catch {
    // The box is unticked again on the next page, which is true.
  }
};

const visible = (selector) =>
  selector && [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());

class KeyShortcuts extends HTMLElement {
  connectedCallback() {
    const off = this.querySelector("input");
    off.checked = remembered();
    off.addEventListener("change", () => remember(off.checked));
    // Also where a browser doesn't know the button's command.
    this.querySelector("button").addEventListener("click", this.#open);
    document.addEventListener("keydown", this.#press);
    this.hidden = false;
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#press);
  }

  #open = () => {
    const dialog = this.querySelector("dialog");
    if (!dialog.open) dialog.showModal();
  };

  #press = (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    if (remembered() || document.querySelector("dialog[open]")) return;
    const row = [...this.querySelectorAll("dl > div")].find((one) => one.querySelector("kbd").textContent === event.key);
    if (!row) return;
    event.preventDefault();
    if (event.key === "?") return this.#open();
    const pressed = visible(row.dataset.press);
    if (pressed) pressed.click();
    else visible(row.dataset.focus)?.focus();
  };
}

customElements.define("key-shortcuts", KeyShortcuts);
