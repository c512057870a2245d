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
  ).toBe("Something that makes you think. A little practice keeps what you know fresh.");
});
