import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Harness from "../Harness.svelte";
import { question } from "../testing";

const asked = question({
  kind: "choice",
  prompt: "<p>Which one?</p>",
  options: [
    { id: "a", html: "9 cups" },
    { id: "b", html: "15 cups" },
  ],
});

test("a choice is a group of radio buttons named by its question, answerable by keyboard", async () => {
  const onresponse = vi.fn();
  render(Harness, { question: asked, onresponse });
  expect(screen.getByRole("group", { name: "Which one?" })).toBeTruthy();
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard("[Space]");
  expect(onresponse).toHaveBeenLastCalledWith({ kind: "choice", option: "a" });
  await user.click(screen.getByRole("radio", { name: "15 cups" }));
  expect(onresponse).toHaveBeenLastCalledWith({ kind: "choice", option: "b" });
});

test("what was judged is said in words beside the chosen option", () => {
  render(Harness, { question: asked, response: { kind: "choice", option: "b" }, mark: "look" });
  expect(screen.getByRole("img", { name: "look again" })).toBeTruthy();
});

test("an option that is a formula has a name in words", () => {
  const half = { id: "a", html: "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>" };
  render(Harness, { question: question({ kind: "choice", options: [half, { id: "b", html: "2" }] }) });
  expect(screen.getByRole("radio", { name: "one half" })).toBeTruthy();
});
