// Answering whatever question is shown, by keyboard only: a wrong answer on purpose, or one that is simply an answer.
import type { Page } from "playwright-core";

/** Answers the open part; `turn` picks another option or number each time. Returns once the server has judged it. */
export async function answer(page: Page, turn: number): Promise<void> {
  const form = page.locator("form.part").last();
  await form.waitFor();
  const typed = form.locator("input.answer");
  if ((await typed.count()) > 0) {
    await typed.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(String(-98_700 - turn));
  } else {
    const options = form.locator(".cc input");
    const count = await options.count();
    await options.nth(turn % count).focus();
    await page.keyboard.press("Space");
  }
  await form.locator("button.primary").focus();
  await page.keyboard.press("Enter");
}

/** Misses until help changes its form: at most `limit` answers, going on whenever one happens to be right. */
export async function missThreeTimes(page: Page, limit = 30): Promise<void> {
  for (let turn = 0; turn < limit; turn++) {
    if ((await page.locator(".help").count()) > 0) return;
    const next = page.locator("[data-next]");
    if ((await next.count()) > 0) {
      await next.focus();
      await page.keyboard.press("Enter");
      await page.waitForTimeout(300);
      continue;
    }
    await answer(page, turn);
    await page.waitForTimeout(400);
  }
  await page.locator(".help").waitFor({ timeout: 2_000 });
}

/** Starts the first practice that home offers this student; one who was never placed practises the first skill of the course. */
export async function startPractice(page: Page, url: string): Promise<void> {
  const query = await page.evaluate(async () => {
    const read = (path: string) => fetch(`/api/v1${path}`).then((response) => response.json());
    const home = await read("/student/home");
    const offer = [...home.offers, ...home.something_else].find((one) => one.kind === "practise");
    if (offer) return `offer=${encodeURIComponent(offer.id)}`;
    const { units } = await read("/student/progress");
    return `skill=${encodeURIComponent(units[0].lessons[0].skills[0].id)}`;
  });
  await page.goto(`${url}/work?${query}`);
}
