// A form that was sent shows so at once, and isn't sent twice. The server would do it once anyway; people don't know that.
//
// Forms that go by another way say so themselves (data-keep), or are said by htmx. Who comes back to a page finds its
// forms ready again.

const BUTTONS = "button:not([type=button]), input[type=submit]";
// A page that is still there after so long won't be replaced: its answer was a file to keep.
const PATIENCE = 20_000;

const buttonsOf = (form) => [...form.elements].filter((one) => one.matches(BUTTONS));

function hold(form, pressed) {
  form.setAttribute("aria-busy", "true");
  for (const button of buttonsOf(form)) {
    if (button.disabled) continue;
    button.disabled = true;
    button.dataset.held = button === pressed ? "pressed" : "";
  }
}

function release(form) {
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[data-held]")) {
    button.disabled = false;
    delete button.dataset.held;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (form.method !== "post" || form.target === "_blank" || form.matches("[data-keep], [hx-post]")) return;
  // Not before the form's own listeners had their say, nor before the browser has read which button it was.
  setTimeout(() => {
    if (event.defaultPrevented) return;
    hold(form, event.submitter);
    setTimeout(() => release(form), PATIENCE);
  });
}, true);

document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
  if (target.method === "post") hold(target, detail.requestConfig.triggeringEvent?.submitter);
});
document.addEventListener("htmx:afterRequest", ({ target }) => {
  if (target.method === "post") release(target);
});

addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelectorAll("form[aria-busy]").forEach(release);
});
