// <password-field data-show="Show" data-hide="Hide"><input type="password"></password-field>: a button that shows what was typed.
class PasswordField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "reveal";
    button.setAttribute("aria-controls", input.id);
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? this.dataset.hide : this.dataset.show;
    };
    button.addEventListener("click", () => show(input.type === "password"));
    // Sent as a password, so that browsers offer to keep it.
    input.form?.addEventListener("submit", () => show(false));
    show(false);
    this.append(button);
  }
}

customElements.define("password-field", PasswordField);
