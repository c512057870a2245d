import type { MasteryState } from "../api/types";
import type { Key } from "../text/text.svelte";

export type Mastery = { state: MasteryState; step: number; few_answers: boolean };
export type CellKind = "none" | "few" | "one" | "two" | "three" | "ready" | "lasting" | "placed";

/** How a skill's mastery is drawn. A state that was reached is shown even when few answers stand behind the estimate. */
export function cellKind({ state, step, few_answers }: Mastery): CellKind {
  if (state === "lasting" || state === "ready" || state === "placed") return state;
  if (state === "not_started") return "none";
  if (few_answers) return "few";
  return step >= 3 || state === "nearly" ? "three" : step === 2 ? "two" : "one";
}

export const masteryKey = (mastery: Mastery): Key => `mastery.${cellKind(mastery)}`;
