// Bit for bit the same as the native engine: the golden file is also the native test's (crates/engine-wasm/tests/golden.rs).
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Engine } from "./host";

const here = dirname(fileURLToPath(import.meta.url));
const module = join(here, "engine.wasm");
const golden = join(here, "../../../crates/engine-wasm/tests/golden.tsv");
const built = existsSync(module);
if (!built && process.env.CI !== "true")
  console.log("skipped: the browser's engine is not built (cargo xtask test builds it)");

describe.skipIf(!built && process.env.CI !== "true")("the browser's engine", () => {
  test("answers as the native one, byte for byte", async () => {
    const engine = await Engine.from(readFileSync(module));
    const lines = readFileSync(golden, "utf8").trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(300);
    const other = lines.filter((line) => {
      const [request = "", answer] = line.split("\t");
      return engine.askText(request) !== answer;
    });
    expect(other).toEqual([]);
  });

  test("says what is wrong with a request, and goes on", async () => {
    const engine = await Engine.from(readFileSync(module));
    expect(() => engine.ask({ sing: {} })).toThrow(/sing/);
    expect(engine.askText("{")).toContain("error");
    expect(() => engine.ask({ placed: { skill: "a", outcome: "right" } })).toThrow();
  });

  test("reads letters of every script", async () => {
    const engine = await Engine.from(readFileSync(module));
    const question = { interaction: { kind: "short_text", accepted: [{ en: "ナイル川 é" }] } };
    const grade = { question, response: { kind: "text", text: "ナイル川 É" }, lang: "en" };
    expect(engine.ask<{ verdict: string }>({ grade }).verdict).toBe("right");
  });
});
