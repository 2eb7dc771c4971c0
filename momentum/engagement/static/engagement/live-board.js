// <live-board>: asks for what is new, by htmx and its event "look", each minute while it is looked at and on coming back to it.
const EVERY = 60_000;

class LiveBoard extends HTMLElement {
  connectedCallback() {
    this.look = () => {
      if (document.visibilityState === "visible") this.dispatchEvent(new Event("look"));
    };
    this.timer = setInterval(this.look, EVERY);
    document.addEventListener("visibilitychange", this.look);
    addEventListener("pageshow", this.look);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.look);
    removeEventListener("pageshow", this.look);
  }
}

customElements.define("live-board", LiveBoard);
