// <theme-toggle>: one button that goes through the choices; <theme-choice>: a radio button for each; js/theme.js applies what is remembered before the first paint.
const CHOICES = ["system", "light", "dark"];

function remembered() {
  try {
    return localStorage.getItem("theme") ?? "system";
  } catch {
    return "system"; // storage is refused: the page follows the system
  }
}

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function choose(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    return; // storage is refused, and with it the choice
  }
  document.dispatchEvent(new Event("theme-choice"));
}

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => {
      choose(CHOICES[(CHOICES.indexOf(remembered()) + 1) % CHOICES.length]);
    });
    document.addEventListener("theme-choice", () => this.show());
    this.hidden = false;
    this.show();
  }

  show() {
    const theme = remembered();
    this.button.textContent = this.dataset[theme];
    apply(theme);
  }
}

class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => choose(event.target.value));
    document.addEventListener("theme-choice", () => this.show());
    this.hidden = false;
    this.show();
  }

  show() {
    const theme = remembered();
    for (const input of this.querySelectorAll("input")) input.checked = input.value === theme;
    apply(theme);
  }
}

customElements.define("theme-toggle", ThemeToggle);
customElements.define("theme-choice", ThemeChoice);
