import { expect, test } from "vitest";
import type { LiveClass } from "../../api/types";
import { inLanguage } from "./inLanguage";

const names = { en: "Ratio tables", es: "Tablas de razones" };
const picture = {
  rows: [
    { working_on: { lesson: names, skill: { en: "Only English" }, placement: false, since: 1 } },
    { working_on: null },
  ],
  see_first: [{ student: "a", rule: "stuck", since: 1, args: { skill: names, count: 3 } }],
  ready_to_move_up: [{ student: "b", args: { skill: names } }],
} as unknown as LiveClass;

test("names are told in the language of the screen, else in English", () => {
  const spanish = inLanguage(picture, "es");
  expect(spanish.rows[0]!.working_on).toEqual({ lesson: names.es, skill: "Only English", placement: false, since: 1 });
  expect(spanish.rows[1]!.working_on).toBeNull();
  expect(spanish.see_first[0]!.args).toEqual({ skill: names.es, count: 3 });
  expect(inLanguage(picture, "ar").ready_to_move_up[0]!.args).toEqual({ skill: names.en });
});
