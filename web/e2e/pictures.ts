// Pictures for docs/review: sign-in, home, player, the teacher's live screen and the administrator's estimates, on two sizes, light and dark, English and Spanish.
// npm run pictures -- FOLDER [PREFIX [REFERENCE [SCREEN...]]]   (TANDEM_BIN names the binary; REFERENCE is a folder of finished pictures to set beside ours, or "")
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { answer, startPractice } from "./answering";
import { missing, School } from "./harness";

/** Our screens and the reference pictures of the same thing. */
const REFERENCES: Record<string, string> = {
  "sign-in": "10-sign-in",
  home: "1-student-home",
  player: "2-player",
  "teacher-now": "5-teacher-now",
};
const SIZES = { "1366x768": { width: 1366, height: 768 }, "390x844": { width: 390, height: 844 } };

export async function main(args: string[]): Promise<void> {
  const why = missing();
  if (why) throw new Error(why);
  const folder = resolve(args[0] ?? "../docs/review/pictures");
  const [prefix = "", reference, ...wanted] = args.slice(1);
  mkdirSync(folder, { recursive: true });
  const school = await School.demo(36);
  const card = await school.card();
  const screens: Record<string, (page: Page) => Promise<void>> = {
    "sign-in": (page) => page.locator("h1").waitFor(),
    home: async (page) => {
      await signInAs(page, "student");
      await page.locator("h1").waitFor();
    },
    player: async (page) => {
      await signInAs(page, "student");
      await page.locator("h1").waitFor();
      await startPractice(page, school.url);
      await page.locator("form.part").first().waitFor();
      await answer(page, 1).catch(() => {});
      await page.waitForTimeout(500);
    },
    "teacher-now": async (page) => {
      await signInAs(page, "teacher");
      await page.locator("h1").first().waitFor();
      await page.goto(`${school.url}/classes/${card.class.id}/now`);
      await page.locator(".tile").first().waitFor();
    },
    estimates: async (page) => {
      await signInAs(page, "admin");
      await page.locator("h1").first().waitFor();
      await learnOnce(page);
      await page.goto(`${school.url}/estimates`);
      await page.locator("figure svg").waitFor();
    },
  };
  for (const [name, go] of Object.entries(screens).filter(([name]) => !wanted.length || wanted.includes(name))) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const lang of ["en", "es"] as const) {
          const { page, close } = await school.page({
            viewport,
            colorScheme,
            locale: lang === "es" ? "es-US" : "en-US",
          });
          await page.goto(school.url);
          await page.locator("h1").first().waitFor();
          await page.evaluate(
            (locale) => fetch("/api/v1/demo/people").then(() => localStorage.setItem("tandem.locale", locale)),
            lang,
          );
          await go(page);
          await inLanguage(page, lang);
          await page.waitForTimeout(300);
          await page.screenshot({
            path: join(folder, `${prefix}${name}-${size}${colorScheme === "dark" ? "-dark" : ""}-${lang}.png`),
          });
          await close();
        }
      }
    }
  }
  if (reference) await besideReference(folder, prefix, resolve(reference));
  await school.close();
  console.log(`pictures in ${folder}`);
  process.exit(0);

  /** One picture of both: the reference on the left, ours on the right. */
  async function besideReference(folder: string, prefix: string, reference: string): Promise<void> {
    for (const [name, theirs] of Object.entries(REFERENCES)) {
      for (const [size, { width, height }] of Object.entries(SIZES)) {
        for (const dark of ["", "-dark"]) {
          const left = join(reference, `${theirs}-${size}${dark}.png`);
          const right = join(folder, `${prefix}${name}-${size}${dark}-en.png`);
          if (!existsSync(left) || !existsSync(right)) continue;
          const { page, close } = await school.page({ viewport: { width: 2 * width + 24, height } });
          const image = (path: string) =>
            `<img width="${width}" src="data:image/png;base64,${readFileSync(path).toString("base64")}">`;
          await page.setContent(
            `<body style="margin:0;display:flex;gap:24px;background:#888">${image(left)}${image(right)}</body>`,
          );
          await page.screenshot({ path: join(folder, `${prefix}beside-${name}-${size}${dark}.png`) });
          await close();
        }
      }
    }
  }
  /** Signs this page in as the first demo person of a role. */
  async function signInAs(page: Page, role: string): Promise<void> {
    const lang = await page.evaluate(() => localStorage.getItem("tandem.locale"));
    await page.evaluate(async (wanted) => {
      const { people } = await (await fetch("/api/v1/demo/people")).json();
      const person = people.find((one: { role: string }) => one.role === wanted).id;
      await fetch("/api/v1/sessions/demo", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ person }),
      });
    }, role);
    await page.evaluate(
      (locale) =>
        fetch("/api/v1/me", {
          method: "PATCH",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ locale }),
        }),
      lang,
    );
    await page.goto(school.url);
  }
  /** Has the administrator's refit run to its end, if none has. */
  async function learnOnce(page: Page): Promise<void> {
    await page.evaluate(async () => {
      const state = async () => (await (await fetch("/api/v1/admin/parameters")).json()).refit?.state;
      const headers = { "Content-Type": "application/json" };
      if (!(await state())) await fetch("/api/v1/admin/refits", { method: "POST", headers, body: "{}" });
      while ((await state()) !== "done") await new Promise((wait) => setTimeout(wait, 300));
    });
  }
  async function inLanguage(page: Page, lang: string): Promise<void> {
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, lang, { timeout: 5_000 });
  }
}
