import { expect, test } from "vitest";
import { boxed, mark } from "./wide";

/** A box that has so much inside, in so much room. */
function box(
  tag: string,
  inside: number,
  room: number,
  parent: HTMLElement = document.createElement("p"),
): HTMLElement {
  const found = parent.appendChild(document.createElement(tag));
  Object.defineProperties(found, { scrollWidth: { value: inside }, clientWidth: { value: room, writable: true } });
  return found;
}

test("each formula stands in a box of its own", () => {
  expect(boxed('<p>Is <math display="inline"><mn>3</mn></math> more?</p>')).toBe(
    '<p>Is <span class="formula"><math display="inline"><mn>3</mn></math></span> more?</p>',
  );
});

test("the keyboard reaches what is wider than its place, and nothing else", () => {
  const formula = box("span", 600, 340);
  mark(formula, "Wide formula");
  expect([formula.tabIndex, formula.getAttribute("role"), formula.getAttribute("aria-label")]).toEqual([
    0,
    "group",
    "Wide formula",
  ]);
  Object.assign(formula, { clientWidth: 700 });
  mark(formula, "Wide formula");
  expect([formula.tabIndex, formula.hasAttribute("role")]).toEqual([-1, false]);
});

test("a wide table stays a table", () => {
  const table = box("table", 600, 340);
  mark(table, "Wide formula");
  expect([table.tabIndex, table.hasAttribute("role")]).toEqual([0, false]);
});

test("inside a button there is no other control", () => {
  const formula = box("span", 600, 340, document.createElement("button"));
  mark(formula, "Wide formula");
  expect(formula.hasAttribute("tabindex")).toBe(false);
});
