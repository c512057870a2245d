import { expect, test } from "vitest";
import { setLanguage } from "../text/text.svelte";
import { pieces, spoken } from "./speech";

test("a fraction is read as a fraction and a power as a power", () => {
  const place = document.createElement("div");
  place.innerHTML =
    "<p>Add <math><mfrac><mn>2</mn><mn>3</mn></mfrac><mo>×</mo><msup><mi>x</mi><mn>2</mn></msup></math></p>";
  expect(spoken(place).replace(/\s+/g, " ").trim()).toBe("Add 2 over 3 times x squared .");
});

test("an English question on a Spanish page is read by an English voice, its formulas too", async () => {
  await setLanguage("es");
  const place = document.createElement("div");
  place.innerHTML =
    '<p>Parte 1 de 2</p><div lang="en"><p>Add <math><mn>1</mn><mo>−</mo><mi>x</mi></math></p></div><button>Revisar</button><p>Es práctica</p>';
  const read = (await pieces(place, "es")).map(({ lang, text }) => [lang, text.replace(/\s+/g, " ").trim()]);
  expect(read).toEqual([
    ["es", "Parte 1 de 2."],
    ["en", "Add 1 minus x."],
    ["es", "Es práctica."],
  ]);
  await setLanguage("en");
});

test("a formula is said with the words that it is named with", () => {
  const place = document.createElement("div");
  place.innerHTML =
    '<p>Simplifica <math aria-label="6 sobre 8"><mfrac><mn>6</mn><mn>8</mn></mfrac></math></p><button>Comprobar</button>';
  expect(spoken(place).replace(/\s+/g, " ").trim()).toBe("Simplifica 6 sobre 8 .");
});
