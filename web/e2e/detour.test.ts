// A side path to the idea beneath, as a student walks it by keyboard, and as a teacher sees it.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, missThreeTimes } from "./answering";
import { canRun, expectWell, School, tabTo } from "./harness";

/** A skill of the starter course that needs others which can be asked. */
const SKILL = "times-as-many";

describe.skipIf(!canRun())("a side path", () => {
  let school: School;
  beforeAll(async () => {
    school = await School.open();
  });
  afterAll(() => school?.close());

  /** Misses until the side path is offered: a question that happens to be got, or whose help takes another form, is left for another. */
  async function missed(page: Page, offer = "Take the side path"): Promise<string> {
    for (let run = 0; run < 8; run++) {
      await page.goto(`${school.url}/work?skill=${SKILL}`);
      await missThreeTimes(page);
      if ((await page.getByRole("button", { name: offer }).count()) > 0) {
        return ((await page.locator("section.work .prompt, section.work legend").last().textContent()) ?? "").trim();
      }
    }
    throw new Error("no side path was ever offered");
  }

  test("is offered after three misses, survives a reload and leads back to the same question", async () => {
    const card = await school.card();
    const desk = await school.page();
    await school.enterAsTeacher(desk.page);
    await desk.page.goto(`${school.url}/classes/${card.class.id}/now`);
    const seat = await school.page();
    const { page } = seat;
    await school.enterAsStudent(page);
    const question = await missed(page);
    await expectWell(seat);
    await tabTo(page, { role: "button", name: "Take the side path" }, 60);
    await page.keyboard.press("Enter");

    const path = page.getByRole("region", { name: /Side path/ });
    await path.waitFor();
    await path.getByRole("img", { name: "Step 1 of 3 at most" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Two minutes on .*Step 1 of 3/);
    const waits = page.getByRole("complementary", { name: "Your question waits here" });
    expect(await waits.textContent()).toContain(question.slice(0, 20));
    await expectWell(seat);
    await desk.page
      .getByText(/side path: /)
      .first()
      .waitFor({ timeout: 10_000 });

    const step = ((await path.locator(".work").textContent()) ?? "").replaceAll(/\s+/g, " ");
    await page.reload();
    await path.waitFor();
    expect(((await path.locator(".work").textContent()) ?? "").replaceAll(/\s+/g, " ")).toBe(step);

    // To its end, right or not, three questions at most.
    for (let turn = 0; turn < 3; turn++) {
      await answer(page, turn);
      const back = path.locator(".work").getByRole("button", { name: "Back to your question" });
      const on = path.locator(".work").getByRole("button", { name: /^(Go on|Next)$/ });
      await back.or(on).first().waitFor();
      const leads = (await back.count()) > 0;
      const button = leads ? back : on;
      await button.focus();
      await page.keyboard.press("Enter");
      if (leads) break;
      await path.getByRole("img", { name: `Step ${turn + 2} of 3 at most` }).waitFor();
    }
    await page.getByText(/Back at your question/).waitFor();
    expect(((await page.locator("section.work .prompt, section.work legend").last().textContent()) ?? "").trim()).toBe(
      question,
    );
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Back at your question/);
    await expectWell(seat);
    await page.reload();
    await page.getByText(/Back at your question/).waitFor();

    const name = `${card.student.given_name} ${card.student.family_name}`;
    await desk.page.goto(`${school.url}/classes/${card.class.id}/students/${card.student.id}`);
    await desk.page.getByRole("heading", { level: 1, name }).waitFor();
    await desk.page
      .getByText(/Took a side path to/)
      .first()
      .waitFor();
    await expectWell(desk);
    await Promise.all([desk.close(), seat.close()]);
  });

  test("may be declined, and left on the way, in Spanish and on a phone", async () => {
    const seat = await school.page({ viewport: { width: 390, height: 844 }, locale: "es-US" });
    const { page } = seat;
    await school.enterAsStudent(page, 1);
    await page.evaluate(() =>
      fetch("/api/v1/me", {
        method: "PATCH",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ locale: "es", preferences: { language_chosen: true } }),
      }),
    );
    await missed(page, "Tomar el desvío");
    await page.getByRole("heading", { name: /^Dos minutos de .* y vuelves aquí$/ }).waitFor();
    await expectWell(seat);
    await page.getByRole("button", { name: "Tomar el desvío" }).click();
    await page.getByRole("region", { name: /Desvío/ }).waitFor();
    await expectWell(seat);
    await page.getByRole("button", { name: "Volver a tu pregunta" }).click();
    await page.getByText(/De vuelta en tu pregunta, tal como la dejaste/).waitFor();
    // Help goes on in another form, and no second side path is offered.
    await page.locator(".help").waitFor();
    expect(await page.getByRole("button", { name: "Tomar el desvío" }).count()).toBe(0);
    await expectWell(seat);
    await seat.close();

    const other = await school.page();
    await school.enterAsStudent(other.page, 2);
    await missed(other.page);
    await other.page.getByRole("button", { name: "Not now, I stay here" }).focus();
    await other.page.keyboard.press("Enter");
    await other.page.getByRole("button", { name: "Take the side path" }).waitFor({ state: "detached" });
    await other.page.locator(".help h2").waitFor();
    await other.page.waitForFunction(() => document.activeElement?.matches(".help h2"));
    await expectWell(other);
    await other.close();
  });
});
