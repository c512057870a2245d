import { expect, test, vi } from "vitest";
import type { Judgement, Presentation, Response, Verdict } from "../../api/types";

const sent: ((verdict: Partial<Verdict>) => void)[] = [];
const guesses: ((judgement: Judgement | null) => void)[] = [];
vi.mock("../../offline/current.svelte", () => ({ record: () => new Promise((done) => sent.push(done as never)) }));
vi.mock("../../engine/instant", () => ({
  prepareInstant: () => {},
  instantly: () => new Promise((done) => guesses.push(done)),
}));
const { PartWork } = await import("./part.svelte");

const judged = (verdict: Judgement["verdict"], more: Partial<Judgement> = {}): Judgement => ({
  verdict,
  counts: true,
  message: null,
  misconception: null,
  truth: null,
  conflict: null,
  feedback: null,
  ...more,
});
const presentation = { id: "p", answered: {} } as unknown as Presentation;
const part = { id: "a", hints: [] } as never;
const five: Response = { kind: "text", text: "5" };
const settle = () => new Promise((done) => setTimeout(done));

test("what the browser judges is shown while the server is asked, and the server's word replaces it", async () => {
  const work = new PartWork(presentation, part, () => {});
  work.response = five;
  const checked = work.check();
  guesses.pop()?.(judged("wrong"));
  await settle();
  expect([work.phase, work.judgement?.verdict, work.tries]).toEqual(["sending", "wrong", 0]);
  sent.pop()?.({ status: "stored", judgement: judged("wrong", { feedback: "Look at the sign." }), part_done: false });
  await checked;
  expect([work.phase, work.judgement?.feedback, work.tries]).toEqual(["asking", "Look at the sign.", 1]);
});

test("a judgement of the browser that comes after the server's is dropped", async () => {
  const work = new PartWork(presentation, part, () => {});
  work.response = five;
  const checked = work.check();
  const late = guesses.pop();
  sent.pop()?.({ status: "stored", judgement: judged("right"), part_done: true });
  await checked;
  late?.(judged("wrong"));
  await settle();
  expect([work.phase, work.judgement?.verdict, work.mark]).toEqual(["done", "right", "right"]);
});

test("a side path that is declined stands until the next form of help takes its place", async () => {
  const work = new PartWork(presentation, part, () => {});
  const because = { why: "needed" } as const;
  work.help = { form: "detour", example: null, detour: { id: "d", skill: { id: "add", name: "Adding" }, because } };
  const declined = work.declineDetour();
  sent.pop()?.({ status: "stored", help: { form: "example", example: null, detour: null } });
  await declined;
  expect((work.help as Verdict["help"])?.form).toBe("example");
});
