// Whoever thinks is here; a page that was left is not asked for for ever.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchHand } from "./hand.svelte";

const asked = vi.fn(() =>
  Promise.resolve(
    new Response(JSON.stringify({ since: null }), { status: 200, headers: { "content-type": "application/json" } }),
  ),
);
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
  asked.mockClear();
  stop = watchHand();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a page that is looked at says so twice within a minute and a half", async () => {
  await vi.advanceTimersByTimeAsync(85_000);
  expect(asked.mock.calls.length).toBe(3);
});

test("a page that nobody has touched for a quarter of an hour falls silent until somebody does", async () => {
  await vi.advanceTimersByTimeAsync(16 * 60_000);
  const before = asked.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(asked.mock.calls.length).toBe(before);
  document.dispatchEvent(new Event("keydown"));
  await vi.advanceTimersByTimeAsync(50_000);
  expect(asked.mock.calls.length).toBe(before + 2);
});
