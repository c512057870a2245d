// All words come from here: en.json and es.json, one of them loaded at a time.
import type { Args, Locale } from "../api/types";
import type english from "./en.json";
import { format, places, type Values } from "./format";

export type Key = keyof typeof english;

let locale = $state<Locale>("en");
let messages = $state.raw<Record<string, string>>({});
let zone = $state<string | undefined>(undefined);

const load: Record<Locale, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import("./en.json"),
  es: () => import("./es.json"),
};

/** The language on screen. */
export const language = () => locale;

export async function setLanguage(next: Locale): Promise<void> {
  messages = (await load[next]()).default;
  locale = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem("tandem.locale", next);
  } catch {
    // Without storage the language is chosen again on the next visit.
  }
}

/** The language to begin with: chosen before, else the browser's. */
export function firstLanguage(): Locale {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem("tandem.locale");
  } catch {
    // See above.
  }
  return (kept ?? navigator.language).startsWith("es") ? "es" : "en";
}

/** The school's time zone, for dates. */
export function setZone(next: string | undefined): void {
  zone = next;
}

export function t(key: Key, values: Values = {}): string {
  return format(messages[key] ?? key, values, locale);
}

/** `t` in another language than the page's, for what is read aloud in that one; the page's own where we have no words in it. */
export async function wordsIn(lang: string): Promise<typeof t> {
  const known = (Object.keys(load) as Locale[]).find((one) => lang === one || lang.startsWith(`${one}-`));
  if (!known || known === locale) return t;
  const other = (await load[known]()).default;
  return (key, values = {}) => format(other[key] ?? key, values, known);
}

/** The words for a code that the server sends: the full sentence when all its places are known, else its bare form, else `<prefix>.other`. */
export function words(prefix: string, given: string, args: Args | undefined = {}): string {
  // A code may carry a number, such as "form.decimal_places:2".
  const [code, n] = given.split(":") as [string, string?];
  if (n !== undefined) args = { ...args, n };
  const full = messages[`${prefix}.${code}`];
  const has = (name: string) => args[name] !== undefined && args[name] !== null && args[name] !== "";
  if (full !== undefined && places(full).every(has)) return ended(format(full, args, locale));
  const bare = messages[`${prefix}.${code}.bare`] ?? messages[`${prefix}.other`] ?? full ?? "";
  return format(bare, args, locale);
}

/** A name that is a question ends its sentence: no full stop after it. */
const ended = (sentence: string) => sentence.replace(/([?!])\.(?=\s|$)/g, "$1");

export const hasWords = (prefix: string, code: string) => messages[`${prefix}.${code.split(":")[0]}`] !== undefined;

type DateStyle = "day" | "weekday" | "date" | "time" | "moment" | "long";
const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { month: "short", day: "numeric" },
  weekday: { weekday: "long" },
  date: { month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  moment: { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  long: { weekday: "long", month: "long", day: "numeric" },
};

export function date(at: number, style: DateStyle): string {
  return new Intl.DateTimeFormat(locale, { ...STYLES[style], ...(zone ? { timeZone: zone } : {}) }).format(at);
}

/** "today 9:43", "yesterday", or the day, as short as it can be. */
export function when(at: number, now: number = Date.now()): string {
  const day = (ms: number) => new Intl.DateTimeFormat("en-CA", zone ? { timeZone: zone } : {}).format(ms);
  if (day(at) === day(now)) return t("when.today", { time: date(at, "time") });
  if (day(at) === day(now - 86_400_000)) return t("when.yesterday", { time: date(at, "time") });
  return date(at, now - at < 300 * 86_400_000 ? "moment" : "date");
}

/** What a language is called, in the language on screen. */
export function nameOf(lang: string): string {
  return messages[`language.${lang}`] ?? new Intl.DisplayNames(locale, { type: "language" }).of(lang) ?? lang;
}

/** "Ana, Ben and Leo", in the language on screen. */
export function list(names: string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
}

/** Whole minutes from then to now, at least one. */
export const minutesSince = (since: number, now: number) => Math.max(1, Math.round((now - since) / 60_000));

/** Compares names as readers of this language sort them. */
export const compare = (a: string, b: string) => a.localeCompare(b, locale);
