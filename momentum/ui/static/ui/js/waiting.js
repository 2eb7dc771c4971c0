// What a request will replace says that it is being fetched: <div data-waits>.
for (const [name, busy] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(name, ({ detail }) => {
    const waiting = detail.target?.closest?.("[data-waits]");
    if (busy) waiting?.setAttribute("aria-busy", "true");
    else waiting?.removeAttribute("aria-busy");
  });
}

// And then how much was found, in a region that stays: one that came with the news itself isn't heard. What has focus by
// then is read out anyway.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const news = target.matches("[data-waits]") && target.querySelector("[role=status]");
  if (!news) return;
  const region = document.getElementById("announcements");
  region.textContent = "";
  setTimeout(() => {
    if (document.activeElement !== news) region.textContent = news.textContent.trim();
  }, 50);
});
