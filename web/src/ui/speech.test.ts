import { expect, test } from "vitest";
import { spoken } from "./speech";

test("a fraction is read as a fraction and a power as a power", () => {
  const place = document.createElement("div");
  place.innerHTML =
    "<p>Add <math><mfrac><mn>2</mn><mn>3</mn></mfrac><mo>×</mo><msup><mi>x</mi><mn>2</mn></msup></math></p>";
  expect(spoken(place).replace(/\s+/g, " ").trim()).toBe("Add 2 over 3 times x squared .");
});
