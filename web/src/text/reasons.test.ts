import { expect, test } from "vitest";
import { reasonsOf, titleOf } from "./reasons";

test("an offer that only names its skill is put as something to do", () => {
  const skill = { id: "s", name: "Ratio tables" };
  expect(titleOf({ kind: "practise", title: "Ratio tables", skill, lesson: null })).toBe("Practise: Ratio tables");
  expect(titleOf({ kind: "practise", title: "Practise ratio tables", skill, lesson: null })).toBe(
    "Practise ratio tables",
  );
  expect(titleOf({ kind: "review", title: "", skill: null, lesson: null })).toBe("A short look back");
});

test("at most two reasons are given, each once", () => {
  expect(
    reasonsOf([{ code: "challenge" }, { code: "challenge" }, { code: "keep_fresh" }, { code: "not_placed" }]),
  ).toBe("A step further, to make you think. A little practice keeps what you know fresh.");
});

test("a name that the title says already is not said again", () => {
  const challenge = [{ code: "challenge", args: { skill: "Ratio tables" } }];
  expect(reasonsOf(challenge, "Multiply and compare")).toBe("A step further: Ratio tables.");
  expect(reasonsOf(challenge, "Practise: Ratio tables")).toBe("A step further, to make you think.");
  // Where there are no words without the name, it stays.
  const required = [{ code: "required", args: { skill: "Ratio tables" } }];
  expect(reasonsOf(required, "Ratio tables")).toBe("Your teacher put this into your week: Ratio tables.");
});
