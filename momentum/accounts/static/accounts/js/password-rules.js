// <password-rules for="id">: ticks off what a new password must hold while it is typed. Each <li data-pattern> is a rule; the
// server's own check stays the truth. What is met is said by its mark, by its words, and to screen readers after a pause.
const PAUSE = 700;

class PasswordRules extends HTMLElement {
  connectedCallback() {
    this.input = document.getElementById(this.getAttribute("for"));
    if (!this.input || this.status) return;
    this.rules = [...this.querySelectorAll("[data-pattern]")].map((item) => ({
      item,
      pattern: new RegExp(item.dataset.pattern, "su"),
    }));
    this.status = this.querySelector("[role=status]");
    this.input.addEventListener("input", () => this.look());
    this.look();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  look() {
    const typed = this.input.value;
    let met = 0;
    for (const { item, pattern } of this.rules) {
      const holds = pattern.test(typed);
      met += holds;
      item.classList.toggle("rules__met", holds);
      item.querySelector("[data-met]").hidden = !holds;
    }
    clearTimeout(this.timer);
    if (typed) this.timer = setTimeout(() => this.say(met), PAUSE);
  }

  say(met) {
    const all = this.rules.length;
    this.status.textContent =
      met === all ? this.dataset.all : this.dataset.some.replace("{met}", met).replace("{all}", all);
  }
}

customElements.define("password-rules", PasswordRules);
