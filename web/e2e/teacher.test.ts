import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missThreeTimes, startPractice } from "./answering";
import { canRun, expectWell, School } from "./harness";

describe.skipIf(!canRun())("a teacher", () => {
  let school: School;
  beforeAll(async () => {
    school = await School.open();
  });
  afterAll(() => school?.close());

  test("sees a name rise with its reason, without reload, while the student is offered another form of help", async () => {
    const card = await school.card();
    const desk = await school.page();
    await school.enterAsTeacher(desk.page);
    await desk.page.goto(`${school.url}/classes/${card.class.id}/now`);
    await desk.page.getByText(/^Live ·/).waitFor();
    await expectWell(desk);
    await desk.page.evaluate(() => Object.assign(globalThis, { stayed: true }));

    const seat = await school.page();
    await seat.page.goto(school.url);
    await seat.page.getByLabel("Your class code").fill(card.class.code);
    await seat.page.keyboard.press("Enter");
    await seat.page.getByLabel("Your sign-in name").fill(card.student.sign_in_name);
    await seat.page.getByLabel("Your PIN").fill(card.student.pin);
    await seat.page.keyboard.press("Enter");
    await seat.page.getByRole("heading", { level: 1, name: new RegExp(card.student.given_name) }).waitFor();
    await startPractice(seat.page, school.url);
    await missThreeTimes(seat.page);
    await expectWell(seat);

    const name = `${card.student.given_name} ${card.student.family_name}`;
    const first = desk.page
      .getByRole("region", { name: /See first/ })
      .getByRole("listitem")
      .filter({ hasText: name });
    await first.waitFor({ timeout: 10_000 });
    expect(((await first.locator(".r").textContent()) ?? "").length).toBeGreaterThan(5);
    expect(await desk.page.evaluate(() => "stayed" in globalThis)).toBe(true);
    await expectWell(desk);

    // The line opens to the answers as they were seen.
    await first.getByRole("link", { name: "Open answers" }).click();
    await desk.page.getByRole("heading", { level: 1, name }).waitFor();
    await desk.page.locator("section[aria-labelledby=answers] li button").first().click();
    await desk.page.getByRole("dialog").waitFor();
    await expectWell(desk);
    await Promise.all([desk.close(), seat.close()]);
  });
});
