// What a request will replace says that it is being fetched: <div data-waits>.
for (const [name, busy] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(name, ({ detail }) => {
    const waiting = detail.target?.closest?.("[data-waits]");
    if (busy) waiting?.setAttribute("aria-busy", "true");
    else waiting?.removeAttribute("aria-busy");
  });
}
