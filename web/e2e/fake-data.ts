// The canned school of the fake server: enough of everything that each screen can be looked at.
import type {
  AdminPerson,
  AuditEntry,
  Offer,
  PathStep,
  PublicItem,
  PublicQuestion,
  SkillProgress,
  UnitProgress,
} from "../src/api/types";

export const NOW = Date.UTC(2026, 11, 1, 14, 52);
export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const es = (locale: string) => locale === "es";

const m = (inside: string) => `<math>${inside}</math>`;
const frac = (a: string, b: string) => `<mfrac>${a}${b}</mfrac>`;
const n = (value: string | number) => `<mn>${value}</mn>`;

const typed = (kind: PublicQuestion["kind"], prompt: string, more: Partial<PublicQuestion> = {}): PublicQuestion => ({
  kind,
  prompt,
  options: [],
  unit: null,
  unit_required: false,
  form: null,
  ...more,
});

export type Keyed = {
  item: PublicItem;
  keys: Record<string, string | string[]>;
  solution: string;
  wrong?: Record<string, { misconception: string; truth: string; conflict: string }>;
};

const hint = (id: string, title: string, after: string[] = [], more: object = {}) => ({
  id,
  title,
  asks: false,
  after,
  bottom_out: false,
  ...more,
});
const base = { lang: "en", title: "", figures: [], attribution: null };

export const ITEMS: Keyed[] = [
  {
    item: {
      ...base,
      item: "rice",
      stem: "<p>Noor cooks rice for her family. She always uses <strong>2 cups of rice for 3 cups of water</strong>.</p><table><thead><tr><th>Rice</th><td>2</td><td>4</td><td>10</td></tr></thead><tbody><tr><th>Water</th><td>3</td><td>6</td><td>?</td></tr></tbody></table>",
      parts: [
        {
          id: "a",
          skills: ["ratio-tables"],
          question: typed("numeric", "<p>How much water goes with 10 cups of rice?</p>", { unit: "cups" }),
          hints: [
            hint("h1", "Think in batches"),
            hint("h2", "One small step", ["h1"], { asks: true }),
            hint("h3", "", ["h2"], { bottom_out: true }),
          ],
          has_solution: true,
        },
      ],
    },
    keys: { a: "15" },
    solution: "<p>10 cups of rice are 5 batches of 2 cups.</p><p>Each batch takes 3 cups of water, and 5 × 3 = 15.</p>",
    wrong: {
      "11": {
        misconception: "adds-instead-of-scaling",
        truth: "<p>The rice does go up by 8, from 2 to 10.</p>",
        conflict:
          "<p>You added 8 to the water too. Test that idea where you know the answer: rice goes up by 2. What does water do?</p>",
      },
    },
  },
  {
    item: {
      ...base,
      item: "paint",
      stem: `<p>A painter mixes ${m(frac(n(2), n(3)))} of a can of blue with ${m(frac(n(1), n(2)))} of a can of white.</p>`,
      figures: [{ hash: "figure1", alternative: "Two cans, one two thirds full, one half full" }],
      parts: [
        {
          id: "a",
          skills: ["same-mixture"],
          question: typed("choice", "<p>Which mixture has the same colour?</p>", {
            options: [
              { id: "x", html: `${m(`${frac(n(4), n(3))}<mo>:</mo>${n(1)}`)} blue to white` },
              { id: "y", html: `${m(`${frac(n(3), n(3))}<mo>:</mo>${n(1)}`)} blue to white` },
              { id: "z", html: `${m(`${frac(n(5), n(3))}<mo>:</mo>${n(1)}`)} blue to white` },
            ],
          }),
          hints: [hint("h1", "Double both")],
          has_solution: true,
        },
        {
          id: "b",
          skills: ["same-mixture"],
          question: typed(
            "expression",
            `<p>Write an expression for the blue paint in ${m("<mi>n</mi>")} such mixtures.</p>`,
          ),
          hints: [hint("h1", "Start with one mixture")],
          has_solution: false,
        },
      ],
    },
    keys: { a: "x", b: "2n/3" },
    solution: "<p>Doubling both keeps the colour.</p>",
  },
  {
    item: {
      ...base,
      item: "even",
      stem: "",
      parts: [
        {
          id: "a",
          skills: ["ratio-tables"],
          question: typed("multiple_choice", "<p>Which tables keep the recipe 2 to 3?</p>", {
            options: [
              { id: "a", html: "4 to 6" },
              { id: "b", html: "6 to 8" },
              { id: "c", html: "10 to 15" },
            ],
          }),
          hints: [],
          has_solution: false,
        },
      ],
    },
    keys: { a: ["a", "c"] },
    solution: "",
  },
  {
    item: {
      ...base,
      item: "speed",
      stem: "<p>A tram goes 24 km in 2 hours, always equally fast.</p>",
      parts: [
        {
          id: "a",
          skills: ["unit-rates"],
          question: typed("numeric", "<p>How fast is it?</p>", { unit_required: true }),
          hints: [hint("h1", "One hour")],
          has_solution: true,
        },
      ],
    },
    keys: { a: "12 km/h" },
    solution: "<p>24 ÷ 2 = 12, so 12 km in each hour.</p>",
  },
  {
    item: {
      ...base,
      item: "line",
      stem: "",
      attribution: { author: "Open Tutor", source: "Elementary Algebra", licence: "CC BY 4.0" },
      parts: [
        {
          id: "a",
          skills: ["lines"],
          question: typed(
            "equation",
            `<p>Write the line through ${m("<mo>(</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo>)</mo>")} with slope ${m("<mn>2</mn>")}.</p>`,
          ),
          hints: [hint("h1", "Slope and start")],
          has_solution: true,
        },
      ],
    },
    keys: { a: "y=2x+1" },
    solution: "<p>y = 2x + 1</p>",
  },
];

export const HINTS: Record<string, object> = {
  h1: {
    html: "<p>One batch is 2 cups of rice with 3 cups of water. How many batches make 10 cups of rice?</p>",
    question: null,
    hints: [],
  },
  h2: {
    html: "",
    question: typed("numeric", "<p>How many times does 2 go into 10?</p>"),
    hints: [hint("h2a", "Count in twos")],
  },
  h2a: { html: "<p>2, 4, 6, 8, 10.</p>", question: null, hints: [] },
  h3: { html: "<p>5 batches take 5 × 3 = 15 cups of water.</p>", question: null, hints: [] },
};

const skill = (id: string, name: string, state: SkillProgress["state"], step: number, few = false): SkillProgress => ({
  id,
  name,
  can: `I can ${name[0]!.toLowerCase()}${name.slice(1)} and say why.`,
  state,
  step,
  few_answers: few,
  range: [Math.max(0, step - 1), Math.min(5, step + 1)],
  ready_at: step >= 4 ? NOW - 4 * DAY : null,
  lasting_at: step === 5 ? NOW - 2 * DAY : null,
  answers: step * 3,
});
export const SKILLS: SkillProgress[] = [
  skill("write-a-ratio", "Write a ratio", "lasting", 5),
  skill("batches", "Batches", "ready", 4),
  skill("ratio-tables", "Ratio tables", "nearly", 3),
  skill("divide-down", "Divide down", "not_started", 0, true),
  skill("unit-rates", "Unit rates", "not_started", 0, true),
  skill("same-mixture", "Same mixture", "started", 2),
  skill("equal-fractions", "Equal fractions", "placed", 4),
  skill("double-number-line", "Double number line", "started", 1, true),
  skill("compare-ratios", "Compare ratios", "started", 1),
  skill("lines", "Lines and slope", "not_started", 0, true),
];
export const UNITS: UnitProgress[] = [
  {
    id: "u1",
    title: "Ratios",
    lessons: [
      { id: "l1", title: "What a ratio says", skills: SKILLS.slice(0, 2) },
      { id: "l2", title: "Ratio tables", skills: [SKILLS[2]!, SKILLS[5]!, SKILLS[6]!] },
    ],
  },
  {
    id: "u2",
    title: "Rates",
    lessons: [
      { id: "l3", title: "Divide down to one", skills: [SKILLS[3]!, SKILLS[4]!] },
      { id: "l4", title: "Compare and draw", skills: SKILLS.slice(7) },
    ],
  },
];
export const PATH: PathStep[] = SKILLS.slice(0, 5).map((one) => ({
  skill: one.id,
  name: one.name,
  state: one.state,
  step: one.step,
  few_answers: one.few_answers,
  here: one.id === "ratio-tables",
}));

export function offers(locale: string): Offer[] {
  const spanish = es(locale);
  return [
    {
      id: "o1",
      activity: null,
      kind: "practise",
      skill: { id: "ratio-tables", name: spanish ? "Tablas de razones" : "Ratio tables" },
      lesson: null,
      title: spanish ? "Practicar tablas de razones" : "Practise ratio tables",
      minutes: 10,
      by: { kind: "engine", name: null },
      reasons: [{ code: "continue", args: { ready: 2, of: 5 } }],
    },
    {
      id: "o2",
      activity: "read-beats",
      kind: "read",
      skill: null,
      lesson: { id: "l2", title: "Beats" },
      title: spanish ? "Leer: compases y ritmos" : "Read about beats and bars",
      minutes: 8,
      by: { kind: "student", name: null },
      reasons: [{ code: "interest", args: { interest: spanish ? "música" : "music" } }],
    },
  ];
}
export function otherOffers(locale: string): Offer[] {
  const titles = es(locale)
    ? ["Repasar fracciones iguales", "Misma mezcla", "Recta numérica doble", "Comparar razones", "Velocidad"]
    : ["Look back: equal fractions", "Same mixture", "Double number line", "Compare ratios", "Speed"];
  return titles.map((title, i) => ({
    id: `e${i}`,
    activity: null,
    kind: i === 0 ? "review" : "practise",
    skill: { id: `s${i}`, name: title },
    lesson: null,
    title,
    minutes: 6,
    by: { kind: "engine", name: null },
    reasons: [],
  }));
}

const NAMES =
  "Aaliyah Brooks,Amir Haddad,Ana Ruiz,Ben Okafor,Chloe Martin,Daniel Weiss,Darnell Hughes,Elena Petrova,Fatima Yusuf,Grace Whitehorse,Ian Kelly,Isabela Costa,Jamal Carter,Kai Nakamura,Layla Hassan,Leo Ramírez,Mateo Vargas,Mia Johansson,Noor Siddiqui,Omar Farouk,Priya Nair,Quinn Adams,Rosa Delgado,Samuel Mensah,Thanh Le,Tomás Herrera,Yusra Ali,Zoe Lindqvist".split(
    ",",
  );
export const STUDENTS = NAMES.map((name, i) => {
  const [given_name, family_name] = name.split(" ") as [string, string];
  return {
    id: `s${i}`,
    given_name,
    family_name,
    sign_in_name: (given_name + family_name[0])
      .toLowerCase()
      .normalize("NFD")
      .replace(/[^a-z]/g, ""),
    pin: String(1000 + ((i * 7919) % 9000)),
    waiting_until: i === 3 ? NOW + 20_000 : null,
  };
});
export const ADULTS: AdminPerson[] = [
  {
    id: "a1",
    role: "admin",
    given_name: "Dana",
    family_name: "Okoye",
    email: "dana@school.test",
    created_at: NOW - 90 * DAY,
    archived: false,
  },
  {
    id: "t1",
    role: "teacher",
    given_name: "Elena",
    family_name: "Rivera",
    email: "rivera@school.test",
    created_at: NOW - 80 * DAY,
    archived: false,
  },
];
export const AUDIT: AuditEntry[] = Array.from({ length: 30 }, (_, i) => ({
  id: String(100 - i),
  at: NOW - i * 37 * MINUTE,
  actor: i % 3 ? "Elena Rivera" : "Dana Okoye",
  action: ["story_viewed", "signed_in", "students_added", "pin_changed"][i % 4]!,
  subject: i % 2 ? "Leo Ramírez" : null,
  detail: i % 4 === 2 ? "28" : null,
}));
