import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, startPractice } from "./answering";
import { canRun, expectWell, School, tabTo } from "./harness";

describe.skipIf(!canRun())("a student", () => {
  let school: School;
  beforeAll(async () => {
    school = await School.open();
  });
  afterAll(() => school?.close());

  test("signs in by class code and practises, by keyboard only", async () => {
    const card = await school.card();
    const watched = await school.page();
    const { page } = watched;
    await page.goto(school.url);
    await tabTo(page, { role: "textbox", name: "Your class code" });
    await page.keyboard.type(card.class.code);
    await expectWell(watched);
    await page.keyboard.press("Enter");
    await page.getByLabel("Your sign-in name").waitFor();
    await page.keyboard.type(card.student.sign_in_name);
    await page.keyboard.press("Tab");
    await page.keyboard.type(card.student.pin);
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: new RegExp(card.student.given_name) }).waitFor();
    await expectWell(watched);
    await tabTo(page, { role: "link", name: /Start/ });
    await page.keyboard.press("Enter");
    // A fresh student begins with the pre-test; the others with practice or a reading.
    await page.locator("form.part, #intro, article").first().waitFor();
    if (await page.getByRole("button", { name: "Begin" }).count()) {
      await tabTo(page, { role: "button", name: "Begin" });
      await page.keyboard.press("Enter");
    }
    if (await page.getByRole("button", { name: /On to the questions/ }).count()) {
      await tabTo(page, { role: "button", name: /On to the questions/ });
      await page.keyboard.press("Enter");
    }
    await page.locator("form.part").first().waitFor();
    await expectWell(watched);
    if (await page.getByRole("button", { name: "I have not learned this yet" }).count()) {
      await tabTo(page, { role: "button", name: "I have not learned this yet" });
      await page.keyboard.press("Enter");
      await page.getByText("Question 2").first().waitFor();
    } else {
      await answer(page, 0);
      await page.locator("#feedback h2").waitFor();
    }
    await expectWell(watched);
    await watched.close();
  });

  test("loses nothing when the server stops in mid-work and comes back", async () => {
    const card = await school.card();
    const watched = await school.page();
    const { page } = watched;
    await page.goto(school.url);
    await page.getByLabel("Your class code").fill(card.class.code);
    await page.keyboard.press("Enter");
    await page.getByLabel("Your sign-in name").fill(card.student.sign_in_name);
    await page.getByLabel("Your PIN").fill(card.student.pin);
    await page.keyboard.press("Enter");
    await page.locator("main a[href^='/work'], main a[href^='/pre-test']").first().waitFor();
    await startPractice(page, school.url);
    await page.locator("form.part").first().waitFor();
    const answersBefore = await page.evaluate(() =>
      fetch("/api/v1/student/home")
        .then((response) => response.json())
        .then((home) => home.progress.answers_today as number),
    );

    await school.stop();
    await answer(page, 0);
    await page.getByText(/Kept on this device/).waitFor();
    await school.restart();
    await page.getByText(/Kept on this device/).waitFor({ state: "detached", timeout: 60_000 });
    await page.locator("#feedback h2").waitFor();

    const answersAfter = await page.evaluate(() =>
      fetch("/api/v1/student/home")
        .then((response) => response.json())
        .then((home) => home.progress.answers_today as number),
    );
    expect(answersAfter).toBe(answersBefore + 1);
    await page.reload();
    await page.locator("form.part").first().waitFor();
    await expectWell(watched);
    await watched.close();
  });
});
