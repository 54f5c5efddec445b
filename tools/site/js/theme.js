// Before the first paint: light or dark as chosen on this site, else as the system says.
let kept = null;
try {
  kept = localStorage.getItem("cnnlib:theme");
} catch {
  // A page that may keep nothing follows the system.
}
if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
