import { expect, test } from "vitest";
import en from "./en.json";
import es from "./es.json";
import { format, places } from "./format";

const english: Record<string, string> = en;
const spanish: Record<string, string> = es;

test("both languages have the same keys", () => {
  expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
});

test("a message has the same places in both languages", () => {
  const differing = Object.keys(english).filter(
    (key) => [...new Set(places(english[key]!))].sort().join() !== [...new Set(places(spanish[key]!))].sort().join(),
  );
  expect(differing).toEqual([]);
});

test("every message can be read by the formatter", () => {
  for (const [locale, messages] of [
    ["en", english],
    ["es", spanish],
  ] as const) {
    for (const message of Object.values(messages)) {
      const values = Object.fromEntries(places(message).map((name) => [name, 2]));
      expect(format(message, values, locale)).not.toMatch(/[{}#]/);
    }
  }
});

test("no message blames, shouts or counts a streak", () => {
  for (const message of [...Object.values(english), ...Object.values(spanish)])
    expect(message).not.toMatch(/!|\byou failed\b|\bstreak\b|\bracha\b/i);
});
