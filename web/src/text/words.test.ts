import { expect, test } from "vitest";
import { words } from "./text.svelte";

test("a code with all its places gets its full sentence", () => {
  expect(words("reason", "frontier_of", { skill: "Ratio tables" })).toContain("Ratio tables");
});

test("a code that lacks a place gets its bare sentence, an unknown code the general one", () => {
  expect(words("reason", "unlocks", {})).toBe("It opens the way to new skills.");
  expect(words("reason", "never-heard-of")).toBe("A good next step for you.");
});

test("a number inside a code fills its sentence", () => {
  expect(words("feedback", "form.decimal_places:2")).toBe("Write it with 2 digits after the decimal mark.");
});

test("a skill whose name is a question ends its sentence", () => {
  expect(words("reason", "frontier_of", { skill: "Times or more?" })).not.toContain("?.");
});
