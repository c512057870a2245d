import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bringIntoView, leadTo, leadToHeading, unlessHeld } from "./focus";

const media = (matching: string[]) =>
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: matching.some((part) => query.includes(part)) }));

beforeEach(() => {
  document.body.innerHTML = `<main><h1 tabindex="-1">Question 2</h1><input class="input answer"></main>`;
});
afterEach(() => vi.unstubAllGlobals());

test("with a keyboard the answer's field is ready to type in, on a phone the heading is said", () => {
  media(["pointer: fine"]);
  leadTo(document.querySelector("main"));
  expect(document.activeElement?.localName).toBe("input");
  media([]);
  leadTo(document.querySelector("main"));
  expect(document.activeElement?.localName).toBe("h1");
});

test("where there is nothing to type the heading is said", () => {
  media(["pointer: fine"]);
  document.querySelector("input")?.remove();
  leadTo(document.querySelector("main"));
  expect(document.activeElement?.textContent).toBe("Question 2");
});

test("a page that takes another's place is led to by its heading", () => {
  document.body.innerHTML = "<main><h1>Done</h1></main>";
  leadToHeading(document.querySelector("main"));
  expect(document.activeElement?.textContent).toBe("Done");
});

test("what is gone leaves the focus to what stands there now, and takes it from nothing else", () => {
  document.body.innerHTML = "<main><h2>How it is done</h2><button>Next</button></main>";
  unlessHeld(document.querySelector("h2"));
  expect(document.activeElement?.textContent).toBe("How it is done");
  document.querySelector("button")?.focus();
  unlessHeld(document.querySelector("h2"));
  expect(document.activeElement?.textContent).toBe("Next");
});

test("nothing glides for whoever asked for stillness", () => {
  const scrolled = vi.fn();
  const element = Object.assign(document.createElement("div"), { scrollIntoView: scrolled });
  media(["reduced-motion"]);
  bringIntoView(element);
  media([]);
  bringIntoView(element, "start");
  expect(scrolled.mock.calls.map(([options]) => options)).toEqual([
    { block: "nearest", behavior: "auto" },
    { block: "start", behavior: "smooth" },
  ]);
});
