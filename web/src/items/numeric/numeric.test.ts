import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Harness from "../Harness.svelte";
import { question } from "../testing";

test("the field is named by the question and described by its unit", async () => {
  const onresponse = vi.fn();
  render(Harness, { question: question({ unit: "cups" }), onresponse });
  const field = screen.getByRole("textbox", { name: "How much water?" });
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toBe("cups");
  await userEvent.type(field, "7.5");
  expect(onresponse).toHaveBeenLastCalledWith({ kind: "text", text: "7.5" });
});

test("a unit that must be typed is asked for", () => {
  render(Harness, { question: question({ unit_required: true }) });
  expect(screen.getByText("Write the unit too.")).toBeTruthy();
});

test("a locked answer stays readable in its field", () => {
  render(Harness, { question: question({}), response: { kind: "text", text: "15" }, mark: "right", locked: true });
  const field = screen.getByRole<HTMLInputElement>("textbox");
  expect([field.value, field.readOnly]).toEqual(["15", true]);
});

test("a number that may be a root has the root among its keys", () => {
  const root = () => screen.queryByRole("button", { name: "Square root" });
  const { unmount } = render(Harness, { question: question({}) });
  expect(root()).toBeNull();
  unmount();
  render(Harness, { question: question({ signs: ["root"] }) });
  expect(root()).not.toBeNull();
});
