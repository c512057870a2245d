// The teacher's classes, asked for once and kept for every screen.
import { asProblem, get, type Problem } from "../../api/client";
import type { Class } from "../../api/types";

type Classes = { kind: "loading" } | { kind: "failed"; problem: Problem } | { kind: "here"; classes: Class[] };

let all = $state.raw<Classes>({ kind: "loading" });
export const classes = () => all;

export async function loadClasses(): Promise<void> {
  try {
    all = { kind: "here", classes: (await get<{ classes: Class[] }>("/classes")).classes };
  } catch (error) {
    all = { kind: "failed", problem: asProblem(error) };
  }
}

/** Puts a class that was made or changed into the list. */
export function keepClass(changed: Class): void {
  if (all.kind !== "here") return;
  const others = all.classes.filter((one) => one.id !== changed.id);
  all = { kind: "here", classes: [...others, changed].sort((a, b) => a.name.localeCompare(b.name)) };
}

export const shownCode = (code: string) => (code.length === 6 ? `${code.slice(0, 3)}-${code.slice(3)}` : code);

const KEY = "tandem.class";
export function rememberClass(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // The list of classes is shown first next time.
  }
}
export function lastClass(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
