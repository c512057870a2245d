// One class, live: a full picture on every connect, then the rows that changed. When the stream fails it says so, asks now and then, and comes back by itself.
import { get } from "../../api/client";
import type { LiveClass, Row } from "../../api/types";
import { language } from "../../text/text.svelte";
import { inLanguage } from "./inLanguage";

export type LiveStatus = "connecting" | "live" | "retrying";

const POLL_MS = 5_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

export class Live {
  /** As the server told it: names in every language of the course. */
  private told = $state.raw<LiveClass | null>(null);
  /** The same with names in the language of the screen. */
  readonly picture = $derived(this.told && inLanguage(this.told, language()));
  status = $state<LiveStatus>("connecting");
  /** The server's clock, as this device knows it. */
  now = $state(Date.now());
  private offset = 0;
  private source: EventSource | null = null;
  private failures = 0;
  private closed = false;
  private timers: ReturnType<typeof setTimeout>[] = [];
  private readonly clock: ReturnType<typeof setInterval>;

  constructor(readonly classId: string) {
    this.clock = setInterval(() => this.tick(), 10_000);
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.source?.close();
    clearInterval(this.clock);
    for (const timer of this.timers) clearTimeout(timer);
  }

  private connect(): void {
    if (this.closed) return;
    if (typeof EventSource === "undefined") return void this.poll();
    const source = new EventSource(`/api/v1/classes/${encodeURIComponent(this.classId)}/live`);
    this.source = source;
    source.addEventListener("full", (event) => this.show(JSON.parse(event.data) as LiveClass));
    source.addEventListener("rows", (event) =>
      this.merge(JSON.parse(event.data) as Partial<LiveClass> & { at: number; rows: Row[] }),
    );
    source.addEventListener("error", () => this.lost(source));
  }

  private lost(source: EventSource): void {
    if (this.closed || this.source !== source) return;
    source.close();
    this.source = null;
    this.status = "retrying";
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)]!;
    this.failures += 1;
    this.later(() => this.connect(), wait);
    if (this.failures > 1) void this.poll();
  }

  /** Asks once; goes on asking while there is no stream. */
  private async poll(): Promise<void> {
    try {
      const picture = await get<LiveClass>(`/classes/${encodeURIComponent(this.classId)}/now`);
      if (this.status !== "live") this.draw(picture);
    } catch {
      // The next round tries again; the screen already says that it is not live.
    }
    if (typeof EventSource === "undefined") this.later(() => void this.poll(), POLL_MS);
  }

  private show(picture: LiveClass): void {
    this.failures = 0;
    this.status = "live";
    this.draw(picture);
  }

  private draw(picture: LiveClass): void {
    this.offset = picture.at - Date.now();
    this.told = picture;
    this.tick();
  }

  private merge(change: Partial<LiveClass> & { at: number; rows: Row[] }): void {
    if (!this.told) return;
    const changed = new Map((change.rows ?? []).map((row) => [row.student.id, row]));
    if (change.whole) {
      this.show({ ...this.told, ...change });
      return;
    }
    const rows = this.told.rows.map((row) => {
      const next = changed.get(row.student.id);
      changed.delete(row.student.id);
      return next ?? row;
    });
    this.show({ ...this.told, ...change, rows: [...rows, ...changed.values()] });
  }

  private tick(): void {
    this.now = Date.now() + this.offset;
  }

  private later(work: () => void, wait: number): void {
    if (!this.closed) this.timers.push(setTimeout(work, wait));
  }
}
