import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { expect, test, vi } from "vitest";
import { language, setLanguage } from "../text/text.svelte";
import Language from "./Language.svelte";

test("whoever changes the language by keyboard stays on the button", async () => {
  await setLanguage("en");
  render(Language);
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard("{Enter}");
  await user.tab();
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Español" }));
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(language()).toBe("es"));
  await tick();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: /Idioma/ }));
  await setLanguage("en");
});
