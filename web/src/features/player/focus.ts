// Where the reader is led when something new stands on the page: never left on nothing.

const still = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;

/** Brings an element into view, no further than needed, at once for whoever asked for stillness. */
export function bringIntoView(element: Element | null | undefined, block: ScrollLogicalPosition = "nearest"): void {
  element?.scrollIntoView?.({ block, behavior: still() ? "auto" : "smooth" });
}

/** Leads on where what had the focus is gone: to `place`, unless the focus is somewhere already. */
export function unlessHeld(place: HTMLElement | null | undefined): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  if (place && place.tabIndex < 0) place.setAttribute("tabindex", "-1");
  place?.focus({ preventScroll: true });
}

/** Leads to a part that is to be answered: into its typed field where there is a keyboard, so that one can type at once; else to its
 * heading, since a field would open the keyboard of a phone over the question, and a ring around one option looks like advice. */
export function leadTo(place: HTMLElement | null | undefined): void {
  const field = place?.querySelector<HTMLElement>("input.answer:not([readonly])");
  const typing = globalThis.matchMedia?.("(hover: hover) and (pointer: fine)").matches ?? false;
  const heading = place?.querySelector<HTMLElement>("h1, .nth");
  (field && typing ? field : (heading ?? field))?.focus({ preventScroll: true });
}

/** Leads to the heading of a page that has just taken the place of another. */
export function leadToHeading(place: HTMLElement | null | undefined): void {
  const heading = place?.querySelector<HTMLElement>("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  globalThis.scrollTo?.({ top: 0 });
}
