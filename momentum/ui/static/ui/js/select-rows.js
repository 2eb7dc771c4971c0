// Lists with a bulk bar (components/table.html): all rows of the page at once, and how many are chosen.

const boxes = () => [...document.querySelectorAll('input[name="selected"]')];

function tell() {
  const all = document.querySelector("[data-select-all]");
  const said = document.querySelector("[data-selected]");
  const chosen = boxes().filter((box) => box.checked).length;
  if (all) {
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  }
  if (said) said.value = said.dataset.selected.replace("{n}", chosen);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-select-all]")) for (const box of boxes()) box.checked = target.checked;
  if (target.matches('[data-select-all], input[name="selected"]')) tell();
});

// The browser ticks again what was ticked before, when somebody comes back.
addEventListener("pageshow", tell);
