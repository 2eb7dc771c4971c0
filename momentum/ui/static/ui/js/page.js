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

// Who is in another time zone than their profile is asked about it, by a script that others never fetch.
const asking = document.querySelector("time-zone-question")?.dataset;
const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
if (asking && (here !== asking.zone || here !== asking.counts)) import(asking.script);

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
