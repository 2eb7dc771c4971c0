// Where focus is after a part of the page was replaced, and when a page opens: see "Focus" in ui/README.md.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let last = null;
document.addEventListener("focusin", ({ target }) => { last = target; });

const isLost = () => {
  const here = document.activeElement;
  return !here || here === document.body || !here.isConnected;
};

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

function focusOn(element) {
  if (!element) return;
  if (!element.matches(FOCUSABLE)) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest", behavior: calm.matches ? "instant" : "smooth" });
}

const within = (part, selector) => (part.matches?.(selector) ? part : part.querySelector?.(selector));

// What somebody stands on, brought again by a part that asks again.
const saysOf = (one) => [one.id, one.getAttribute("href"), one.name, one.value, one.textContent.trim()].join();
const twinOf = (one, part) =>
  [...part.querySelectorAll(one.tagName)].find((other) => saysOf(other) === saysOf(one));

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const wasHere = isLost() ? !last?.isConnected : target.contains(document.activeElement);
  if (!wasHere || !target.isConnected) return;
  const told = within(target, "[data-focus]");
  const news = within(target, "[data-announce]");
  if (news) document.getElementById("announcements").textContent = news.textContent.replace(/\s+/g, " ").trim();
  const twin = !told && isLost() && last && twinOf(last, target);
  if (told) focusOn(told);
  else if (twin) twin.focus({ preventScroll: true });
  // Not at once: a later part of the answer may have more to tell.
  else if (isLost()) setTimeout(() => isLost() && focusOn(within(target, "h1, h2, h3, legend") ?? target));
});

// A part that was taken away has nothing new in its place.
document.addEventListener("htmx:afterRequest", () => {
  setTimeout(() => {
    if (isLost() && last && !last.isConnected) focusOn(document.querySelector("main h1") ?? document.querySelector("main"));
  }, 100);
});

// A page begins at what it has to say (data-opens), or at the place in its address.
const named = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
if (isLost()) focusOn(document.querySelector("main [data-opens]") ?? (named?.matches(FOCUSABLE) ? named : null));
