// Formulas as a screen reader meets them: read from Chromium's own accessibility tree, in both languages.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canRun, expectWell, School } from "./harness";

type Node = { role?: { value: string }; name?: { value: string } };

/** Names of the formulas in the accessibility tree. */
async function formulas(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send("Accessibility.getFullAXTree")) as { nodes: Node[] };
  const math = nodes.filter((node) => ["math", "MathMLMath"].includes(node.role?.value ?? ""));
  return math.map((node) => node.name?.value ?? "");
}

/** Skips until a question shows a formula. */
async function untilFormula(page: Page): Promise<void> {
  for (let i = 0; i < 12; i++) {
    await page.locator("form.part").first().waitFor();
    if ((await page.locator("section.work math").count()) > 0) return;
    const work = new URL(page.url()).pathname.split("/").at(-1);
    await page.evaluate(
      (id) =>
        fetch(`/api/v1/student/work/${id}/next`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ skip: true }),
        }),
      work,
    );
    await page.reload();
  }
  throw new Error("no question with a formula");
}

describe.skipIf(!canRun())("formulas", () => {
  let school: School;
  beforeAll(async () => {
    school = await School.open();
  });
  afterAll(() => school?.close());

  test.each([
    ["en", /\bover\b|\btimes\b|\bequals\b/],
    ["es", /\bsobre\b|\bpor\b|\bigual\b/],
  ] as const)("have a name in words (%s), and Listen says the same", async (lang, said) => {
    const watched = await school.page({ locale: lang === "es" ? "es-US" : "en-US" });
    const { page } = watched;
    await school.enterAsStudent(page);
    await page.evaluate(
      (locale) =>
        fetch("/api/v1/me", {
          method: "PATCH",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ locale, preferences: { language_chosen: true } }),
        }),
      lang,
    );
    // What the voice would say, since a test has no ears.
    await page.addInitScript(() => {
      const told: string[] = [];
      Object.assign(globalThis, { told });
      speechSynthesis.getVoices = () => [{} as SpeechSynthesisVoice];
      speechSynthesis.speak = (utterance) => void told.push(`${utterance.lang}: ${utterance.text}`);
    });
    await page.goto(`${school.url}/work?skill=equivalent-fractions`);
    await untilFormula(page);
    const names = await formulas(page);
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => name.trim() !== "")).toBe(true);
    expect(names.join(" ")).toMatch(said);
    await page.locator(".work .say button").click();
    const told = await page.evaluate(() => (globalThis as unknown as { told: string[] }).told.join(" "));
    expect(told).toMatch(new RegExp(`^${lang}: `));
    expect(told).toContain(names[0]!.split(" ").slice(0, 3).join(" "));
    await expectWell(watched);
    await watched.close();
  });

  test("are not read in silence where the device has no voice", async () => {
    const watched = await school.page({ locale: "en-US" });
    const { page } = watched;
    await school.enterAsStudent(page);
    await page.addInitScript(() => {
      speechSynthesis.getVoices = () => [];
    });
    await page.goto(`${school.url}/work?skill=equivalent-fractions`);
    await untilFormula(page);
    await page.locator(".work .say button").click();
    await page.getByText(/This device has no voice|Este aparato no tiene voz/).waitFor({ timeout: 5_000 });
    await expectWell(watched);
    await watched.close();
  });
});
