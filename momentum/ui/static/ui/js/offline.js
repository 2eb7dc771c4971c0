// <kept-lessons>: on the page for when nobody answers, the lessons that the service worker has kept for this reader.

class KeptLessons extends HTMLElement {
  async connectedCallback() {
    if (!window.caches) return;
    const list = this.querySelector("ul");
    for (const name of (await caches.keys()).filter((one) => one.startsWith("lessons-"))) {
      const cache = await caches.open(name);
      for (const request of (await cache.keys()).reverse()) {
        const answer = await cache.match(request);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const link = document.createElement("a");
        link.href = new URL(request.url).pathname;
        link.textContent = page.querySelector("h1")?.textContent ?? link.href;
        const item = document.createElement("li");
        item.append(link);
        list.append(item);
        this.hidden = false;
      }
    }
  }
}

customElements.define("kept-lessons", KeptLessons);

// A browser knows of its own connection only, and is wrong at times: whether somebody answers again has to be asked,
// less and less often.
let wait = 2_000;
let timer = setTimeout(ask, wait);

async function ask() {
  clearTimeout(timer);
  try {
    if ((await fetch("/healthz", { cache: "no-store" })).ok) return onward();
  } catch {
    // Not yet.
  }
  wait = Math.min(wait * 2, 60_000);
  timer = setTimeout(ask, wait);
}

// Who has signed out doesn't come back here.
function onward() {
  const next = document.querySelector("[data-onward]");
  if (next) location.replace(next.href);
  else location.reload();
}

addEventListener("online", ask);
