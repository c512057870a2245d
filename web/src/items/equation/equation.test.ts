import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Harness from "../Harness.svelte";
import { question } from "../testing";

test("an equation offers the relation signs and sends what is written", async () => {
  const onresponse = vi.fn();
  render(Harness, { question: question({ kind: "equation" }), onresponse });
  const user = userEvent.setup();
  await user.type(screen.getByRole("textbox"), "y");
  await user.click(screen.getByRole("button", { name: "At most" }));
  await user.keyboard("2x");
  expect(onresponse).toHaveBeenLastCalledWith({ kind: "text", text: "y≤2x" });
});
