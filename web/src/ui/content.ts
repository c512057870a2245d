// The language of a course's own words, which may be another than the page's: told once, where the content begins.
import { getContext, setContext } from "svelte";

const KEY = Symbol("content language");

/** Everything rich inside this component is in `lang`. */
export function contentIsIn(lang: string): void {
  setContext(KEY, lang);
}

export function contentLanguage(): string | undefined {
  return getContext<string | undefined>(KEY);
}
