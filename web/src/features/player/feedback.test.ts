import { expect, test } from "vitest";
import type { Judgement } from "../../api/types";
import { heading, lines } from "./feedback";

const judged = (more: Partial<Judgement>): Judgement => ({
  verdict: "wrong",
  counts: true,
  message: null,
  misconception: null,
  truth: null,
  conflict: null,
  feedback: null,
  ...more,
});

test("what is true comes before what to look at", () => {
  const judgement = judged({ truth: "<p>rice goes up</p>", conflict: "<p>test it</p>" });
  expect(heading(judgement)).toBe("feedback.title.partly");
  expect(lines(judgement).map((line) => [line.icon, line.html])).toEqual([
    ["check", "<p>rice goes up</p>"],
    ["eye", "<p>test it</p>"],
  ]);
});

test("an author's words to this very answer say what is true of it as well", () => {
  const judgement = judged({ feedback: "<p>13 counts boxes and eggs together. How many eggs are in two boxes?</p>" });
  expect(heading(judgement)).toBe("feedback.title.partly");
  expect(lines(judgement)).toHaveLength(1);
});

test("a wrong answer without words of its own still gets something to do", () => {
  expect(lines(judged({}))).toHaveLength(1);
});

test("what could not be read is explained and said not to count", () => {
  const found = lines(
    judged({ verdict: "unreadable", counts: false, message: { code: "unreadable.unbalanced", args: { at: 4 } } }),
  );
  expect(found.map((line) => line.text)).toEqual([
    "A bracket has no partner. Each ( needs a ).",
    "This does not count as a try.",
  ]);
});
