// Runs before the first paint so that a chosen theme and text size never flash. src/ui/preferences.svelte.ts writes these values.
(() => {
  try {
    const root = document.documentElement;
    const chosen = JSON.parse(localStorage.getItem("tandem.preferences") || "{}");
    if (chosen.theme === "light" || chosen.theme === "dark") root.dataset.theme = chosen.theme;
    if (chosen.contrast === "high") root.dataset.contrast = "high";
    if (chosen.text_size) root.dataset.size = chosen.text_size;
    if (chosen.font) root.dataset.font = chosen.font;
    root.lang = localStorage.getItem("tandem.locale") || root.lang;
  } catch {
    // A locked-down browser without storage simply follows the system.
  }
})();
