// <search-log data-to="/search/log/" data-token="…" data-before="12">: tells that these results were looked at, and which was opened.
// A search is told once they have stood there for a moment, not at each letter; a page that is only fetched ahead tells nothing.
const MOMENT = 1500;

// The id stays with the entry in the browser's history, so going back to the results isn't another search.
// htmx writes over that when it goes on, so this page remembers too.
const known = new Map();

function identify(token) {
  const id = known.get(token) ?? history.state?.searches?.[token] ?? crypto.randomUUID();
  known.set(token, id);
  history.replaceState({ ...history.state, searches: { [token]: id } }, "");
  return id;
}

class SearchLog extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("visibilitychange", () => this.wait(), { signal });
    document.addEventListener("prerenderingchange", () => this.wait(), { signal });
    for (const type of ["click", "auxclick"]) {
      this.parentElement.addEventListener(type, (event) => this.open(event), { signal });
    }
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.stop.abort();
  }

  wait() {
    clearTimeout(this.timer);
    if (!this.told && document.visibilityState === "visible") this.timer = setTimeout(() => this.tell(), MOMENT);
  }

  open(event) {
    const link = event.target.closest?.(".card__title a");
    if (!link || event.button > 1) return;
    const place = [...this.parentElement.querySelectorAll(".card__title a")].indexOf(link) + 1;
    this.tell({ course: link.pathname.split("/").filter(Boolean).pop(), position: Number(this.dataset.before) + place });
  }

  tell(click) {
    clearTimeout(this.timer);
    this.told = true;
    this.name ??= identify(this.dataset.token);
    const body = JSON.stringify({ id: this.name, token: this.dataset.token, ...click });
    const headers = { "Content-Type": "application/json" };
    // Survives the page; what is lost is only a count.
    fetch(this.dataset.to, { method: "POST", body, headers, keepalive: true }).catch(() => {});
  }
}

customElements.define("search-log", SearchLog);
