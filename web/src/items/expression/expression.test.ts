import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import Harness from "../Harness.svelte";
import { question } from "../testing";

test("a sign is put at the cursor as plain text, and the cursor lands where writing goes on", async () => {
  render(Harness, { question: question({ kind: "expression" }) });
  const field = screen.getByRole<HTMLInputElement>("textbox");
  const user = userEvent.setup();
  await user.type(field, "2");
  await user.click(screen.getByRole("button", { name: "Square root" }));
  await user.keyboard("9");
  expect(field.value).toBe("2√(9)");
});

const keys = () => screen.getAllByRole("button").map((one) => one.getAttribute("title"));

test("keys for higher roots and a matrix stand where the question needs them, and only there", async () => {
  const { unmount } = render(Harness, { question: question({ kind: "expression" }) });
  expect(keys()).not.toContain("Cube root");
  expect(keys()).not.toContain("Matrix brackets");
  unmount();
  render(Harness, { question: question({ kind: "expression", signs: ["matrix", "higher_root"] }) });
  expect(keys()).toEqual(expect.arrayContaining(["Square root", "Cube root", "Fourth root"]));
  const field = screen.getByRole<HTMLInputElement>("textbox");
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Matrix brackets" }));
  await user.keyboard("1, 2");
  await user.click(screen.getByRole("button", { name: "Next row of a matrix" }));
  await user.keyboard("3, 4");
  expect(field.value).toBe("[1, 2; 3, 4]");
  expect(screen.getByText(/row by row/)).toBeTruthy();
});
