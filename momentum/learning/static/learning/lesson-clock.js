// <lesson-clock action="/lessons/…/heartbeat/" token="…">: tells the server that the page is being looked at.
// The server decides what time to credit.

const EVERY = 20_000;
const IDLE_AFTER = 120_000;
const SIGNS = ["pointermove", "keydown", "scroll", "touchstart", "play", "timeupdate"];

class LessonClock extends HTMLElement {
  #timer = 0;
  #lastSign = Date.now();
  #away = false;

  connectedCallback() {
    for (const kind of SIGNS) document.addEventListener(kind, this.#sign, { passive: true, capture: true });
    document.addEventListener("visibilitychange", this.#beatOnHide);
    this.#timer = setInterval(this.#beat, EVERY);
    this.#beat();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    for (const kind of SIGNS) document.removeEventListener(kind, this.#sign, { capture: true });
    document.removeEventListener("visibilitychange", this.#beatOnHide);
  }

  #sign = () => {
    this.#lastSign = Date.now();
    if (!this.#away) return;
    this.#away = false;
    this.#send("start");
  };

  #beatOnHide = () => {
    // What was read until they leave counts.
    this.#send(document.visibilityState === "hidden" ? "stop" : "start");
  };

  #beat = () => {
    if (document.visibilityState !== "visible" || this.#away) return;
    // Who comes back later begins anew; the time between isn't theirs.
    this.#away = Date.now() - this.#lastSign > IDLE_AFTER;
    this.#send(this.#away ? "stop" : "read");
  };

  #send(state) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.getAttribute("token"));
    body.set("state", state);
    // A lost beat is a few seconds.
    fetch(this.getAttribute("action"), { method: "POST", body, keepalive: true })
      .then(({ status }) => status === 401 && navigator.serviceWorker?.controller?.postMessage("signed-out"))
      .catch(() => {});
  }
}

customElements.define("lesson-clock", LessonClock);
