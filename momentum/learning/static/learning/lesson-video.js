// <lesson-video action="/lessons/…/position/" token="…" from="95">: goes on where the learner left off, on whichever
// device, and keeps telling the server where that is. Once somebody turns to it, `script` adds the rest.

const EVERY = 10_000;

class LessonVideo extends HTMLElement {
  #video = null;
  #told = 0;
  #last = 0;

  connectedCallback() {
    this.#video = this.querySelector("video");
    const from = Number(this.getAttribute("from"));
    if (from > 0) this.#video.addEventListener("loadedmetadata", () => this.#resume(from), { once: true });
    if (this.#video.readyState > 0) this.#resume(from);
    for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, this.#extend, { once: true });
    if (!this.hasAttribute("action")) return;
    this.#last = from;
    this.#video.addEventListener("timeupdate", this.#now_and_then);
    for (const kind of ["pause", "seeked", "ended"]) this.#video.addEventListener(kind, this.#tell);
    document.addEventListener("visibilitychange", this.#on_hide);
    window.addEventListener("pagehide", this.#tell);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#on_hide);
    window.removeEventListener("pagehide", this.#tell);
  }

  #resume(from) {
    // Who had all but finished it wants to see it from the beginning.
    if (from > 0 && from < this.#video.duration - 5) this.#video.currentTime = from;
  }

  #extend = () => import(this.getAttribute("script")).then((module) => module.extend(this));

  #now_and_then = () => {
    if (!this.#video.paused && Date.now() - this.#told > EVERY) this.#tell();
  };

  #on_hide = () => {
    if (document.visibilityState === "hidden") this.#tell();
  };

  #tell = () => {
    const here = this.#video.ended ? 0 : Math.floor(this.#video.currentTime);
    if (here === this.#last) return;
    this.#last = here;
    this.#told = Date.now();
    const url = this.getAttribute("action");
    const body = new FormData();
    body.set("seconds", here);
    body.set("csrfmiddlewaretoken", this.getAttribute("token"));
    // keepalive lets the last one outlive the page; what doesn't arrive is kept, the latest alone.
    fetch(url, { method: "POST", body, keepalive: true }).catch(() => {
      document.dispatchEvent(new CustomEvent("keep", { detail: { url, fields: [["seconds", `${here}`]], latest: true } }));
    });
  };
}

customElements.define("lesson-video", LessonVideo);
