// <lesson-clock action="/lessons/…/heartbeat/" token="…">: tells the server that the page is being looked at.
// The server decides what time to credit; this only says "still here", and only while that is true.

const EVERY = 20_000;
const IDLE_AFTER = 120_000;

class LessonClock extends HTMLElement {
  #timer = 0;
  #lastSign = Date.now();

  connectedCallback() {
    for (const kind of ["pointermove", "keydown", "scroll", "touchstart", "play", "timeupdate"]) {
      document.addEventListener(kind, this.#sign, { passive: true, capture: true });
    }
    document.addEventListener("visibilitychange", this.#beatOnHide);
    this.#timer = setInterval(this.#beat, EVERY);
    this.#beat();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#beatOnHide);
  }

  #sign = () => {
    this.#lastSign = Date.now();
  };

  #beatOnHide = () => {
    // Leaving: send what was read since the last beat. Coming back: start counting from now.
    this.#send(document.visibilityState === "hidden" ? "stop" : "start");
  };

  #beat = () => {
    const idle = Date.now() - this.#lastSign > IDLE_AFTER;
    if (document.visibilityState === "visible" && !idle) this.#send("read");
  };

  #send(state) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.getAttribute("token"));
    body.set("state", state);
    // A lost beat is only a few uncounted seconds, so failures are not reported.
    fetch(this.getAttribute("action"), { method: "POST", body, keepalive: true }).catch(() => {});
  }
}

customElements.define("lesson-clock", LessonClock);
