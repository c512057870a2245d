import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import Boxes from "./Boxes.svelte";

const clean = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

test("the six boxes are one field: a pasted code with its dash fills them all", async () => {
  render(Boxes, { label: "Your class code", count: 6, split: 3, value: "", clean });
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Your class code" });
  const user = userEvent.setup();
  await user.click(field);
  await user.paste("r4k-m7p");
  expect(field.value).toBe("R4KM7P");
});

test("letters beyond the last box are not taken", async () => {
  render(Boxes, { label: "Your class code", count: 6, value: "", clean });
  const field = screen.getByRole<HTMLInputElement>("textbox");
  await userEvent.type(field, "abcdefgh");
  expect(field.value).toBe("ABCDEF");
});
