import { expect, test } from "vitest";
import { cellKind } from "./mastery";

test("a state that was reached is shown even when few answers stand behind it", () => {
  expect(cellKind({ state: "ready", step: 3, few_answers: true })).toBe("ready");
});

test("a begun skill shows hatching until there are enough answers, then its step", () => {
  expect(cellKind({ state: "started", step: 2, few_answers: true })).toBe("few");
  expect(cellKind({ state: "started", step: 2, few_answers: false })).toBe("two");
  expect(cellKind({ state: "not_started", step: 0, few_answers: true })).toBe("none");
});
