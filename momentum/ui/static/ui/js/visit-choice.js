// <visit-choice>: asks once whether a visit may be counted; nothing is kept or sent before a yes. See docs/adr/0011.
const NAME = "momentum.visits";
const DAY = 86_400_000;
const YES_LASTS = 395 * DAY;
const NO_LASTS = 183 * DAY;

function remembered() {
  try {
    const choice = JSON.parse(localStorage.getItem(NAME));
    const age = Date.now() - Date.parse(choice.on);
    return age < (choice.id ? YES_LASTS : NO_LASTS) ? choice : null;
  } catch {
    return null;
  }
}

function remember(choice) {
  try {
    localStorage.setItem(NAME, JSON.stringify(choice));
    return true;
  } catch {
    return false; // storage is refused, and that is an answer too
  }
}

function tell(address, id) {
  const headers = { "Content-Type": "application/json" };
  return fetch(address, { method: "POST", body: JSON.stringify({ id }), headers, keepalive: true });
}

class VisitChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const answer = event.target.closest("button")?.value;
      if (answer === "yes") this.agree();
      if (answer === "no") this.refuse();
    });
    // Another one on the page, or another tab, was answered.
    this.look = () => this.show();
    addEventListener("storage", this.look);
    document.addEventListener("visit-choice", this.look);
    this.show();
    this.count();
  }

  disconnectedCallback() {
    removeEventListener("storage", this.look);
    document.removeEventListener("visit-choice", this.look);
  }

  agree() {
    if (!remembered()?.id) remember({ id: crypto.randomUUID(), on: new Date().toISOString() });
    document.dispatchEvent(new Event("visit-choice"));
    this.count();
  }

  refuse() {
    const id = remembered()?.id;
    remember({ on: new Date().toISOString() });
    document.dispatchEvent(new Event("visit-choice"));
    if (id) tell(this.dataset.forget, id).catch(() => {});
  }

  async count() {
    const choice = remembered();
    const today = new Date().toISOString().slice(0, 10);
    if (!choice?.id || choice.told === today || navigator.globalPrivacyControl) return;
    remember({ ...choice, told: today }); // first, so that two of us tell it once
    const answer = await tell(this.dataset.to, choice.id).catch(() => null);
    if (!answer?.ok && remembered()?.id === choice.id) remember(choice);
  }

  show() {
    const choice = remembered();
    const state = navigator.globalPrivacyControl ? "told" : choice ? (choice.id ? "yes" : "no") : "open";
    if (!this.hasAttribute("stays")) {
      const had = this.contains(document.activeElement);
      this.hidden = state !== "open";
      if (this.hidden && had) this.leave();
      return;
    }
    for (const one of this.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(state);
  }

  // Focus must not be lost with its button.
  leave() {
    const main = document.querySelector("main");
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }
}

customElements.define("visit-choice", VisitChoice);
