import { beforeAll, expect, test } from "vitest";
import type { FittedVersion, HeldOutFigures } from "../../api/types";
import { setLanguage } from "../../text/text.svelte";
import { judged, lackingLines, nameOf, percent, shownFirst } from "./figures";

beforeAll(() => setLanguage("en"));

const of = (log_loss: number, auc: number): HeldOutFigures => ({
  log_loss,
  auc,
  rmse: 0.4,
  ece: 0.01,
  reliability: [],
});

test("lower is better, but for ranking", () => {
  const [before, after] = [of(0.6, 0.7), of(0.5, 0.8)];
  expect(judged("log_loss", before, after)).toBe("better");
  expect(judged("auc", before, after)).toBe("better");
  expect(judged("log_loss", after, before)).toBe("worse");
  expect(judged("rmse", before, after)).toBe("same");
  expect(judged("log_loss", of(0.5, 0.7), of(0.500_01, 0.7))).toBe("same");
});

test("only what is lacking is said", () => {
  expect(lackingLines({ students: 2, answers: 0, held_out_students: 1, held_out_answers: 0 })).toHaveLength(2);
  expect(nameOf(0)).not.toBe(nameOf(1));
  expect(percent(0.5)).toBe("50%");
});

test("a candidate is shown before what is in force", () => {
  const version = (number: number, more: Partial<FittedVersion>): FittedVersion => ({
    number,
    in_force: false,
    published: [],
    step: null,
    why_not: null,
    figures: { before: of(1, 0.5), after: of(1, 0.5) },
    ...more,
  });
  const candidate = version(2, { step: "publish" });
  const force = version(1, { in_force: true });
  const shipped: FittedVersion = { number: 0, in_force: false, published: [], step: "go_back", why_not: null };
  expect(shownFirst([candidate, force, shipped])).toBe(candidate);
  expect(shownFirst([force, shipped])).toBe(force);
  expect(shownFirst([shipped])).toBeUndefined();
});
