// The live picture is drawn once for all who watch, with names in every language of the course; here each gets one name.
import type { Args, LiveClass } from "../../api/types";

/** The picture with names in `lang`, else in English, else in whatever language there is. */
export function inLanguage(picture: LiveClass, lang: string): LiveClass {
  const told = <T extends { args: Args }>(alert: T): T => ({ ...alert, args: each(alert.args, lang) });
  return {
    ...picture,
    see_first: picture.see_first.map(told),
    ...(picture.off_pace ? { off_pace: picture.off_pace.map(told) } : {}),
    ready_to_move_up: picture.ready_to_move_up.map(told),
    rows: picture.rows.map((row) => ({ ...row, working_on: row.working_on && each(row.working_on, lang) })),
  };
}

function each<T extends object>(named: T, lang: string): T {
  return Object.fromEntries(Object.entries(named).map(([key, value]) => [key, one(value, lang)])) as T;
}

function one(value: unknown, lang: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  const names = value as Record<string, string>;
  return names[lang] ?? names.en ?? Object.values(names)[0] ?? null;
}
