// <saved-state>: what a learner changes is kept in this browser until the server has it; see docs/adr/0009.
// The answer to a form with data-keep="SELECTOR" replaces what SELECTOR finds.

const STORE = "changes";
const GAP = 8;
const AGAIN_AFTER = 15_000;
const SAID_FOR = 4_000;
// What became of a change that was sent: the server has it, wouldn't have it, or didn't answer.
const [SAVED, REFUSED, WAITING] = ["saved", "refused", "waiting"];
const PRESSED = "a[href], button, input, select, textarea, summary, [tabindex='0']";

const database = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open("momentum", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

const queue = async (mode, work) => {
  const db = await database();
  try {
    return await new Promise((done, fail) => {
      const transaction = db.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
  } finally {
    db.close();
  }
};

class SavedState extends HTMLElement {
  #timer = 0;
  #quiet = 0;

  connectedCallback() {
    if (!window.indexedDB || !navigator.locks || !window.crypto?.randomUUID) return;
    document.addEventListener("submit", this.#submit);
    document.addEventListener("keep", (event) => this.#keep(event.detail));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#flush());
    window.addEventListener("online", this.#flush);
    for (const kind of ["scroll", "resize"]) window.addEventListener(kind, () => requestAnimationFrame(this.#place), { passive: true });
    this.#mine().then((changes) => {
      changes.forEach(this.#mark);
      if (changes.length) this.#flush();
    });
  }

  #submit = async (event) => {
    const form = event.target.closest("form[data-keep]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const kept = await this.#keep({ url: form.getAttribute("action"), fields }).catch(() => false);
    if (!kept) form.submit();
  };

  async #keep({ url, fields, latest = false }) {
    if (!fields.some(([name]) => name === "client_id")) fields.push(["client_id", crypto.randomUUID()]);
    const change = { reader: this.getAttribute("reader"), url, fields, latest, at: new Date().toISOString() };
    await queue("readwrite", (store) => {
      if (!latest) return store.add(change);
      const kept = store.getAll();
      kept.onsuccess = () => {
        const older = kept.result.filter((one) => one.latest && one.url === url && one.reader === change.reader);
        older.forEach(({ n }) => store.delete(n));
        store.add(change);
      };
      return kept;
    });
    this.#flush();
    return true;
  }

  async #mine() {
    const all = await queue("readonly", (store) => store.getAll());
    return all.filter((change) => change.reader === this.getAttribute("reader"));
  }

  // One tab at a time, one change after the other, the oldest first.
  #flush = () => {
    clearTimeout(this.#timer);
    return navigator.locks.request("momentum-changes", async () => {
      let saved = 0;
      for (;;) {
        const [next] = (await this.#mine()).filter((change) => !change.refused);
        if (!next) break;
        const became = await this.#send(next);
        if (became === WAITING) return;
        if (became === SAVED) saved += 1;
      }
      const [refused] = (await this.#mine()).filter((change) => change.refused);
      if (refused) this.#say(`${this.dataset.refused} ${refused.refused}`, this.dataset.refusedAction, () => this.#drop(refused));
      else if (saved) this.#say(this.dataset.saved);
      else this.hidden = true;
    });
  };

  async #send(change) {
    const body = new FormData();
    for (const [name, value] of change.fields) body.append(name, value);
    body.set("at", change.at);
    body.set("reader", change.reader);
    body.set("csrfmiddlewaretoken", this.getAttribute("token"));
    const slow = setTimeout(() => this.#say(this.dataset.saving), 300);
    let answer, text;
    try {
      answer = await fetch(change.url, {
        method: "POST", body, headers: { "HX-Request": "true", "HX-Current-URL": location.href },
      });
      text = await answer.text();
    } catch {
      return this.#wait();
    } finally {
      clearTimeout(slow);
    }
    const form = this.#form(change);
    const target = form?.dataset.keep && document.querySelector(form.dataset.keep);
    const note = new DOMParser().parseFromString(text, "text/html").querySelector("[data-code]");
    if (answer.status === 401) {
      navigator.serviceWorker?.controller?.postMessage("signed-out");
      return this.#stop(this.dataset.signin, this.dataset.signinAction, answer.headers.get("HX-Redirect"));
    }
    if (note?.dataset.code === "csrf") return this.#stop(this.dataset.reload, this.dataset.reloadAction, location.href);
    if (note?.dataset.code === "other_reader") return this.#stop("");
    if (answer.status === 429 || answer.status >= 500) return this.#wait();
    if (!answer.ok && (note || !target)) {
      await queue("readwrite", (store) => store.put({ ...change, refused: note?.textContent ?? "" }));
      return REFUSED;
    }
    await this.#delete(change);
    const onward = answer.headers.get("HX-Redirect");
    if (form && onward) location.assign(onward);
    // By htmx, so that what comes is alive, and js/focus.js sees to focus.
    else if (target && text) htmx.swap(target, text, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
    return answer.ok ? SAVED : REFUSED;
  }

  #delete = (change) => queue("readwrite", (store) => store.delete(change.n));

  #drop = async (change) => {
    await this.#delete(change);
    location.reload();
  };

  async #wait() {
    const waiting = (await this.#mine()).filter((change) => !change.refused);
    waiting.forEach(this.#mark);
    const count = waiting.length;
    const kind = navigator.onLine ? "waiting" : "offline";
    this.#say(this.dataset[`${kind}${count === 1 ? "One" : "Many"}`].replace("{n}", count), "", null, true);
    this.#timer = setTimeout(this.#flush, AGAIN_AFTER);
    return WAITING;
  }

  #stop(sentence, action, address) {
    if (sentence) this.#say(sentence, action, () => location.assign(address), true);
    return WAITING;
  }

  // The page shows what was done, though only this browser knows of it yet.
  #mark = (change) => {
    const form = this.#form(change);
    const button = form?.querySelector("button");
    if (button?.hasAttribute("aria-pressed")) {
      const done = change.fields.some(([name, value]) => name === "done" && value);
      button.setAttribute("aria-pressed", done);
      form.elements.done.value = done ? "" : "on";
    } else if (button?.dataset.kept) {
      button.textContent = button.dataset.kept;
      button.disabled = true;
    }
  };

  #form({ url }) {
    return document.querySelector(`form[data-keep][action="${CSS.escape(url)}"]`);
  }

  #say(sentence, action = "", does = null, stays = Boolean(does)) {
    clearTimeout(this.#quiet);
    this.hidden = false;
    this.replaceChildren(sentence);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action;
      button.addEventListener("click", does);
      this.append(button);
    }
    this.#place();
    if (!stays) this.#quiet = setTimeout(() => { this.hidden = true; }, SAID_FOR);
  }

  // It stands where nothing that can be pressed is beneath it: at the foot of the window, else at its head, else as
  // far up from the foot as it takes.
  #place = () => {
    if (this.hidden) return;
    const { style } = this;
    style.translate = "";
    const own = this.getBoundingClientRect();
    const others = [...document.querySelectorAll(PRESSED)]
      .filter((one) => !this.contains(one) && one.checkVisibility())
      .map((one) => one.getBoundingClientRect())
      .filter(({ left, right }) => left < own.right && right > own.left);
    const isFree = (up) => own.top - up >= 0 &&
      others.every(({ top, bottom }) => bottom + GAP <= own.top - up || top - GAP >= own.bottom - up);
    const steps = Array.from({ length: Math.floor(own.top / GAP) }, (_, step) => step * GAP);
    const up = [0, own.top - GAP, ...steps].find(isFree);
    if (up) style.translate = `0 ${-up}px`;
  };
}

customElements.define("saved-state", SavedState);
