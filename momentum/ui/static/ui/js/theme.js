// Runs before the first paint: a remembered theme must not flash.
try {
  const remembered = localStorage.getItem("theme");
  if (remembered === "light" || remembered === "dark") document.documentElement.dataset.theme = remembered;
} catch {
  // Storage is refused: the page follows the system.
}
