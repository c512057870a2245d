// The student's hand: a fact of the server, the same on every page and device. The server is asked now and then whether it is up, often while it is; by
// that it also knows who is still here, thinking over a question without touching anything.
import { asProblem, get, post, remove } from "../api/client";
import { t, words } from "../text/text.svelte";
import { say } from "./toast.svelte";

const ASK_AGAIN_MS = 10_000;
/** Twice within the minute and a half after which the server takes somebody for gone. */
const STILL_HERE_MS = 40_000;
/** Nothing touched for so long: nobody may be there any more, and asking on would keep an abandoned page signed in. */
const AWAY_MS = 15 * 60_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "scroll"] as const;

let since = $state<number | null>(null);
let busy = $state(false);
let touched = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;

export const hand = {
  /** When it went up (ms); null while it is down. */
  get since(): number | null {
    return since;
  },
  /** The server is asked to raise or lower it. */
  get busy(): boolean {
    return busy;
  },
};

/** Shows the hand as the server has it, and goes on looking; the function that stops looking. */
export function watchHand(): () => void {
  const seen = () => document.visibilityState === "visible" && void look();
  document.addEventListener("visibilitychange", seen);
  for (const kind of TOUCHES) document.addEventListener(kind, touch, { capture: true, passive: true });
  touched = Date.now();
  void look();
  return () => {
    document.removeEventListener("visibilitychange", seen);
    for (const kind of TOUCHES) document.removeEventListener(kind, touch, { capture: true });
    clearTimeout(timer);
  };
}

function touch(): void {
  const away = isAway();
  touched = Date.now();
  if (away) void look();
}

const isAway = () => Date.now() - touched > AWAY_MS;

export async function raiseHand(up: boolean): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    await (up ? post("/student/hand", { note: "" }) : remove("/student/hand"));
    since = up ? Date.now() : null;
    again();
  } catch (error) {
    say(words("problem", asProblem(error).code));
  } finally {
    busy = false;
  }
}

async function look(): Promise<void> {
  clearTimeout(timer);
  const before = since;
  try {
    const seen = (await get<{ since: number | null }>("/student/hand")).since;
    // A hand that this page was raising or lowering meanwhile is newer than the answer.
    if (busy || before !== since) return again();
    since = seen;
    if (before !== null && seen === null) say(t("hand.seen"));
  } catch {
    // What was known last stays until the server can be reached.
  }
  again();
}

function again(): void {
  clearTimeout(timer);
  // Whoever looks at another page is not here; coming back says so.
  if (document.visibilityState !== "visible" || isAway()) return;
  timer = setTimeout(() => void look(), since === null ? STILL_HERE_MS : ASK_AGAIN_MS);
}
