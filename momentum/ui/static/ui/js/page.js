// Small things of every page.

const themes = ["system", "light", "dark"];

for (const button of document.querySelectorAll(".theme-toggle")) {
  const label = button.textContent;
  const show = () => {
    const theme = localStorage.getItem("theme") ?? "system";
    button.textContent = `${label}: ${theme}`;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const theme = localStorage.getItem("theme") ?? "system";
    localStorage.setItem("theme", themes[(themes.indexOf(theme) + 1) % themes.length]);
    show();
  });
  show();
}

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
