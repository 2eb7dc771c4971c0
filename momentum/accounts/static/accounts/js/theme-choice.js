// <theme-choice>: a radio button for each theme; ui/js/theme.js applies what is remembered before the first paint.
class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => this.choose(event.target.value));
    const theme = document.documentElement.dataset.theme ?? "system";
    for (const input of this.querySelectorAll("input")) input.checked = input.value === theme;
    this.hidden = false;
  }

  choose(theme) {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      return; // storage is refused, and with it the choice
    }
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    document.querySelector("theme-toggle")?.show();
  }
}

customElements.define("theme-choice", ThemeChoice);
