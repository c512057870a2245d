import { expect, test } from "vitest";
import { words } from "./text.svelte";

test("a code with all its places gets its full sentence", () => {
  expect(words("reason", "continue", { skill: "Ratio tables" })).toContain("Ratio tables");
});

test("a code that lacks a place gets its bare sentence, an unknown code the general one", () => {
  expect(words("reason", "unlocks", {})).toBe("It opens the way to new skills.");
  expect(words("reason", "never-heard-of")).toBe("A good next step for you.");
});
