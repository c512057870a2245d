// How fast the engine is natively, in Node and in a browser, one after the other on this machine. `cargo xtask measure browser` builds what is measured
// and runs this: node scripts/run.mjs e2e/engine-speed/measure.ts NATIVE MODULE MEASURED GRAPH
// NATIVE is the program of crates/engine-wasm/examples, MODULE the engine that browsers get, MEASURED the same with work for measuring in it, GRAPH a
// table of skills. Prints one JSON object.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { Engine } from "../../src/engine/host";
import { launch } from "../browser";
import { type Skill, skillsOf } from "./graph";
import { type Amounts, type Online, online, type PreTest, preTest } from "./measured";

const AMOUNTS: Amounts = { runs: 7, batches: 50, answers: 10_000 };
const STUDENTS = 6;
/** Where the page keeps what is timed, and how it comes there. */
const PAGE = `<!doctype html><title>Speed</title><script type="module">
  globalThis.measured = await import("/e2e/engine-speed/measured.ts");
</script>`;
type Page = { measured: typeof import("./measured") };

type Told = { online: Online; pre_test: PreTest };

export async function main([native, module, measured, graph]: string[]): Promise<void> {
  const [shipped, working] = [readFileSync(module!), readFileSync(measured!)];
  const lines = await played(shipped, skillsOf(readFileSync(graph!, "utf8")));
  const told = {
    native: natively(native!, lines),
    node: { online: await online(working, AMOUNTS), pre_test: await preTest(shipped, lines, AMOUNTS.runs) },
    browser: await inBrowser(shipped, working, lines),
  };
  const { sum } = told.native.online;
  for (const [host, { online, pre_test }] of Object.entries(told)) {
    if (online.sum !== sum || pre_test.different > 0) throw new Error(`${host} concludes something else than native`);
  }
  const rows = Object.entries(told).map(([host, one]) => [host, figures(one, lines)]);
  console.log(JSON.stringify(Object.fromEntries(rows)));
}

/** Pre-tests to their ends as requests and answers, by students who stand at different heights and slip now and then. */
async function played(module: Uint8Array<ArrayBuffer>, skills: Skill[]): Promise<string[]> {
  const engine = await Engine.from(module);
  const height = heights(skills);
  const highest = Math.max(...height.values());
  const lines: string[] = [];
  const ask = (request: object) => {
    const text = JSON.stringify(request);
    const answer = engine.askText(text);
    lines.push(`${text}\t${answer}`);
    return JSON.parse(answer) as { next?: string };
  };
  for (let student = 0; student < STUDENTS; student++) {
    const stands = (highest * (student + 1)) / (STUDENTS + 1);
    let { next } = ask({ place: { skills, seed: student } });
    for (let asked = 0; next !== undefined; asked++) {
      const right = height.get(next)! < stands !== (asked % 7 === 6);
      ({ next } = ask({ placed: { skill: next, outcome: right ? "right" : "wrong" } }));
    }
  }
  return lines;
}

/** How many skills lie below each, one on another; what closes a circle does not count. */
function heights(skills: Skill[]): Map<string, number> {
  const height = new Map<string, number>();
  const known = new Map(skills.map((skill) => [skill.id, skill]));
  const of = (id: string): number => {
    const found = height.get(id);
    if (found !== undefined) return found;
    height.set(id, 0);
    const below = known.get(id)!.prerequisites.filter((other) => known.has(other));
    const own = Math.max(0, ...below.map((other) => of(other) + 1));
    height.set(id, own);
    return own;
  };
  for (const { id } of skills) of(id);
  return height;
}

function natively(program: string, lines: string[]): Told {
  const folder = mkdtempSync(join(tmpdir(), "tandem-engine-"));
  const requests = join(folder, "requests.tsv");
  writeFileSync(requests, lines.join("\n"));
  const { runs, batches, answers } = AMOUNTS;
  const told = execFileSync(program, [requests, runs, batches, answers].map(String), { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return JSON.parse(told) as Told;
}

/** In a page of its own, on the thread on which the product's pages ask the engine. */
async function inBrowser(shipped: Uint8Array, working: Uint8Array, lines: string[]): Promise<Told & { is: string }> {
  // Apart from other origins the page's clock is a hundred times finer.
  const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
  const files: Record<string, Uint8Array | string> = {
    "/shipped.wasm": shipped,
    "/working.wasm": working,
    "/lines": lines.join("\n"),
    "/": PAGE,
  };
  const server = await createServer({
    configFile: false,
    appType: "custom",
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: "127.0.0.1", headers, hmr: false, ws: false },
  });
  server.middlewares.use((request, response, next) => {
    const file = files[request.url ?? ""];
    if (file === undefined) return next();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.url === "/") response.setHeader("Content-Type", "text/html");
    response.end(file);
  });
  await server.listen();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls!.local[0]!);
    await page.waitForFunction(() => "measured" in globalThis);
    const told = await page.evaluate(async (amounts) => {
      if (!crossOriginIsolated) throw new Error("the page's clock is coarse");
      const { online, preTest } = (globalThis as unknown as Page).measured;
      const bytes = async (url: string) => await (await fetch(url)).arrayBuffer();
      const lines = (await (await fetch("/lines")).text()).split("\n");
      return {
        online: await online(await bytes("/working.wasm"), amounts),
        pre_test: await preTest(await bytes("/shipped.wasm"), lines, amounts.runs),
      };
    }, AMOUNTS);
    return { ...told, is: `Chromium ${browser.version()}` };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Answers a second by the median run; milliseconds to the next question by the median of each question's runs. */
function figures({ online, pre_test }: Told, lines: string[]) {
  const asks = lines.flatMap((line, nth) => (line.startsWith('{"placed"') && line.includes('\t{"next"') ? [nth] : []));
  const begins = lines.flatMap((line, nth) => (line.startsWith('{"place"') ? [nth] : []));
  const of = (runs: number[][], nth: number) => median(runs.map((run) => run[nth]!));
  const question = asks.map((nth) => of(pre_test.milliseconds, nth));
  return {
    answers_per_second: Math.round((AMOUNTS.batches * AMOUNTS.answers) / median(online.seconds)),
    next_ms_median: median(question),
    next_ms_p99: share(question, 0.99),
    // As somebody meets it who takes one pre-test: nothing is warm yet.
    next_ms_first_run: median(asks.filter((nth) => nth < begins[1]!).map((nth) => pre_test.milliseconds[0]![nth]!)),
    begin_ms: median(begins.map((nth) => of(pre_test.milliseconds, nth))),
    questions: asks.length,
    runs: AMOUNTS.runs,
  };
}

const median = (numbers: number[]) => share(numbers, 0.5);

function share(numbers: number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * part)]!;
}
