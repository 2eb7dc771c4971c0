// A sentence under review leads to the passage it rests on. Beside the text it is lit up; where there is no room
// beside it, it rises in a sheet. Without this script the link jumps to it.

const sheet = document.getElementById("source-sheet");
const beside = window.matchMedia("(width >= 68rem)");

const choose = (sentence, passage) => {
  for (const old of document.querySelectorAll(".sent--on, .passage--on")) {
    old.classList.remove("sent--on", "passage--on");
  }
  sentence.classList.add("sent--on");
  passage.classList.add("passage--on");
};

document.addEventListener("click", (event) => {
  const sentence = event.target.closest("a.sent");
  if (!sentence || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const passage = document.getElementById(sentence.hash.slice(1));
  if (!passage) return;
  event.preventDefault();
  choose(sentence, passage);
  if (beside.matches) {
    passage.tabIndex = -1;
    passage.focus({ preventScroll: true });
    passage.scrollIntoView({ block: "nearest" });
    return;
  }
  const shown = passage.cloneNode(true);
  shown.removeAttribute("id");
  shown.classList.remove("passage--on");
  sheet.querySelector("[data-passage]").replaceChildren(shown);
  sheet.showModal();
});

// Where the browser doesn't know closedby and commands yet: a click on the backdrop is a click on the dialog itself.
sheet.addEventListener("click", (event) => {
  if (event.target === sheet || event.target.closest("[command=close]")) sheet.close();
});
