// A real school for journeys: the built binary on a port and folder of its own, with the means to stop and start it again. `School.open` makes a small
// school through the API; `School.demo` starts the demo with its weeks of history. Without TANDEM_BIN (the path of the binary) the journeys are skipped
// loudly, and fail under CI=true.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Class, DemoPerson, RosterStudent } from "../src/api/types";
import { axe, hasBrowser, launch, type Watched, watchedPage } from "./browser";

const BIN = process.env.TANDEM_BIN;
const COURSE = process.env.TANDEM_COURSE ?? resolve("../courses/ratios-rates-percent");
const ADULT = { email: "dana@school.test", password: "plenty of green paper" };

/** Why journeys cannot run here, or nothing. */
export function missing(): string | null {
  if (!hasBrowser()) return "no Chromium at /usr/bin/chromium (TANDEM_CHROMIUM names another)";
  if (!BIN) return "TANDEM_BIN does not name the tandem binary";
  return existsSync(BIN) ? null : `TANDEM_BIN names ${BIN}, which is not there`;
}

/** True when journeys run; says loudly why not, and under CI refuses to go on. */
export function canRun(): boolean {
  const why = missing();
  if (why === null) return true;
  if (process.env.CI === "true") throw new Error(`Journeys cannot run: ${why}`);
  console.warn(`\n  SKIPPED: browser journeys: ${why}\n`);
  return false;
}

export class School {
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), "tandem-e2e-"));
  private isDemo = false;
  private said = "";
  browser!: Browser;
  url = "";

  /** One adult, the starter course, one class of six. */
  static async open(): Promise<School> {
    const school = new School();
    await school.make();
    school.browser = await launch();
    return school;
  }

  /** The demo school with its weeks of history, and what else `tandem demo` is told. */
  static async demo(students: number, ...more: string[]): Promise<School> {
    const school = new School();
    school.isDemo = true;
    await school.start([
      "demo",
      "--listen",
      "127.0.0.1:0",
      "--data",
      school.folder,
      "--students",
      String(students),
      "--json",
      ...more,
    ]);
    school.browser = await launch();
    return school;
  }

  /** A fresh server without a school; `setUpLink` is the one-time link that it printed. The starter course is brought in once a school is set up. */
  static async empty(): Promise<School> {
    const school = new School();
    await school.start(["serve", "--listen", "127.0.0.1:0", "--data", school.folder]);
    for (let i = 0; i < 100 && !school.setUpLink; i++) await new Promise((wait) => setTimeout(wait, 50));
    school.browser = await launch();
    return school;
  }

  /** Runs a command of the binary on this school's data, to its end. */
  async run(...args: string[]): Promise<string> {
    const child = spawn(BIN!, [...args, "--data", this.folder], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
    const code = await new Promise<number | null>((ended) => child.once("exit", ended));
    if (code !== 0) throw new Error(`tandem ${args.join(" ")} ended with ${code}:\n${said}`);
    return said;
  }

  get setUpLink(): string {
    return /https?:\/\/\S+\/setup\?token=\w+/.exec(this.said)?.[0] ?? "";
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Stops the server at once, as a power cut would. */
  async stop(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    await new Promise<void>((stopped) => {
      child.once("exit", () => stopped());
      child.kill("SIGKILL");
    });
  }

  /** The same school on the same address, from what was stored. */
  async restart(): Promise<void> {
    await this.start(["serve", "--listen", new URL(this.url).host, "--data", this.folder]);
  }

  /** A page nobody has used before. */
  page(options: BrowserContextOptions = {}): Promise<Watched> {
    return watchedPage(this.browser, this.url, options);
  }

  /** Signs a page in as a teacher, the way that this school offers. */
  async enterAsTeacher(page: Page): Promise<void> {
    await page.goto(this.url);
    if (!this.isDemo) {
      await page.getByRole("button", { name: "Teachers and staff" }).click();
      await page.getByLabel("Email").fill(ADULT.email);
      await page.getByLabel("Password").fill(ADULT.password);
      await page.keyboard.press("Enter");
    } else {
      await page.getByRole("heading", { name: "or look around as" }).waitFor();
      const { people } = (await call<{ people: DemoPerson[] }>(this.url, "GET", "/demo/people")).body;
      const name = people.find((one) => one.role === "teacher")?.name ?? "";
      while (!(await page.getByRole("button", { name }).count()))
        await page.getByRole("button", { name: /more pe/ }).click();
      await page.getByRole("button", { name }).first().click();
    }
    await page.getByRole("navigation", { name: "Main" }).waitFor();
  }

  /** Signs a page in as the class's student of that number in its list, by code, name and PIN. */
  async enterAsStudent(page: Page, nth = 0): Promise<void> {
    const teacher = await this.as("teacher");
    const card = await this.card();
    const { students } = await teacher.get<{ students: RosterStudent[] }>(`/classes/${card.class.id}/students`);
    const others = students.filter((one) => one.id !== card.student.id);
    const student = [card.student, ...others][nth]!;
    await page.goto(this.url);
    await page.evaluate(
      async ([code, name, pin]) => {
        await fetch("/api/v1/sessions/student", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ class_code: code, sign_in_name: name, pin }),
        });
      },
      [card.class.code, student.sign_in_name, student.pin],
    );
    await page.goto(this.url);
    await page.locator("main a[href^='/work'], main a[href^='/pre-test']").first().waitFor();
  }

  /** Asks the server as some demo person, without a browser. */
  async as(role: DemoPerson["role"]): Promise<Caller> {
    if (!this.isDemo) return new Caller(this.url, (await call(this.url, "POST", "/sessions", ADULT)).cookie);
    const people = await call<{ people: DemoPerson[] }>(this.url, "GET", "/demo/people");
    const person = people.body.people.find((one) => one.role === role);
    if (!person) throw new Error(`the demo school has no ${role}`);
    const session = await call(this.url, "POST", "/sessions/demo", { person: person.id });
    return new Caller(this.url, session.cookie);
  }

  /** What a student needs to sign in, from the teacher's own list. */
  async card(): Promise<{ class: Class; student: RosterStudent }> {
    const teacher = await this.as("teacher");
    const found = (await teacher.get<{ classes: Class[] }>("/classes")).classes.find((one) => one.students > 0);
    if (!found) throw new Error("the demo teacher has no class with students");
    const { students } = await teacher.get<{ students: RosterStudent[] }>(`/classes/${found.id}/students`);
    const student = students.find((one) => one.given_name === "Leo") ?? students[0];
    if (!student) throw new Error("the demo class has no students");
    return { class: found, student };
  }

  /** A small school: one adult, the starter course, one class of six. */
  private async make(): Promise<void> {
    await this.start(["serve", "--listen", "127.0.0.1:0", "--data", this.folder]);
    for (let i = 0; i < 100 && !this.setUpLink; i++) await new Promise((wait) => setTimeout(wait, 50));
    const token = new URL(this.setUpLink).searchParams.get("token");
    const { cookie } = await call(this.url, "POST", "/setup", {
      token,
      organization: "Hillside School",
      given_name: "Dana",
      family_name: "Okoye",
      ...ADULT,
    });
    await this.run("import", "course", COURSE);
    const made = await call<Class>(
      this.url,
      "POST",
      "/classes",
      { name: "Math 6, 3rd period", course: "ratios-rates-percent" },
      cookie,
    );
    await call(
      this.url,
      "POST",
      `/classes/${made.body.id}/students`,
      { lines: "Leo Ramírez\nMia Johansson\nOmar Farouk\nAna Ruiz\nBen Okafor\nZoe Lindqvist" },
      cookie,
    );
  }

  private async start(args: string[]): Promise<void> {
    const child = spawn(BIN!, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    this.said = "";
    const address = new Promise<string>((found, failed) => {
      const read = (chunk: Buffer) => {
        this.said += chunk;
        const match = /https?:\/\/[\w.-]+:\d+/.exec(this.said);
        if (match) found(match[0]);
      };
      child.stdout?.on("data", read);
      child.stderr?.on("data", (chunk: Buffer) => {
        this.said += chunk;
      });
      child.once("exit", (code) =>
        failed(new Error(`tandem ${args[0]} ended with ${code} before it was ready:\n${this.said.slice(-2000)}`)),
      );
      setTimeout(
        () => failed(new Error(`tandem ${args[0]} printed no address within two minutes:\n${this.said.slice(-2000)}`)),
        600_000,
      ).unref();
    });
    this.url = await address;
    await ready(this.url);
  }
}

export class Caller {
  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}
  async get<T>(path: string): Promise<T> {
    return (await call<T>(this.url, "GET", path, undefined, this.cookie)).body;
  }
}

async function call<T>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  cookie = "",
): Promise<{ body: T; cookie: string }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { "Content-Type": "application/json", Origin: url, ...(cookie ? { Cookie: cookie } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return {
    body: (text ? JSON.parse(text) : undefined) as T,
    cookie: response.headers.get("set-cookie")?.split(";")[0] ?? cookie,
  };
}

async function ready(url: string): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const well = await fetch(`${url}/api/v1/server`).then(
      (response) => response.ok,
      () => false,
    );
    if (well) return;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  throw new Error(`${url} did not become ready`);
}

/** Fails when the page did anything that it must not, or when axe finds something. */
export async function expectWell(watched: Watched): Promise<void> {
  const found = [...watched.faults, ...(await axe(watched.page))];
  if (found.length > 0) throw new Error(`${watched.page.url()}\n${found.join("\n")}`);
}

/** Presses Tab until the focus is on what matches, as a person without a mouse does. */
export async function tabTo(
  page: Page,
  what: { role: Parameters<Page["getByRole"]>[0]; name?: RegExp | string },
  limit = 40,
): Promise<void> {
  const wanted = page.getByRole(what.role, what.name ? { name: what.name } : {});
  for (let i = 0; i < limit; i++) {
    const there = await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement));
    if (there) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${what.role} ${what.name ?? ""}`);
}
