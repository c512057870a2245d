// Every component test speaks English, as the reader would see it.
import "fake-indexeddb/auto";
import { cleanup } from "@testing-library/svelte";
import { afterEach, beforeAll } from "vitest";
import { setLanguage } from "./text/text.svelte";

beforeAll(async () => {
  await setLanguage("en");
});
afterEach(() => cleanup());
