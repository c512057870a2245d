// The live class against a stream that tells, breaks and comes back.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveClass, Row } from "../../api/types";
import { Live } from "./live.svelte";

class FakeStream extends EventTarget {
  static all: FakeStream[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeStream.all.push(this);
  }
  close() {
    this.closed = true;
  }
  tell(event: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }
}

const row = (id: string, answers_today: number): Row => ({
  student: { id, given_name: id, family_name: "" },
  version: 1,
  here: true,
  working_on: null,
  last_answer_at: null,
  answers_today,
  right_today: 0,
  marks: [],
  hand_up: false,
});
const picture = (rows: Row[]): LiveClass => ({
  at: Date.now(),
  class: { id: "c", name: "C" },
  here: rows.length,
  of: rows.length,
  see_first: [],
  ready_to_move_up: [],
  hands: [],
  rows,
});

let live: Live;
beforeEach(() => {
  vi.useFakeTimers();
  FakeStream.all = [];
  vi.stubGlobal("EventSource", FakeStream);
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(picture([row("polled", 0)]))));
  live = new Live("c");
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("rows that changed replace their own, and what stands beside them is the newest", () => {
  const stream = FakeStream.all[0]!;
  stream.tell("full", picture([row("ana", 1), row("ben", 1)]));
  stream.tell("rows", {
    at: Date.now(),
    rows: [row("ben", 2)],
    see_first: [{ student: "ben", rule: "three_misses", args: {}, since: 0 }],
  });
  expect(live.status).toBe("live");
  expect(live.picture?.rows.map((one) => [one.student.id, one.answers_today])).toEqual([
    ["ana", 1],
    ["ben", 2],
  ]);
  expect(live.picture?.see_first[0]?.student).toBe("ben");
});

test("somebody who left the class is gone when the whole class is told", () => {
  FakeStream.all[0]!.tell("full", picture([row("ana", 1), row("ben", 1)]));
  FakeStream.all[0]!.tell("rows", { ...picture([row("ana", 1)]), whole: true });
  expect(live.picture?.rows).toHaveLength(1);
});

test("a stream that breaks is named, the last picture stays, and it comes back by itself", async () => {
  FakeStream.all[0]!.tell("full", picture([row("ana", 1)]));
  FakeStream.all[0]!.dispatchEvent(new Event("error"));
  expect(live.status).toBe("retrying");
  expect(live.picture?.rows[0]?.student.id).toBe("ana");
  await vi.advanceTimersByTimeAsync(1_100);
  FakeStream.all[1]!.tell("full", picture([row("ana", 3)]));
  expect([live.status, live.picture?.rows[0]?.answers_today]).toEqual(["live", 3]);
});

test("where no stream holds, the class is asked for now and then", async () => {
  FakeStream.all[0]!.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(1_100);
  FakeStream.all[1]!.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(10);
  expect([live.status, live.picture?.rows[0]?.student.id]).toEqual(["retrying", "polled"]);
});
