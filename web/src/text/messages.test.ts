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

/** Mistakes that several operations lead to: their words name all of these or none. */
const OPERATIONS: Record<string, string[]> = {
  no_common_denominator: ["add", "subtract"],
  tops_and_bottoms: ["add", "subtract"],
  exponents_of_like_terms: ["add", "subtract"],
  root_as_division: ["multiply", "divide"],
  split_denominator: ["add", "subtract"],
  operation: ["add", "subtract", "multiply", "divide"],
  same_value_twice: [],
  one_of_two: [],
  one_step: [],
  parts_mixed: [],
  root_of_sum: [],
  which_operation: [],
  unlike_terms: [],
};
const NAMED: Record<string, [RegExp, RegExp]> = {
  add: [/\badd|\bsum\b|\bplus\b|together/, /\bsuma|\bmás,|junta/],
  subtract: [/subtract|take away|difference|\bminus\b/, /\brest|\bmenos\b/],
  multiply: [/multiplication|\btimes\b/, /multiplicación|\bpor\b/],
  divide: [/divi/, /divi|\bentre\b/],
};

test("the words of a mistake name every operation that leads to it, or none", () => {
  for (const [code, operations] of Object.entries(OPERATIONS))
    for (const [at, messages] of [english, spanish].entries()) {
      const words = messages[`feedback.general.${code}`]!.toLowerCase();
      const named = Object.keys(NAMED).filter((name) => NAMED[name]![at]!.test(words));
      expect([code, named]).toEqual([code, operations]);
    }
});

test("feedback says and asks as much in both languages", () => {
  const shape = (words: string) => words.replace(/[^.?:]/g, "").replaceAll(":", "");
  for (const key of Object.keys(english).filter((key) => key.startsWith("feedback.")))
    expect([key, shape(spanish[key]!)]).toEqual([key, shape(english[key]!)]);
});
