// Judging a practice answer in the browser, for speed alone: the server judges it too, and its word replaces ours. Whatever
// is missing here (the engine, the key, the connection) only means that the student waits for the server as before.
import { get } from "../api/client";
import type { Judgement, Presentation, Response } from "../api/types";
import { Engine } from "./host";

type PracticeKey = { lang: string; parts: Record<string, { question: unknown; shown: string[]; buggy: unknown[] }> };
type Judged = Pick<Judgement, "verdict"> & Partial<Judgement>;

// Absent where it could not be built.
const module = Object.values(
  import.meta.glob<string>("./engine.wasm", { query: "?url", import: "default", eager: true }),
)[0];
const COUNTED = ["right", "wrong", "wrong_unit", "dont_know"];

let engine: Promise<Engine | null> | null = null;
const keys = new Map<string, Promise<PracticeKey | null>>();
const KEYS_KEPT = 8;

/** Fetches the engine and the question's key, after the question stands on the screen. */
export function prepareInstant(presentation: Presentation): void {
  if (!presentation.instant || !module) return;
  const whenQuiet = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 200));
  whenQuiet(() => {
    engine ??= Engine.from(fetch(module)).catch(() => null);
    if (keys.has(presentation.id)) return;
    const oldest = keys.keys().next().value;
    if (keys.size >= KEYS_KEPT && oldest !== undefined) keys.delete(oldest);
    const path = `/student/presentations/${presentation.id}/practice-key`;
    keys.set(
      presentation.id,
      get<PracticeKey>(path).catch(() => null),
    );
  });
}

/** What the engine here says of a response; nothing where it cannot say. */
export async function instantly(presentation: string, part: string, response: Response): Promise<Judgement | null> {
  const [judge, key] = await Promise.all([engine, keys.get(presentation)]);
  const known = key?.parts[part];
  if (!judge || !key || !known) return null;
  try {
    const judged = judge.ask<Judged>({ grade: { ...known, lang: key.lang, response } });
    return {
      counts: COUNTED.includes(judged.verdict),
      message: null,
      misconception: null,
      truth: null,
      conflict: null,
      feedback: null,
      ...judged,
    };
  } catch {
    // A module that broke is not asked again.
    engine = Promise.resolve(null);
    return null;
  }
}
