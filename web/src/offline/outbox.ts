// The outbox: every event is kept on this device before it is sent, and leaves it only when the server has said what became of it.
// It sends one student's events, in order, for the student who is signed in now; another student's wait until they sign in again.
import { Problem } from "../api/client";
import type { EventKind, StudentEvent, Verdict } from "../api/types";
import type { Kept, Store } from "./store";
import { uuidV7 } from "./uuid";

export type OutboxState = { waiting: number; reaching: boolean };
export type Send = (events: StudentEvent[]) => Promise<{ verdicts: Verdict[] }>;

export type OutboxOptions = {
  student: string;
  device: string;
  store: Store;
  send: Send;
  now?: () => number;
  /** Waits between tries, in milliseconds; the last one repeats. */
  waits?: number[];
  onstate?: (state: OutboxState) => void;
};

const BATCH = 100;
const WAITS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

export class Outbox {
  readonly student: string;
  private readonly options: Required<Omit<OutboxOptions, "onstate">> & Pick<OutboxOptions, "onstate">;
  private readonly listeners = new Map<string, (verdict: Verdict) => void>();
  private flushing: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private readonly channel: BroadcastChannel | null;
  private readonly wake = () => void this.flush();

  constructor(options: OutboxOptions) {
    this.options = { now: Date.now, waits: WAITS, ...options };
    this.student = options.student;
    this.channel =
      typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`tandem-outbox-${options.student}`);
    // Another tab of the same student may have sent our event for us.
    this.channel?.addEventListener("message", (message) => this.handOut(message.data as Verdict[]));
    globalThis.addEventListener?.("online", this.wake);
  }

  /** Keeps an event and sends it; resolves with the server's verdict, however long that takes. */
  async add(kind: EventKind, body: Record<string, unknown>): Promise<Verdict> {
    const { promise } = await this.keep(kind, body);
    return promise;
  }

  /** Keeps an event; resolves once it is safe on this device, with the promise of its verdict. */
  async keep(kind: EventKind, body: Record<string, unknown>): Promise<{ id: string; promise: Promise<Verdict> }> {
    const claimed_at = this.options.now();
    const id = uuidV7(claimed_at);
    const promise = new Promise<Verdict>((resolve) => this.listeners.set(id, resolve));
    const { device, store } = this.options;
    await store.put(this.student, (device_seq) => ({ id, kind, schema: 1, device, device_seq, claimed_at, body }));
    void this.flush();
    return { id, promise };
  }

  waiting(): Promise<number> {
    return this.options.store.count(this.student);
  }

  /** Sends what waits. Resolves when nothing waits or the server cannot be reached now. */
  flush(): Promise<void> {
    if (this.closed) return Promise.resolve();
    if (this.flushing) {
      this.again = true;
      return this.flushing;
    }
    clearTimeout(this.timer);
    this.flushing = this.alone(() => this.sendAll()).finally(() => {
      this.flushing = null;
      if (this.again) {
        this.again = false;
        void this.flush();
      }
    });
    return this.flushing;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.channel?.close();
    globalThis.removeEventListener?.("online", this.wake);
  }

  /** One tab sends at a time, so that order holds across tabs. */
  private alone(work: () => Promise<void>): Promise<void> {
    const locks = globalThis.navigator?.locks;
    return locks ? (locks.request(`tandem-outbox-${this.student}`, work) as Promise<void>) : work();
  }

  private async sendAll(): Promise<void> {
    while (!this.closed) {
      const kept = await this.options.store.list(this.student, BATCH);
      if (kept.length === 0) {
        this.failures = 0;
        return this.tell(0, true);
      }
      try {
        await this.sendSome(kept);
        this.failures = 0;
      } catch (error) {
        const problem = error instanceof Problem ? error : new Problem({ status: 0 });
        await this.tellCount(false);
        // A session that is over is not tried again: signing in starts a new outbox over the same events.
        if (problem.status !== 401) this.tryLater(problem.retryAfterSeconds);
        return;
      }
    }
  }

  private async sendSome(kept: Kept[]): Promise<void> {
    let verdicts: Verdict[];
    try {
      verdicts = (await this.options.send(kept.map((one) => one.event))).verdicts;
    } catch (error) {
      if (!(error instanceof Problem) || error.passing || error.status === 401) throw error;
      // The whole batch was refused: find the event at fault, so that it never blocks the rest.
      if (kept.length > 1) {
        for (const one of kept) await this.sendSome([one]);
        return;
      }
      verdicts = [refused(kept[0]!.id, error)];
    }
    // One verdict each, in order: an event whose id could not even be read is named by its place.
    const inOrder =
      verdicts.length === kept.length ? verdicts.map((verdict, i) => ({ ...verdict, id: kept[i]!.id })) : verdicts;
    const known = new Set(kept.map((one) => one.id));
    const ours = inOrder.filter((verdict) => known.has(verdict.id));
    if (ours.length === 0) throw new Problem({ status: 502 });
    await this.options.store.remove(ours.map((verdict) => verdict.id));
    await this.tellCount(true);
    this.handOut(ours);
    this.channel?.postMessage(ours);
  }

  private handOut(verdicts: Verdict[]): void {
    for (const verdict of verdicts) {
      this.listeners.get(verdict.id)?.(verdict);
      this.listeners.delete(verdict.id);
    }
  }

  private tryLater(afterSeconds: number | undefined): void {
    const { waits } = this.options;
    const wait = afterSeconds ? afterSeconds * 1000 : waits[Math.min(this.failures, waits.length - 1)]!;
    this.failures += 1;
    clearTimeout(this.timer);
    if (!this.closed) this.timer = setTimeout(this.wake, wait);
  }

  private async tellCount(reaching: boolean): Promise<void> {
    this.tell(await this.waiting(), reaching);
  }

  private tell(waiting: number, reaching: boolean): void {
    if (!this.closed) this.options.onstate?.({ waiting, reaching });
  }
}

function refused(id: string, problem: Problem): Verdict {
  return {
    id,
    status: "refused",
    problem: { type: `/problems/${problem.code}`, status: problem.status },
    judgement: null,
    hint: null,
    solution: null,
    help: null,
    part_done: false,
    item_done: false,
    skill: null,
    became_ready: [],
  };
}

/** This browser's own name, kept for good. */
export function deviceId(): string {
  const made = `d-${uuidV7().replaceAll("-", "").slice(-16)}`;
  try {
    const known = localStorage.getItem("tandem.device");
    if (known) return known;
    localStorage.setItem("tandem.device", made);
  } catch {
    // Without storage the device is new on every visit.
  }
  return made;
}
