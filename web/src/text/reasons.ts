// Why a thing is offered, in one or two sentences.
import type { Reason } from "../api/types";
import { words } from "./text.svelte";

export function reasonsOf(reasons: Reason[]): string {
  const sentences = reasons.map((reason) => words("reason", reason.code, reason.args));
  return [...new Set(sentences)].slice(0, 2).join(" ");
}
