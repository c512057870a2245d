// Formulas and tables that are wider than their place: each scrolls in its own box, and the keyboard reaches that box.

/** Gives each formula a box of its own. */
export function boxed(html: string): string {
  return html.replaceAll("<math", '<span class="formula"><math').replaceAll("</math>", "</math></span>");
}

/** Where a box takes the focus only while there is something to scroll: else it would be a stop for nothing. */
export function reachWide(root: HTMLElement, label: string): () => void {
  const boxes = [...root.querySelectorAll<HTMLElement>(".formula, table")];
  if (boxes.length === 0 || typeof ResizeObserver === "undefined") return () => {};
  const look = () => {
    for (const box of boxes) mark(box, label);
  };
  const watcher = new ResizeObserver(look);
  watcher.observe(root);
  // A formula's own size changes once its font is there.
  for (const box of boxes) watcher.observe(box);
  return () => watcher.disconnect();
}

/** Marks a box as wide or not. What is inside a control of its own is left alone. */
export function mark(box: HTMLElement, label: string): void {
  const wide = box.scrollWidth > box.clientWidth + 1 && !box.closest("a, button, summary");
  box.classList.toggle("wide", wide);
  if (!wide) {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    return;
  }
  box.tabIndex = 0;
  // A table stays a table.
  if (box.tagName === "TABLE") return;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
}
