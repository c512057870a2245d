// Where the reader is, with the browser's own history. Plain links inside the page are followed without a reload.
import { tick } from "svelte";

type Place = { path: string; query: URLSearchParams };

let place = $state.raw<Place>(read());

export const path = () => place.path;
export const query = () => place.query;

/** The parts of the path: "/classes/7/now" gives ["classes", "7", "now"]. */
export const segments = () => place.path.split("/").filter(Boolean).map(decodeURIComponent);

export function go(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  const before = place.path;
  place = read();
  if (place.path !== before) void settle();
}

/** Begins to follow the history and the page's own links. */
export function startRouter(): void {
  addEventListener("popstate", () => {
    place = read();
  });
  addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (
      !(link instanceof HTMLAnchorElement) ||
      link.target ||
      link.hasAttribute("download") ||
      link.origin !== location.origin
    )
      return;
    if (link.pathname.startsWith("/media/") || link.pathname.startsWith("/api/")) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

const LOOKS = 20;
const LOOK_MS = 50;

/** A new screen starts at its top, and a screen reader at its main part. A part of Tandem that is still loading puts its own main part in place of the first, which would leave the focus on nothing. */
async function settle(): Promise<void> {
  await tick();
  scrollTo(0, 0);
  document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  const here = place;
  for (let i = 0; i < LOOKS && place === here; i++) {
    await new Promise((wait) => setTimeout(wait, LOOK_MS));
    if (isNowhere()) document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }
}

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

function read(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}
