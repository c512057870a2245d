import { expect, test } from "vitest";
import { faceOf } from "./picture";

test("a drawing shows what the skill is about, or a blank page", () => {
  expect(faceOf("use_m_rise_run_to_find_the_slope_of_a_line")).toBe("graph");
  expect(faceOf("round_decimals_on_a_number_line")).toBe("line");
  expect(faceOf("factor_trinomials")).toBe("page");
  expect(faceOf("")).toBe("page");
});
