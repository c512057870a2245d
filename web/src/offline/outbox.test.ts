// The outbox against a server that loses answers, refuses, is away, and remembers.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../api/client";
import type { StudentEvent, Verdict } from "../api/types";
import { Outbox, type OutboxState, type Send } from "./outbox";
import { memoryStore, openStore, type Store } from "./store";
import { uuidV7 } from "./uuid";

class FakeServer {
  readonly stored = new Map<string, StudentEvent>();
  readonly order: number[] = [];
  batches = 0;
  /** What happens to the next requests, in turn; then all is well. */
  script: ("ok" | "away" | "503" | "lost answer" | "401" | "400")[] = [];
  refuse: string | null = null;

  send: Send = async (events) => {
    this.batches += 1;
    const turn = this.script.shift() ?? "ok";
    if (turn === "away") throw new Problem({ status: 0, type: "/problems/no_connection" });
    if (turn === "503") throw new Problem({ status: 503, type: "/problems/unavailable" });
    if (turn === "401") throw new Problem({ status: 401, type: "/problems/unauthorized" });
    if (turn === "400" || (this.refuse && events.some((event) => event.id === this.refuse)))
      throw new Problem({ status: 400, type: "/problems/invalid" });
    const verdicts = events.map((event) => this.store(event));
    if (turn === "lost answer") throw new Problem({ status: 0, type: "/problems/no_connection" });
    return { verdicts };
  };

  private store(event: StudentEvent): Verdict {
    const known = this.stored.has(event.id);
    if (!known) this.order.push(event.device_seq);
    this.stored.set(event.id, event);
    return {
      id: event.id,
      status: known ? "known" : "stored",
      problem: null,
      judgement: null,
      hint: null,
      solution: null,
      help: null,
      part_done: true,
      item_done: true,
      skill: null,
      became_ready: [],
    };
  }
}

let server: FakeServer;
let store: Store;
let states: OutboxState[];
const open: Outbox[] = [];

function outbox(student = "ana"): Outbox {
  const made = new Outbox({
    student,
    device: "d-1",
    store,
    send: (events) => server.send(events),
    waits: [5],
    onstate: (state) => states.push(state),
  });
  open.push(made);
  return made;
}

beforeEach(() => {
  server = new FakeServer();
  store = memoryStore();
  states = [];
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

test("an answer is kept before it is sent and leaves only with the server's word", async () => {
  const waiting: number[] = [];
  server.send = async (events) => {
    waiting.push(await store.count("ana"));
    return new FakeServer().send(events);
  };
  const verdict = await outbox().add("answered", { part: "a" });
  expect(waiting).toEqual([1]);
  expect(verdict.status).toBe("stored");
  expect(await store.count("ana")).toBe(0);
});

test("while the server is away answers wait, then go out in order by themselves", async () => {
  server.script = ["away", "503", "away"];
  const box = outbox();
  const verdicts = await Promise.all([1, 2, 3].map((n) => box.add("answered", { n })));
  expect(verdicts.map((verdict) => verdict.status)).toEqual(["stored", "stored", "stored"]);
  expect(server.order).toEqual([1, 2, 3]);
  expect(states.some((state) => !state.reaching && state.waiting > 0)).toBe(true);
  expect(states.at(-1)).toEqual({ waiting: 0, reaching: true });
});

test("an answer whose reply was lost is sent again under the same id and counted once", async () => {
  server.script = ["lost answer"];
  const verdict = await outbox().add("answered", { n: 1 });
  expect(verdict.status).toBe("known");
  expect(server.stored.size).toBe(1);
});

test("a reload resumes: a new outbox sends what the old one kept", async () => {
  server.script = ["away"];
  const first = outbox();
  await first.keep("answered", { n: 1 });
  first.close();
  const second = outbox();
  await second.flush();
  expect(server.stored.size).toBe(1);
  expect(await second.waiting()).toBe(0);
});

test("another student who signs in never sends the first one's answers", async () => {
  server.script = ["away", "away", "away"];
  const ana = outbox("ana");
  await ana.keep("answered", { who: "ana" });
  ana.close();
  server.script = [];
  const ben = outbox("ben");
  await ben.add("answered", { who: "ben" });
  await ben.flush();
  expect([...server.stored.values()].map((event) => event.body.who)).toEqual(["ben"]);
  expect(await store.count("ana")).toBe(1);
});

test("when the session is over the outbox keeps everything and waits for a sign-in", async () => {
  server.script = ["401"];
  const box = outbox();
  await box.keep("answered", { n: 1 });
  await vi.waitFor(() => expect(states.at(-1)?.reaching).toBe(false));
  await new Promise((wait) => setTimeout(wait, 30));
  expect(server.batches).toBe(1);
  expect(await box.waiting()).toBe(1);
});

test("one event that the server cannot take never blocks the rest", async () => {
  server.script = ["away"];
  const box = outbox();
  const kept = [];
  for (const n of [1, 2, 3]) kept.push(await box.keep("answered", { n }));
  server.refuse = kept[1]!.id;
  await vi.waitFor(async () => expect(await box.waiting()).toBe(0));
  expect((await kept[1]!.promise).status).toBe("refused");
  expect(server.order).toEqual([1, 3]);
});

test("IndexedDB keeps events across openings, numbered without gaps", async () => {
  const first = await openStore();
  const make = (seq: number): StudentEvent => ({
    id: uuidV7(),
    kind: "answered",
    schema: 1,
    device: "d-1",
    device_seq: seq,
    claimed_at: 1,
    body: {},
  });
  const one = await first.put("zoe", make);
  const second = await openStore();
  const two = await second.put("zoe", make);
  expect(two.seq).toBe(one.seq + 1);
  expect((await second.list("zoe")).map((kept) => kept.id)).toEqual([one.id, two.id]);
  await second.remove([one.id, two.id]);
  expect(await first.count("zoe")).toBe(0);
});

test("a uuid of version 7 carries its time first, so that ids sort by age", () => {
  expect(uuidV7(1)).toMatch(/^00000000-0001-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidV7(1_000) < uuidV7(2_000)).toBe(true);
});
