// <browser-push>: turns notifications on and off in this browser. It never asks for permission but for a press of its
// button. What is on is on for one person: the server knows this browser, by the hash of its address at the push service.
class BrowserPush extends HTMLElement {
  #said = null;

  async connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const wanted = target.closest("button")?.value;
      if (wanted === "on") this.#turn(this.#on);
      if (wanted === "off") this.#turn(this.#off);
    });
    await this.#look();
    this.hidden = false;
    // Allowed or blocked in the browser's own settings, meanwhile.
    const permission = await navigator.permissions?.query({ name: "notifications" }).catch(() => null);
    permission?.addEventListener("change", () => this.dataset.state !== "asking" && this.#look());
  }

  async #look() {
    this.#show(await this.#state().catch(() => "unavailable"));
  }

  async #state() {
    if (!isSecureContext) return "insecure";
    // Only where an app can be put on the home screen, and isn't yet, is there such a property that says no.
    if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker)) {
      return navigator.standalone === false ? "install" : "unsupported";
    }
    if (Notification.permission === "denied") return "blocked";
    const answer = await fetch(this.dataset.at);
    if (!answer.ok) return "unavailable";
    this.#said = await answer.json();
    const held = await (await this.#worker()).pushManager.getSubscription();
    return held && this.#isOurs(held) && this.#said.known.includes(await digest(held.endpoint)) ? "on" : "off";
  }

  // The page's own script registers it; here it is waited for, or registered where that failed.
  async #worker() {
    await navigator.serviceWorker.register("/service-worker.js");
    return navigator.serviceWorker.ready;
  }

  #isOurs(held) {
    const key = held.options?.applicationServerKey;
    return !key || base64url(key) === this.#said.public_key;
  }

  async #turn(act) {
    try {
      this.#show(await act.call(this));
    } catch {
      this.#show(Notification.permission === "denied" ? "blocked" : "failed");
    }
    // The button that was pressed is gone; the other one is in its place.
    if (document.activeElement === document.body) this.querySelector("button:not([hidden])")?.focus();
  }

  async #on() {
    this.#show("asking");
    const permission = await Notification.requestPermission();
    if (permission !== "granted") return permission === "denied" ? "blocked" : "dismissed";
    const { pushManager } = await this.#worker();
    const before = await pushManager.getSubscription();
    // One of another key pair can't be used any more, and keeps a new one from being made.
    if (before && !this.#isOurs(before)) await before.unsubscribe();
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.#said.public_key) });
    const { endpoint, keys } = made.toJSON();
    await this.#tell(this.dataset.subscriptions, { endpoint, keys });
    return "on";
  }

  async #off() {
    const held = await (await this.#worker()).pushManager.getSubscription();
    if (held) {
      // The server first: what it no longer knows is sent nothing, whatever the push service says.
      await this.#tell(this.dataset.removal, { endpoint: held.endpoint });
      await held.unsubscribe().catch(() => false);
    }
    return "off";
  }

  async #tell(address, said) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#said.csrf_token };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(said) });
    if (!answer.ok) throw new Error(answer.status);
  }

  #show(state) {
    this.dataset.state = state;
    for (const one of this.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(state);
  }
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function base64url(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function digest(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("browser-push", BrowserPush);
