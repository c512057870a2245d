import { resolve } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { canRun, expectWell, School } from "./harness";

const COURSE = process.env.TANDEM_COURSE ?? resolve("../courses/ratios-rates-percent");

// The canned school is set up already, so this one needs the real binary.
describe.skipIf(!canRun())("a fresh server", () => {
  let school: School;
  beforeAll(async () => {
    school = await School.empty();
  });
  afterAll(() => school?.close());

  test("is set up by its one-time link, gets a class from a pasted list, and the first student finds a starting point", async () => {
    const desk = await school.page();
    const { page } = desk;
    await page.goto(school.setUpLink);
    await page.getByLabel("School or district").fill("Hillside School");
    await page.getByLabel("First name").fill("Dana");
    await page.getByLabel("Last name").fill("Okoye");
    await page.getByLabel("Email").fill("dana@school.test");
    await page.getByLabel("Password").fill("plenty of green paper");
    await expectWell(desk);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "People" }).waitFor();
    await expectWell(desk);
    await school.run("import", "course", COURSE);

    await page.getByRole("link", { name: "Make classes" }).click();
    await page.getByRole("button", { name: "Make a class" }).click();
    await page.getByRole("textbox", { name: "Class" }).fill("Math 6, 3rd period");
    await page.getByRole("option").nth(1).waitFor({ state: "attached" });
    await page.getByRole("dialog").getByRole("button", { name: "Make a class" }).click();
    await page.getByText("No students yet.").waitFor();
    await page.getByRole("button", { name: "Add students" }).first().click();
    await page.getByLabel("Names").fill("Leo Ramírez\nJohansson, Mia\nOmar\tFarouk\n12345");
    await page.getByText("3 students will be added").waitFor();
    await expectWell(desk);
    await page.getByRole("button", { name: "Add 3 students" }).click();
    const row = page.getByRole("row", { name: /Ramírez/ });
    await row.waitFor();
    await expectWell(desk);
    const [name, pin] = [
      (await row.getByRole("cell").nth(1).textContent()) ?? "",
      (await row.getByRole("cell").nth(2).textContent()) ?? "",
    ];
    const code = ((await page.locator(".code b").textContent()) ?? "").replace("-", "");

    const seat = await school.page();
    await seat.page.goto(school.url);
    await seat.page.getByLabel("Your class code").fill(code);
    await seat.page.keyboard.press("Enter");
    await seat.page.getByLabel("Your sign-in name").fill(name);
    await seat.page.getByLabel("Your PIN").fill(pin);
    await seat.page.keyboard.press("Enter");
    await seat.page.getByRole("link", { name: /Find your starting point/ }).click();
    await seat.page.getByRole("button", { name: "Begin" }).click();
    await seat.page.locator("form.part").first().waitFor();
    await expectWell(seat);
    const found = seat.page.getByRole("heading", { name: "Your starting point is found" });
    const notLearned = seat.page.getByRole("button", { name: "I have not learned this yet" });
    for (let i = 0; i < 60 && !(await found.count()); i++) {
      await found.or(notLearned.last()).first().waitFor();
      if (await notLearned.count()) await notLearned.last().click();
      await seat.page.waitForTimeout(150);
    }
    await found.waitFor();
    await expectWell(seat);
    await seat.page.getByRole("link", { name: "See what is next" }).click();
    await seat.page.locator("a.card").nth(1).waitFor();
    await expectWell(seat);
    await Promise.all([desk.close(), seat.close()]);
  });
});
