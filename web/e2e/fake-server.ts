// A stand-in for the server, in memory, for looking at screens before and without the real one. It speaks docs/reference/api.md closely enough
// for every screen, serves web/dist with the real content security policy, and can be made to fail on purpose.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type {
  Class,
  Judgement,
  LiveClass,
  Locale,
  Me,
  Presentation,
  Row,
  StudentEvent,
  Verdict,
} from "../src/api/types";
import {
  ADULTS,
  AUDIT,
  DAY,
  HINTS,
  ITEMS,
  type Keyed,
  MINUTE,
  NOW,
  offers,
  otherOffers,
  PATH,
  SKILLS,
  STUDENTS,
  UNITS,
} from "./fake-data";

export const CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly more: object = {},
  ) {
    super(type);
  }
}

type Shown = { keyed: Keyed; misses: Record<string, number>; done: Set<string>; presentation: Presentation };

export class FakeSchool {
  /** While true every API request fails with 503. */
  down = false;
  placement: "not_started" | "under_way" | "done" = "done";
  /** Who is here without a session of their own, for looking at screens. */
  as: string | null = null;
  /** Whether the first name stands in "see first" already; else three misses bring it there. */
  missedBefore = true;
  me: Me | null = null;
  locale: Locale = "en";
  doneForToday = false;
  noCourse = false;
  readonly events = new Map<string, Verdict>();
  private readonly shown = new Map<string, Shown>();
  private placed = 0;
  private asked = 0;
  private misses = 0;
  private readonly streams = new Set<ServerResponse>();
  private preferences = {};
  private assignments = [
    {
      id: "as1",
      lesson: { id: "l2", title: "Ratio tables" },
      due_at: NOW + 3 * DAY,
      note: "",
      by: { kind: "teacher", name: "Ms. Rivera" },
      created_at: NOW - DAY,
      students: STUDENTS.map((one, i) => ({ id: one.id, done_at: i % 3 === 0 ? NOW : null })),
      done: 10,
      of: 28,
    },
  ];
  private classes: Class[] = [
    {
      id: "c1",
      name: "Math 6, 3rd period",
      code: "R4KM7P",
      students: 28,
      course: { id: "ratios", title: "Ratios and rates" },
      archived: false,
    },
  ];
  private students = [...STUDENTS];

  person(id: string): Me {
    const common = {
      locale: this.locale,
      preferences: this.preferences,
      organization: "Hillside School",
      zone: "America/New_York",
      demo: true,
      classes: [{ id: "c1", name: "Math 6, 3rd period" }],
    };
    if (id === "t1") return { id, role: "teacher", given_name: "Elena", family_name: "Rivera", ...common };
    if (id === "a1") return { id, role: "admin", given_name: "Dana", family_name: "Okoye", ...common };
    const student = this.students.find((one) => one.id === id) ?? STUDENTS[15]!;
    return { id, role: "student", given_name: student.given_name, family_name: student.family_name, ...common };
  }

  answer(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): unknown {
    const key = `${method} ${path}`;
    const p = path.split("/").filter(Boolean);
    switch (key) {
      case "GET /server":
        return { demo: true, needs_setup: false, organization: "Hillside School", version: "0.1" };
      case "GET /demo/people":
        return {
          people: [
            {
              id: "s15",
              role: "student",
              name: "Leo Ramírez",
              about: this.locale === "es" ? "Trabaja con tablas de razones" : "Works on ratio tables",
            },
            {
              id: "t1",
              role: "teacher",
              name: "Elena Rivera",
              about: this.locale === "es" ? "Enseña a 28 estudiantes" : "Teaches 28 students",
            },
            { id: "a1", role: "admin", name: "Dana Okoye", about: "" },
          ],
        };
      case "POST /sessions/demo":
        this.me = this.person(String(body.person));
        return this.me;
      case "POST /sessions/student": {
        if (body.pin === "9999") throw new Refusal(429, "wait", { retry_after_seconds: 30 });
        const found = this.students.find((one) => one.sign_in_name === body.sign_in_name && one.pin === body.pin);
        if (!found && body.pin !== "1234") throw new Refusal(401, "wrong_credentials");
        this.me = this.person(found?.id ?? "s15");
        return this.me;
      }
      case "POST /sessions":
        if (body.password !== "correct horse battery") throw new Refusal(401, "wrong_credentials");
        this.me = this.person(String(body.email).startsWith("dana") ? "a1" : "t1");
        return this.me;
      case "DELETE /sessions/current":
        this.me = null;
        return undefined;
    }
    if (p[0] === "links" || p[0] === "setup") {
      this.me = this.person(p[0] === "setup" ? "a1" : "t1");
      return this.me;
    }
    if (!this.me) throw new Refusal(401, "signed_out");
    if (key === "GET /me") return this.me;
    if (key === "PATCH /me") {
      this.locale = (body.locale as Locale) ?? this.locale;
      this.preferences = body.preferences ?? this.preferences;
      this.me = { ...this.me, locale: this.locale, preferences: this.preferences };
      return this.me;
    }
    if (key === "POST /events") return { verdicts: (body.events as StudentEvent[]).map((event) => this.event(event)) };
    if (p[0] === "student") return this.student(method, p, body);
    if (p[0] === "classes" || p[0] === "courses") return this.teacher(method, p, query, body);
    if (p[0] === "admin") return this.admin(method, p, body);
    throw new Refusal(404, "missing");
  }

  private student(method: string, p: string[], body: Record<string, unknown>): unknown {
    switch (`${method} ${p[1]}`) {
      case "GET home":
        return {
          now: NOW,
          class: { id: "c1", name: "Math 6" },
          course: this.noCourse ? null : { id: "ratios", title: "Ratios and rates" },
          placement: this.placement,
          offers: this.doneForToday || this.placement !== "done" ? [] : offers(this.locale),
          done_for_today: this.doneForToday ? { code: "enough", args: {} } : null,
          something_else: this.placement === "done" ? otherOffers(this.locale) : [],
          assignments: [
            {
              id: "as1",
              lesson: { id: "l2", title: this.locale === "es" ? "tablas de razones" : "check on ratio tables" },
              by: { kind: "teacher", name: "Ms. Rivera" },
              due_at: NOW + 3 * DAY,
              note: "",
              done: false,
              answered: 0,
              of: 6,
            },
          ],
          path: PATH,
          progress: { ready: 9, lasting: 3, placed: 8, of: 190, answers_today: 14 },
        };
      case "GET progress":
        return { units: UNITS };
      case "GET skills":
        return {
          ...SKILLS.find((one) => one.id === p[2]),
          ledger: [
            {
              at: NOW - 5 * MINUTE,
              item_title: "Rice and water",
              verdict: "right",
              unaided: false,
              purpose: "practice",
            },
            { at: NOW - 9 * MINUTE, item_title: "Beads, 4 to 5", verdict: "wrong", unaided: true, purpose: "practice" },
            { at: NOW - DAY, item_title: "Paint, 3 to 2", verdict: "right", unaided: true, purpose: "practice" },
          ],
        };
      case "POST work":
        if (p[3] === "next") return this.next(5, body.skip === true);
        this.asked = 0;
        this.shown.clear();
        return {
          work: "w1",
          title: body.offer === "o2" ? "Beats and bars" : "Ratio tables",
          kind: body.offer === "o2" ? "read" : "practise",
          lesson: null,
          questions: 5,
          answered: 0,
          next: this.present(5),
          body:
            body.offer === "o2"
              ? "<p>A bar of music holds <strong>4 beats</strong>. Two bars hold 8, and ten bars hold 40.</p><p>However long the song is, the beats grow with the bars: for each bar there are 4 beats. Musicians say 4 to 1.</p>"
              : null,
        };
      case "POST placement":
        this.placement = "under_way";
        if (p[2] === "next") this.placed += 1;
        if (this.placed >= 4) {
          this.placement = "done";
          return {
            next: null,
            answered: 4,
            at_most: 25,
            finished: {
              known: 8,
              frontier: [
                { id: "x", name: "ratio tables" },
                { id: "y", name: "divide down" },
              ],
              uncertain: 2,
            },
          };
        }
        return { next: this.present(25, "placement"), answered: this.placed, at_most: 25, finished: null };
      case "POST hand":
      case "DELETE hand":
        return undefined;
    }
    throw new Refusal(404, "missing");
  }

  private next(of: number, leave: boolean): unknown {
    const last = [...this.shown.values()].at(-1);
    if (last && !leave && last.done.size < last.keyed.item.parts.length)
      return { next: last.presentation, answered: this.asked - 1, questions: of, finished: null };
    if (this.asked >= of)
      return {
        next: null,
        answered: of,
        questions: of,
        finished: {
          right_unaided: 3,
          answers: 5,
          became_ready: [{ id: "ratio-tables", name: "Ratio tables" }],
          next: offers(this.locale),
        },
      };
    return { next: this.present(of), answered: this.asked - 1, questions: of, finished: null };
  }

  private present(of: number, purpose: Presentation["purpose"] = "practice"): Presentation {
    const keyed = ITEMS[this.asked % ITEMS.length]!;
    this.asked += 1;
    const presentation: Presentation = {
      id: `00000000-0000-7000-8000-${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`,
      purpose,
      number: purpose === "placement" ? this.placed + 1 : this.asked,
      of,
      item: keyed.item,
      answered: {},
      course: { title: "Ratios and rates", attribution: [] },
    };
    this.shown.set(presentation.id, { keyed, misses: {}, done: new Set(), presentation });
    return presentation;
  }

  private event(event: StudentEvent): Verdict {
    const known = this.events.get(event.id);
    if (known) return { ...known, status: "known" };
    const empty: Verdict = {
      id: event.id,
      status: "stored",
      problem: null,
      judgement: null,
      hint: null,
      solution: null,
      help: null,
      part_done: false,
      item_done: false,
      skill: null,
      became_ready: [],
    };
    const verdict = { ...empty, ...this.judge(event) };
    this.events.set(event.id, verdict);
    this.broadcast();
    return verdict;
  }

  private judge(event: StudentEvent): Partial<Verdict> {
    const body = event.body as {
      presentation?: string;
      part?: string;
      hint?: string;
      response?: { kind: string; text?: string; option?: string; options?: string[] };
    };
    const shown = this.shown.get(body.presentation ?? "");
    const said = body.response?.text ?? body.response?.option ?? body.response?.options ?? "";
    const judgement = (verdict: Judgement["verdict"], more: Partial<Judgement> = {}): Judgement => ({
      verdict,
      counts: ["right", "wrong", "wrong_unit"].includes(verdict),
      message: null,
      misconception: null,
      truth: null,
      conflict: null,
      feedback: null,
      ...more,
    });
    if (event.kind === "hint_opened") {
      const label = shown?.keyed.item.parts.flatMap((part) => part.hints).find((one) => one.id === body.hint) ?? {
        id: body.hint!,
        title: "Count in twos",
        asks: false,
        after: [],
        bottom_out: false,
      };
      return { hint: { ...label, ...HINTS[body.hint!] } as Verdict["hint"] };
    }
    if (event.kind === "scaffold_answered")
      return {
        judgement:
          said === "5" ? judgement("right") : judgement("wrong", { feedback: "<p>Count in twos up to 10.</p>" }),
      };
    if (event.kind === "solution_opened") return { solution: shown?.keyed.solution ?? "" };
    if (event.kind !== "answered") return {};
    if (!shown || !body.part) return { status: "refused", problem: { type: "/problems/not_found", status: 404 } };
    const finish = () => {
      shown.done.add(body.part!);
      return { part_done: true, item_done: shown.done.size >= shown.keyed.item.parts.length };
    };
    if (shown.presentation.purpose === "placement") return { judgement: judgement("recorded"), ...finish() };
    const key = shown.keyed.keys[body.part];
    if (
      JSON.stringify(said) === JSON.stringify(key) ||
      (typeof said === "string" && said.replaceAll(" ", "") === String(key).replaceAll(" ", ""))
    ) {
      return {
        judgement: judgement("right", { feedback: "<p>5 batches of 3 cups make 15.</p>" }),
        ...finish(),
        became_ready: shown.keyed.item.item === "line" ? [{ id: "lines", name: "Lines and slope" }] : [],
      };
    }
    if (typeof said === "string" && said.includes("(("))
      return { judgement: judgement("unreadable", { message: { code: "unreadable.unbalanced", args: { at: 1 } } }) };
    if (said === "12") return { judgement: judgement("unit_missing", { message: { code: "unit.missing" } }) };
    if (said === "30/2")
      return { judgement: judgement("right_value_wrong_form", { message: { code: "form.lowest_terms" } }) };
    const misses = (shown.misses[body.part] ?? 0) + 1;
    shown.misses[body.part] = misses;
    this.misses += 1;
    const foreseen = shown.keyed.wrong?.[String(said)];
    const forms = ["example", "other_item", "teacher"] as const;
    const form = forms[Math.min(2, misses - 3)];
    return {
      judgement: judgement("wrong", foreseen ? { ...foreseen } : {}),
      help: form
        ? {
            form,
            example:
              form === "example"
                ? {
                    stem: "<p>Beads: 4 red for 5 white.</p>",
                    prompt: "<p>How many white beads go with 12 red?</p>",
                    solution: "<p>12 red are 3 bags of 4.</p><p>3 bags hold 3 × 5 = 15 white beads.</p>",
                  }
                : null,
          }
        : null,
    };
  }

  live(): LiveClass {
    const leo = this.missedBefore || this.misses >= 3;
    const places = ["Ratio tables", "Compare ratios", "Divide down", "Double number line", "Same mixture", "Batches"];
    const rows: Row[] = this.students.map((one, i) => {
      const seen = ["Mia", "Omar"].includes(one.given_name) || (one.given_name === "Leo" && leo);
      return {
        student: { id: one.id, given_name: one.given_name, family_name: one.family_name },
        version: this.events.size,
        here: one.given_name !== "Quinn",
        working_on:
          one.given_name === "Quinn"
            ? null
            : { lesson: "Ratios", skill: places[i % places.length]!, since: NOW - (2 + ((i * 7) % 13)) * MINUTE },
        last_answer_at: NOW - i * 20_000,
        answers_today: (i * 5) % 23,
        right_today: (i * 3) % 15,
        marks: seen
          ? ["see_first"]
          : ["Zoe", "Ian"].includes(one.given_name)
            ? ["ready"]
            : i % 9 === 3
              ? ["helped"]
              : [],
        hand_up: one.given_name === "Priya",
      };
    });
    const of = (name: string) => this.students.find((one) => one.given_name === name)?.id ?? "";
    return {
      at: NOW,
      class: { id: "c1", name: "Math 6, 3rd period" },
      here: 27,
      of: 28,
      see_first: [
        ...(leo
          ? [
              {
                student: of("Leo"),
                rule: "misconception" as const,
                args: { misconception: "adds instead of scaling", count: 3, skill: "Ratio tables" },
                since: NOW - 9 * MINUTE,
              },
            ]
          : []),
        {
          student: of("Mia"),
          rule: "wheel_spinning" as const,
          args: { count: 6, skill: "Equal fractions" },
          since: NOW - 14 * MINUTE,
        },
        {
          student: of("Omar"),
          rule: "quick" as const,
          args: { skill: "Double number line", count: 4 },
          since: NOW - 11 * MINUTE,
        },
      ],
      ready_to_move_up: [
        { student: of("Zoe"), args: { skill: "Divide down", count: 3 } },
        { student: of("Ian"), args: { skill: "Tape diagrams", count: 4 } },
      ],
      hands: [{ student: of("Priya"), since: NOW - 2 * MINUTE, note: "Is 3:2 the same?" }],
      rows,
    };
  }

  private teacher(method: string, p: string[], query: URLSearchParams, body: Record<string, unknown>): unknown {
    if (p[0] === "courses") {
      if (!p[1])
        return {
          courses: [
            { id: "ratios", title: "Ratios and rates", languages: ["en", "es"], lessons: 4, skills: 10, items: 40 },
            { id: "algebra", title: "Elementary algebra", languages: ["en"], lessons: 71, skills: 210, items: 2032 },
          ],
        };
      return {
        id: p[1],
        title: "Ratios and rates",
        attribution: [],
        units: UNITS.map((unit) => ({ ...unit, lessons: unit.lessons.map((lesson) => ({ ...lesson, items: 12 })) })),
      };
    }
    if (!p[1]) {
      if (method === "GET") return { classes: this.classes };
      const made = {
        id: `c${this.classes.length + 1}`,
        name: String(body.name),
        code: "T7HW2B",
        students: 0,
        course: body.course ? { id: String(body.course), title: "Ratios and rates" } : null,
        archived: false,
      };
      this.classes.push(made);
      return made;
    }
    const found = this.classes.find((one) => one.id === p[1]);
    if (!found) throw new Refusal(404, "missing");
    const here = found.id === "c1" ? this.students : [];
    if (!p[2]) {
      if (body.code) found.code = "K9P4XW";
      if (body.name) found.name = String(body.name);
      if (body.archived !== undefined) found.archived = Boolean(body.archived);
      if (body.course) found.course = { id: String(body.course), title: "Ratios and rates" };
      return found;
    }
    switch (p[2]) {
      case "now":
        return this.live();
      case "skills": {
        const states = ["lasting", "ready", "nearly", "started", "started", "not_started", "placed"] as const;
        const steps = [5, 4, 3, 2, 1, 0, 4];
        return {
          skills: SKILLS.map((one, i) => ({ id: one.id, name: one.name, lesson: i < 5 ? "Ratios" : "Rates" })),
          rows: here.map((one, r) => ({
            student: { id: one.id, given_name: one.given_name, family_name: one.family_name },
            cells: Object.fromEntries(
              SKILLS.map((skill, c) => {
                const k = Math.min(6, Math.floor(((r * 7 + c * 5) % 17) / 4 + c / 3));
                return [skill.id, { step: steps[k], state: states[k], few_answers: (r + c) % 7 === 0 }];
              }),
            ),
          })),
        };
      }
      case "assignments":
        if (method === "GET") return { assignments: this.assignments };
        if (method === "POST" && !p[4]) {
          this.assignments = [
            {
              ...this.assignments[0]!,
              id: `as${Date.now()}`,
              lesson: {
                id: String(body.lesson),
                title: UNITS.flatMap((unit) => unit.lessons).find((lesson) => lesson.id === body.lesson)?.title ?? "",
              },
              done: 0,
              due_at: (body.due_at as number) ?? 0,
              note: String(body.note ?? ""),
            },
            ...this.assignments,
          ];
          return this.assignments[0];
        }
        if (method === "DELETE") this.assignments = this.assignments.filter((one) => one.id !== p[3]);
        return undefined;
      case "students":
        return this.roster(method, p, query, body, here);
      default:
        return undefined;
    }
  }

  private roster(
    method: string,
    p: string[],
    query: URLSearchParams,
    body: Record<string, unknown>,
    here: typeof STUDENTS,
  ): unknown {
    if (!p[3]) {
      if (method === "GET") return { students: here };
      const lines = String(body.lines ?? "").split("\n");
      const problems = lines.flatMap((text, i) =>
        text.trim() && !text.trim().includes(" ") ? [{ line: i + 1, code: "not_a_name", text }] : [],
      );
      const added = lines
        .filter((text) => text.trim().includes(" "))
        .map((text, i) => ({
          id: `n${Date.now()}${i}`,
          given_name: text.trim().split(" ")[0]!,
          family_name: text.trim().split(" ").slice(1).join(" "),
          sign_in_name: text
            .trim()
            .toLowerCase()
            .replace(/[^a-z]/g, "")
            .slice(0, 6),
          pin: "4821",
          waiting_until: null,
        }));
      if (!body.dry_run) this.students.push(...added);
      return { added, problems };
    }
    const student = STUDENTS.find((one) => one.id === p[3]) ?? STUDENTS[15]!;
    switch (p[4]) {
      case "story":
        return {
          student,
          placement: { at: NOW - 80 * DAY },
          progress: { ready: 9, lasting: 3, placed: 8, of: 190 },
          path: [
            {
              at: NOW - 9 * MINUTE,
              kind: "misconception",
              args: {
                misconception: "adds instead of scaling",
                name: "Adds instead of scaling",
                skill: "Ratio tables",
              },
            },
            { at: NOW - DAY, kind: "lesson_started", args: { lesson: "Ratio tables" } },
            { at: NOW - 2 * DAY, kind: "assigned", args: { lesson: "Ratio tables" } },
            { at: NOW - 4 * DAY, kind: "ready", args: { skill: "Batches" } },
            { at: NOW - 11 * DAY, kind: "lasting", args: { skill: "Write a ratio" } },
            { at: NOW - 80 * DAY, kind: "placed", args: { known: 8 } },
          ],
          units: UNITS,
          ideas_in_the_way: [
            {
              misconception: "adds-instead-of-scaling",
              name: "Adds instead of scaling",
              times: 3,
              last_at: NOW - 9 * MINUTE,
            },
          ],
          alerts: [
            {
              rule: "misconception" as const,
              args: { misconception: "adds instead of scaling", count: 3, skill: "Ratio tables" },
              since: NOW - 9 * MINUTE,
              verdict: null,
            },
          ],
          assignments: this.assignments,
        };
      case "answers": {
        const wrong: Judgement = {
          verdict: "wrong",
          counts: true,
          message: null,
          misconception: "adds-instead-of-scaling",
          truth: ITEMS[0]!.wrong!["11"]!.truth,
          conflict: ITEMS[0]!.wrong!["11"]!.conflict,
          feedback: null,
        };
        const right: Judgement = { ...wrong, verdict: "right", misconception: null, truth: null, conflict: null };
        const all = Array.from({ length: 8 }, (_, i) => {
          const keyed = ITEMS[i % 3 === 1 ? 1 : 0]!;
          const isRight = i % 3 === 1;
          return {
            position: 100 - i,
            at: NOW - i * 6 * MINUTE,
            item: keyed.item,
            part: "a",
            response: isRight ? { kind: "choice", option: "x" } : { kind: "text", text: "11" },
            response_html: isRight ? keyed.item.parts[0]!.question.options[0]!.html : "11",
            judgement: isRight ? right : wrong,
            tries: 1 + (i % 3),
            hints_used: i % 2,
            elapsed_ms: 42_000,
            unaided: i % 2 === 0,
            purpose: "practice",
            key_html: isRight ? keyed.item.parts[0]!.question.options[0]!.html : "15",
          };
        });
        return {
          answers: query.get("wrong") ? all.filter((one) => one.judgement.verdict === "wrong") : all,
          next_before: null,
        };
      }
      case "pin":
        student.pin = String(1000 + Math.floor(Math.random() * 9000));
        return student;
      case "restore":
        this.students = [...STUDENTS];
        return undefined;
      case "unlock":
        student.waiting_until = null;
        return undefined;
    }
    if (method === "DELETE") {
      this.students = this.students.filter((one) => one.id !== p[3]);
      return undefined;
    }
    return Object.assign(student, body);
  }

  private admin(method: string, p: string[], body: Record<string, unknown>): unknown {
    if (p[1] === "audit") return { entries: AUDIT, next_before: null };
    if (p[1] === "students") return undefined;
    if (method === "GET")
      return {
        people: [
          ...ADULTS,
          ...STUDENTS.slice(0, 8).map((one) => ({
            ...one,
            role: "student",
            email: null,
            created_at: NOW,
            archived: false,
          })),
        ],
        next: null,
      };
    if (p[3] === "link") return { link: "http://school.test/link/new-one-time-word" };
    if (method === "PATCH") return { ...ADULTS[1], ...body };
    const person = {
      id: `t${Date.now()}`,
      role: "teacher" as const,
      given_name: String(body.given_name),
      family_name: String(body.family_name),
      email: String(body.email),
      created_at: NOW,
      archived: false,
    };
    ADULTS.push(person);
    return { person, link: "http://school.test/link/one-time-word" };
  }

  stream(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(`event: full\ndata: ${JSON.stringify(this.live())}\n\n`);
    this.streams.add(response);
    response.on("close", () => this.streams.delete(response));
  }
  /** Breaks every live stream, as a lost network would. */
  dropStreams(): void {
    for (const stream of this.streams) stream.destroy();
  }
  private broadcast(): void {
    for (const stream of this.streams)
      stream.write(
        `event: rows\ndata: ${JSON.stringify({ ...this.live(), rows: this.live().rows.slice(15, 16) })}\n\n`,
      );
  }
}

export async function startFake(
  options: { dist?: string; port?: number } = {},
): Promise<{ url: string; school: FakeSchool; server: Server; close: () => Promise<void> }> {
  const school = new FakeSchool();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname.startsWith("/api/v1")) return api(school, request, response, url);
    if (url.pathname.startsWith("/media/")) {
      response.writeHead(200, { "Content-Type": "image/svg+xml" });
      return void response.end(
        '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><path d="M30 20h60v90H30zM140 20h60v90h-60z" fill="#fff" stroke="#1E2430" stroke-width="3"/><path d="M32 50h56v58H32z" fill="#3F86AE"/><path d="M142 65h56v43h-56z" fill="#E8EFF4"/></svg>',
      );
    }
    const dist = options.dist ?? "dist";
    let file = join(dist, url.pathname);
    if (!existsSync(file) || !statSync(file).isFile()) file = join(dist, "index.html");
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": CSP,
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(options.port ?? 0, "127.0.0.1", ready));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    school,
    server,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function api(school: FakeSchool, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const path = url.pathname.slice("/api/v1".length);
  const send = (status: number, body: unknown) => {
    response.writeHead(body === undefined ? 204 : status, {
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  try {
    if (school.down) throw new Refusal(503, "unavailable");
    if (path.endsWith("/live")) return school.stream(response);
    let text = "";
    for await (const chunk of request) text += chunk;
    const who = /tandem_session=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? school.as;
    school.me = who ? school.person(who) : null;
    const answer = school.answer(request.method ?? "GET", path, url.searchParams, text ? JSON.parse(text) : {});
    if (school.me?.id !== who)
      response.setHeader(
        "Set-Cookie",
        school.me
          ? `tandem_session=${school.me.id}; Path=/; HttpOnly; SameSite=Lax`
          : "tandem_session=; Path=/; Max-Age=0",
      );
    send(200, answer);
  } catch (error) {
    if (error instanceof Refusal)
      send(error.status, { type: `/problems/${error.type}`, status: error.status, title: error.type, ...error.more });
    else {
      console.error(error);
      send(500, { type: "/problems/unexpected", status: 500 });
    }
  }
}
