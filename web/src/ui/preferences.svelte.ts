// How the reader wants the page to look. Kept in this browser at once, and on the account by whoever registers with `onPreferences`.
import type { Preferences } from "../api/types";

const KEY = "tandem.preferences";
let chosen = $state<Preferences>(read());
let keep: ((preferences: Preferences) => void) | null = null;

export const preferences = () => chosen;

/** The supports among them that an answer is sent with, by the names that the record knows. */
export const supports = (): string[] =>
  (
    [
      ["read_aloud", chosen.read_aloud],
      ["screen_reader", chosen.screen_reader],
    ] as const
  )
    .filter(([, on]) => on)
    .map(([name]) => name);

/** The session registers here to keep choices on the account. */
export function onPreferences(listener: ((preferences: Preferences) => void) | null): void {
  keep = listener;
}

export function choose(change: Preferences): void {
  show({ ...chosen, ...change });
  keep?.(chosen);
}

/** Shows choices that came from the account, or none. */
export function show(next: Preferences): void {
  chosen = next;
  const root = document.documentElement;
  const set = (name: string, value: string | undefined) => {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  };
  set("theme", next.theme === "light" || next.theme === "dark" ? next.theme : undefined);
  set("contrast", next.contrast === "high" ? "high" : undefined);
  set("size", next.text_size === "normal" ? undefined : next.text_size);
  set("font", next.font === "system" ? "system" : undefined);
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Without storage the choice lasts for this visit.
  }
}

function read(): Preferences {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Preferences;
  } catch {
    return {};
  }
}
