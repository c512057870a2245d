import { expect, test } from "vitest";
import { format, places } from "./format";

test("places are filled and a missing one shows nothing", () => {
  expect(format("Hello {name}{mark}", { name: "Ana" }, "en")).toBe("Hello Ana");
});

test("a plural takes the form of its number, with exact forms first", () => {
  const message = "{n, plural, =0 {none} one {1 answer} other {# answers}} today";
  expect([0, 1, 2, 1200].map((n) => format(message, { n }, "en"))).toEqual([
    "none today",
    "1 answer today",
    "2 answers today",
    "1,200 answers today",
  ]);
});

test("numbers are written as the language writes them", () => {
  expect(format("{n}", { n: 7.5 }, "es")).toBe("7,5");
});

test("a choice takes its other form when nothing fits, and forms may hold places", () => {
  expect(
    format("{who, select, teacher {{name} asks} other {somebody asks}}", { who: "teacher", name: "Ms. Rivera" }, "en"),
  ).toBe("Ms. Rivera asks");
  expect(format("{who, select, teacher {a} other {somebody asks}}", { who: "x" }, "en")).toBe("somebody asks");
});

test("the places of a message are found, also those of plurals", () => {
  expect(places("{a} {n, plural, one {x} other {# {b}}}")).toEqual(["a", "n", "b"]);
});
