// Small things of every page; without them the page works too.

// An open menu closes on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Lessons can be read where there is no connection, and Momentum be put on a home screen.
addEventListener("load", () => navigator.serviceWorker?.register("/service-worker.js").catch(() => {}));

// A browser in another time zone fetches the question about it.
const zone = document.querySelector("time-zone-question")?.dataset;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && [zone.zone, zone.counts].some((one) => one !== here)) import(zone.script);

// Files can be dropped, and their upload is shown, where a page has a field for them.
const drop = document.querySelector("file-drop")?.dataset;
if (drop) import(drop.script);

// A request that htmx sent and that brought nothing back is said where messages are said.
const messages = document.getElementById("messages");
const say = (sentence) => {
  const note = document.createElement("p");
  note.className = "note note--fault";
  note.textContent = sentence;
  messages?.replaceChildren(note);
};
document.addEventListener("htmx:sendError", ({ target }) => {
  // What a page asks for by itself isn't missed.
  if (target.getAttribute("hx-trigger") !== "load") say(messages.dataset.failed);
});
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500 && event.detail.xhr.status !== 503) say(messages.dataset.broken);
});
