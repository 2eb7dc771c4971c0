// <theme-toggle>: one button that goes through the choices; js/theme.js applies what is remembered before the first paint.
const CHOICES = ["system", "light", "dark"];

function remembered() {
  try {
    return localStorage.getItem("theme") ?? "system";
  } catch {
    return "system"; // storage is refused: the page follows the system
  }
}

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => {
      const next = CHOICES[(CHOICES.indexOf(remembered()) + 1) % CHOICES.length];
      try {
        localStorage.setItem("theme", next);
      } catch {
        return;
      }
      this.show();
    });
    this.hidden = false;
    this.show();
  }

  show() {
    const theme = remembered();
    this.button.textContent = this.dataset[theme];
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }
}

customElements.define("theme-toggle", ThemeToggle);
