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
