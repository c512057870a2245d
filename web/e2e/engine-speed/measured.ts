// What is timed, the same in Node and in a page: answers taken in by batches with all state inside the module, and the
// requests of pre-tests. The native side is crates/engine-wasm/examples/measured.rs.
import { Engine } from "../../src/engine/host";

/** One run of all batches or requests, again and again: what each took, and what came of it. */
export type Online = { seconds: number[]; sum: number };
export type PreTest = { milliseconds: number[][]; different: number };
export type Amounts = { runs: number; batches: number; answers: number };

type Exports = {
  memory: WebAssembly.Memory;
  room(length: number): number;
  answer_at(): number;
  draw(answers: number): number;
  begin(): void;
  take(): number;
  chances_at(): number;
};

/** `module` is the engine built for measuring. Each batch is copied in and its chances are copied out. */
export async function online(module: BufferSource, { runs, batches, answers }: Amounts): Promise<Online> {
  const { instance } = await WebAssembly.instantiate(module, {});
  const engine = instance.exports as unknown as Exports;
  const given = Array.from({ length: batches }, () => {
    const length = engine.draw(answers);
    return new Uint8Array(engine.memory.buffer, engine.answer_at(), length).slice();
  });
  const chances = new Float64Array(batches * answers);
  const seconds = Array.from({ length: runs }, () => {
    engine.begin();
    const begun = performance.now();
    let done = 0;
    for (const batch of given) {
      const at = engine.room(batch.length);
      // Memory may have grown and moved with every call, so it is looked up each time.
      new Uint8Array(engine.memory.buffer, at, batch.length).set(batch);
      const count = engine.take();
      chances.set(new Float64Array(engine.memory.buffer, engine.chances_at(), count), done);
      done += count;
    }
    return (performance.now() - begun) / 1000;
  });
  return { seconds, sum: chances.reduce((sum, chance) => sum + chance, 0) };
}

/** `module` is the engine that browsers get; `lines` are requests, each with a tab and the answer that came before. */
export async function preTest(module: BufferSource, lines: string[], runs: number): Promise<PreTest> {
  const asked = lines.map((line) => line.split("\t") as [string, string]);
  const milliseconds: number[][] = [];
  let different = 0;
  for (let run = 0; run < runs; run++) {
    const engine = await Engine.from(module);
    milliseconds.push(
      asked.map(([request, answer]) => {
        const begun = performance.now();
        const told = engine.askText(request);
        const taken = performance.now() - begun;
        if (told !== answer) different++;
        return taken;
      }),
    );
  }
  return { milliseconds, different };
}
