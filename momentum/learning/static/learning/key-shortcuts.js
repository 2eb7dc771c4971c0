// <key-shortcuts>: single keys on a lesson page, each pressing or focusing something that is there anyway. Its dialog
// lists them and switches them off (WCAG 2.1.4), which this browser remembers. Without script none of it is shown.

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

const follow = (rel) => document.querySelector(`.turn [rel="${rel}"]`)?.click();
const focus = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility())?.focus();

const KEYS = {
  j: () => follow("next"),
  k: () => follow("prev"),
  c: () => focus("#finish form button, #finish .finish__row .btn"),
  s: () => {
    const opener = document.querySelector(".reader__open");
    if (opener.checkVisibility()) opener.click();
    else focus(".reader__rail .syllabus a");
  },
  "/": () => focus(".finder input, .finder__link"),
};

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
    const does = event.key === "?" ? this.#open : KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  };
}

customElements.define("key-shortcuts", KeyShortcuts);
