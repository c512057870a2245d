// Without a mouse: wherever something goes away under the focus, the focus goes on to what stands there now.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, missThreeTimes, startPractice } from "./answering";
import { canRun, expectWell, School, tabTo } from "./harness";

/** What has the focus: its name, its heading, or `nothing`. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const here = document.activeElement;
    if (!here || here === document.body) return "nothing";
    const name = here.getAttribute("aria-label") ?? here.querySelector(".vh")?.textContent ?? here.textContent ?? "";
    return `${here.localName} ${here.localName === "main" || here.localName === "input" ? "" : name.trim()}`.trim();
  });

describe.skipIf(!canRun())("without a mouse", () => {
  let school: School;
  beforeAll(async () => {
    school = await School.open();
  });
  afterAll(() => school?.close());

  async function signIn(page: Page): Promise<void> {
    const card = await school.card();
    await page.goto(school.url);
    await page.getByLabel("Your class code").fill(card.class.code);
    await page.keyboard.press("Enter");
    await page.getByLabel("Your sign-in name").fill(card.student.sign_in_name);
    await page.getByLabel("Your PIN").fill(card.student.pin);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: new RegExp(card.student.given_name) }).waitFor();
  }

  test("a student works, asks for help, changes the language, stops and goes on", async () => {
    const card = await school.card();
    const watched = await school.page();
    const { page } = watched;
    await signIn(page);
    await startPractice(page, school.url);
    await page.locator("form.part").first().waitFor();
    await page.waitForTimeout(200);
    expect(await focus(page)).toMatch(/^(input|h1 Question 1)/);

    // The question was not begun: it follows the language, and what was written stays.
    const before = await page.locator(".work").textContent();
    await tabTo(page, { role: "button", name: "Text size and colours" });
    await page.keyboard.press("Enter");
    await tabTo(page, { role: "button", name: "Español" });
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.lang === "es");
    await page.waitForTimeout(600);
    expect(await focus(page)).toBe("button Español");
    expect(await page.locator(".work").textContent()).not.toBe(before);
    await expectWell(watched);
    await tabTo(page, { role: "button", name: "English" });
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    await page.waitForTimeout(600);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(200);
    expect(await focus(page)).toMatch(/^button/);
    expect(await page.locator(".work").textContent()).toBe(before);

    // A hint opens in place.
    await tabTo(page, { role: "button", name: /^1/ });
    await page.keyboard.press("Enter");
    await page.locator(".rung.open").first().waitFor();
    expect(await focus(page)).toMatch(/^button 1/);
    await expectWell(watched);

    // The hand goes up and down from the bar, and down from its strip.
    await tabTo(page, { role: "button", name: "Raise my hand" }, 80);
    await page.keyboard.press("Enter");
    await page.getByText("Your hand is up. Your teacher sees it.").waitFor();
    expect(await focus(page)).toBe("button Put my hand down");
    await expectWell(watched);
    await page.reload();
    await page.getByText("Your hand is up. Your teacher sees it.").waitFor();
    await page.locator(".noprint button", { hasText: "Put my hand down" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Your hand is up. Your teacher sees it.").waitFor({ state: "detached" });
    expect(await focus(page)).toBe("button Raise my hand");

    // Misses until help changes its form; declined, the question has the focus again.
    await missThreeTimes(page);
    await expectWell(watched);
    if (await page.locator(".help .no").count()) {
      await page.locator(".help .no").focus();
      await page.keyboard.press("Enter");
      await page.locator(".help").waitFor({ state: "detached" });
      expect(await focus(page)).toMatch(/^(input|h1 Question)/);
    }

    // Stop: home has the focus and offers to go on; going on, the question has it.
    await tabTo(page, { role: "link", name: /^Leave/ }, 80);
    await page.keyboard.press("Enter");
    await page.getByText("Go on where you stopped").waitFor();
    await page.waitForTimeout(300);
    expect(await focus(page)).toBe("main");
    await expectWell(watched);
    await tabTo(page, { role: "link", name: /Go on where you stopped/ });
    await page.keyboard.press("Enter");
    await page.locator("form.part").first().waitFor();
    await page.waitForTimeout(200);
    expect(await focus(page)).toMatch(/^(input|h1 Question)/);

    // Progress opens to the answers behind it.
    await page.goto(school.url);
    await page.getByText("Go on where you stopped").waitFor();
    await tabTo(page, { role: "link", name: "See everything" }, 80);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "What I can do" }).waitFor();
    await page.waitForTimeout(300);
    expect(await focus(page)).toBe("main");
    await expectWell(watched);
    expect(card.student.pin).toHaveLength(4);
    await watched.close();
  });

  test("a teacher sees a hand, lowers it, and the student is told", async () => {
    const card = await school.card();
    const seat = await school.page();
    await signIn(seat.page);
    await startPractice(seat.page, school.url);
    await seat.page.locator("form.part").first().waitFor();
    const desk = await school.page();
    await school.enterAsTeacher(desk.page);
    await desk.page.goto(`${school.url}/classes/${card.class.id}/now`);
    await desk.page.getByText(/^Live ·/).waitFor();

    await tabTo(seat.page, { role: "button", name: "Raise my hand" }, 80);
    await seat.page.keyboard.press("Enter");
    const done = new RegExp(`put down the hand of ${card.student.given_name}`);
    await desk.page.getByRole("button", { name: done }).waitFor({ timeout: 5_000 });
    await expectWell(desk);
    await tabTo(desk.page, { role: "button", name: done }, 80);
    await desk.page.keyboard.press("Enter");
    await desk.page.getByText("No hand is up.").waitFor();
    expect(await focus(desk.page)).toBe("h2 Hand up");
    await seat.page.getByText("Your teacher has seen your hand.").waitFor({ timeout: 15_000 });
    await expectWell(seat);
    await Promise.all([desk.close(), seat.close()]);
  });

  test("a teacher goes from a name to the answers and asks for a lesson", async () => {
    const card = await school.card();
    const seat = await school.page();
    await signIn(seat.page);
    await startPractice(seat.page, school.url);
    await answer(seat.page, 0);
    await seat.page.locator("#feedback h2").waitFor();
    const watched = await school.page();
    const { page } = watched;
    await school.enterAsTeacher(page);
    await page.goto(`${school.url}/classes/${card.class.id}/now`);
    await tabTo(page, { role: "link", name: new RegExp(`^${card.student.given_name}`) }, 80);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: new RegExp(card.student.given_name) }).waitFor();
    await page.waitForTimeout(300);
    expect(await focus(page)).toBe("main");
    await expectWell(watched);
    await tabTo(page, { role: "button", name: "Open as seen" }, 120);
    const opener = await focus(page);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await expectWell(watched);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focus(page)).toBe(opener);

    await tabTo(page, { role: "link", name: "Assign" }, 120);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Ask for a lesson" }).waitFor();
    await page.waitForTimeout(300);
    expect(await focus(page)).toBe("main");
    await expectWell(watched);
    await tabTo(page, { role: "radio" }, 60);
    await page.keyboard.press("Space");
    await tabTo(page, { role: "button", name: "Ask for it" }, 120);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "Asked for" }).waitFor();
    await page.waitForTimeout(600);
    expect(await focus(page)).toBe("h2 Asked for");
    await expectWell(watched);
    await Promise.all([watched.close(), seat.close()]);
  });
});
