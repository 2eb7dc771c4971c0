// A citation that leads to a page of its source opens that page in a dialog, and so do the ways to the pages before and
// after it there. Escape leads back to the citation. Without this script the page opens as a page.

const dialog = document.getElementById("source-dialog");
const heading = dialog.querySelector("h2");
const place = dialog.querySelector("[data-source-page]");
// Counts what was asked for: an answer that comes after the next question, or after the dialog was closed, is dropped.
let latest = 0;

const show = async (link) => {
  const mine = (latest += 1);
  let found = null;
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(answer.ok && !answer.redirected ? await answer.text() : "", "text/html");
    found = page.querySelector("[data-source-sheet]");
  } catch {
    // The page says what there is to say, or the browser does.
  }
  if (mine !== latest) return;
  if (!found) {
    location.assign(link.href);
    return;
  }
  for (const back of found.querySelectorAll("[data-source-back]")) back.remove();
  const title = found.querySelector("h1");
  title.remove();
  heading.replaceChildren(...title.childNodes);
  heading.tabIndex = -1;
  place.replaceChildren(document.adoptNode(found));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  heading.focus({ preventScroll: true });
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-source]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link);
});

// What was looked at isn't kept on the page; the browser itself leads focus back to the citation.
dialog.addEventListener("close", () => {
  latest += 1;
  place.replaceChildren();
});

// Where the browser doesn't know closedby and commands yet: a click on the backdrop is a click on the dialog itself.
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[command=close]")) dialog.close();
});
