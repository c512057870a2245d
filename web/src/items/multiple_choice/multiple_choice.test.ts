import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Harness from "../Harness.svelte";
import { question } from "../testing";

test("several options may be ticked; they are sent in the order shown, and none is no answer", async () => {
  const onresponse = vi.fn();
  const options = ["a", "b", "c"].map((id) => ({ id, html: `option ${id}` }));
  render(Harness, { question: question({ kind: "multiple_choice", options }), onresponse });
  const user = userEvent.setup();
  await user.click(screen.getByRole("checkbox", { name: "option c" }));
  await user.click(screen.getByRole("checkbox", { name: "option a" }));
  expect(onresponse).toHaveBeenLastCalledWith({ kind: "multiple_choice", options: ["a", "c"] });
  await user.click(screen.getByRole("checkbox", { name: "option a" }));
  await user.click(screen.getByRole("checkbox", { name: "option c" }));
  expect(onresponse).toHaveBeenLastCalledWith(null);
});
