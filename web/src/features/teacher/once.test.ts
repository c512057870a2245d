import { expect, test } from "vitest";
import { once } from "./once";

test("a skill that two lessons teach stands once, where it is named first", () => {
  const of = (id: string) => ({ id });
  expect(once([of("solve"), of("graph"), of("solve"), of("factor")]).map((one) => one.id)).toEqual([
    "solve",
    "graph",
    "factor",
  ]);
});
