import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Harness from "../Harness.svelte";
import { question } from "../testing";

test("words are sent as written, without a row of signs", async () => {
  const onresponse = vi.fn();
  render(Harness, { question: question({ kind: "short_text", prompt: "" }), onresponse });
  await userEvent.type(screen.getByRole("textbox", { name: "Your answer" }), "the denominator");
  expect(onresponse).toHaveBeenLastCalledWith({ kind: "text", text: "the denominator" });
  expect(screen.queryByRole("group", { name: "Signs to insert" })).toBeNull();
});
