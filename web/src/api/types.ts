// The server's answers as docs/reference/api.md describes them. Strings named `html` are safe HTML made by the server.

export type Role = "admin" | "teacher" | "student";
export type Locale = "en" | "es";
export type AuthorKind = "teacher" | "student" | "peer" | "pre_test" | "engine" | "course";
export type Author = { kind: AuthorKind; name: string | null };
export type Named = { id: string; name: string };
export type Titled = { id: string; title: string };
export type Args = Record<string, string | number | boolean | null>;
export type Reason = { code: string; args?: Args };

export type Preferences = {
  theme?: "light" | "dark" | "system";
  contrast?: "normal" | "high";
  text_size?: "normal" | "large" | "larger";
  font?: "atkinson" | "system";
  screen_reader?: boolean;
  read_aloud?: boolean;
  /** The language was chosen by this person, not taken from a browser. */
  language_chosen?: boolean;
};

export type Me = {
  id: string;
  role: Role;
  given_name: string;
  family_name: string;
  locale: Locale;
  preferences: Preferences;
  organization: string | null;
  zone: string;
  demo: boolean;
  classes: Named[];
};

export type Server = { demo: boolean; needs_setup: boolean; organization: string | null; version: string };
export type DemoPerson = { id: string; role: Role; name: string; about: string };

// Student

export type MasteryState = "not_started" | "started" | "nearly" | "ready" | "lasting" | "placed";

export type Offer = {
  id: string;
  activity?: string | null;
  kind: "practise" | "read" | "review" | "placement";
  skill: Named | null;
  lesson: Titled | null;
  title: string;
  minutes: number;
  by: Author;
  reasons: Reason[];
};

export type StudentAssignment = {
  id: string;
  lesson: Titled;
  by: Author;
  due_at: number | null;
  note: string;
  done: boolean;
  answered: number;
  of: number;
  waits: { code: "needs"; skill: Named } | { code: "another_day" | "known" } | null;
};

export type PathStep = {
  skill: string;
  name: string;
  state: MasteryState;
  step: number;
  few_answers: boolean;
  here: boolean;
};

/** The run that was left: `number` is the question to go on with. */
export type LeftRun = {
  work: string;
  kind: Offer["kind"];
  title: string;
  lesson: Titled | null;
  number: number;
  of: number;
  left_at: number;
};

export type Home = {
  now: number;
  class: Named | null;
  course: (Titled & { languages: string[] }) | null;
  placement: "not_started" | "under_way" | "done" | "none";
  go_on: LeftRun | null;
  offers: Offer[];
  done_for_today: Reason | null;
  something_else: Offer[];
  assignments: StudentAssignment[];
  path: PathStep[];
  progress: { ready: number; lasting: number; placed: number; on_the_way: number; of: number; answers_today: number };
  course_known: boolean;
};

export type SkillProgress = {
  id: string;
  name: string;
  can: string;
  state: MasteryState;
  step: number;
  few_answers: boolean;
  range: [number, number];
  ready_at: number | null;
  lasting_at: number | null;
  answers: number;
};
export type LedgerRow = { at: number; item_title: string; verdict: VerdictName; unaided: boolean; purpose: Purpose };
export type SkillWithLedger = SkillProgress & { ledger: LedgerRow[] };
export type UnitProgress = {
  id: string;
  title: string;
  lessons: { id: string; title: string; skills: SkillProgress[] }[];
};

// Questions

export type Purpose = "practice" | "placement" | "review" | "check";
export type QuestionKind = "choice" | "multiple_choice" | "numeric" | "expression" | "equation" | "short_text";

export type PublicQuestion = {
  kind: QuestionKind;
  prompt: string;
  options: { id: string; html: string }[];
  unit: string | null;
  unit_required: boolean;
  form: string | null;
  /** Left out where there is none. */
  signs?: ("matrix" | "root" | "higher_root" | "power" | `root_${number}`)[];
};
export type HintLabel = { id: string; title: string; asks: boolean; after: string[]; bottom_out: boolean };
export type PublicHint = HintLabel & { html: string; question: PublicQuestion | null; hints: HintLabel[] };
export type PublicPart = {
  id: string;
  skills: string[];
  question: PublicQuestion;
  hints: HintLabel[];
  has_solution: boolean;
};
export type Attribution = { author: string; source: string; licence: string };
export type Figure = { hash: string; alternative: string };
export type PublicItem = {
  item: string;
  lang: string;
  title: string;
  stem: string;
  parts: PublicPart[];
  figures: Figure[];
  attribution: Attribution | null;
};

export type Response =
  | { kind: "choice"; option: string }
  | { kind: "multiple_choice"; options: string[] }
  | { kind: "text"; text: string }
  | { kind: "dont_know" };

export type VerdictName =
  | "right"
  | "wrong"
  | "right_value_wrong_form"
  | "unit_missing"
  | "wrong_unit"
  | "unreadable"
  | "dont_know"
  | "recorded";

export type Judgement = {
  verdict: VerdictName;
  counts: boolean;
  message: Reason | null;
  misconception: string | null;
  truth: string | null;
  conflict: string | null;
  feedback: string | null;
};

/** Why a detour leads where it leads. */
export type Because = { why: "way_back"; misconception: string } | { why: "needed" };
export type Help = {
  form: "detour" | "example" | "other_item" | "teacher";
  /** `alike`: it may be called one like the question in hand. */
  example: { alike: boolean; stem: string; prompt: string; solution: string } | null;
  detour: { id: string; skill: Named; because: Because } | null;
};
/** How a detour to the idea beneath ended. */
export type DetourEnding = "known" | "learned" | "not_yet" | "out_of_time";
/** A question of a detour, beside the one that waits. */
export type SidePath = {
  id: string;
  part: string;
  skill: Named;
  because: Because;
  number: number;
  of: number;
  waiting: {
    presentation: string;
    number: number;
    of: number;
    lang: string;
    title: string;
    stem: string;
    prompt: string;
  };
};

export type Verdict = {
  id: string;
  status: "stored" | "known" | "refused";
  problem: ProblemBody | null;
  judgement: Judgement | null;
  hint: PublicHint | null;
  solution: string | null;
  help: Help | null;
  part_done: boolean;
  item_done: boolean;
  skill: SkillProgress | null;
  became_ready: Named[];
  detour_ended?: DetourEnding | null;
};

export type PartSoFar = {
  tries: number;
  right: boolean;
  last: LastVerdict | null;
  hints: PublicHint[];
  response?: Response;
};

/** The last verdict on a part, as far as a reload needs it. */
export type LastVerdict = Pick<Verdict, "judgement" | "part_done"> & Partial<Pick<Verdict, "help" | "solution">>;

export type Presentation = {
  id: string;
  purpose: Purpose;
  number: number;
  of: number;
  item: PublicItem;
  /** Its key may be asked for, so that the browser judges before the server has. */
  instant: boolean;
  answered: Record<string, PartSoFar>;
  course: { title: string; languages: string[]; attribution: Attribution[] } | null;
  detour?: SidePath | null;
  /** How the detour from this question ended, until it is answered again. */
  back_from?: "known" | "learned" | "left" | "failed" | null;
};

export type Work = {
  work: string;
  title: string;
  kind: Offer["kind"];
  lesson: Titled | null;
  questions: number;
  answered: number;
  next: Presentation | null;
  body: string | null;
  body_lang: string | null;
};
export type Finished = {
  right_unaided: number;
  answers: number;
  parts: number;
  became_ready: Named[];
  right_alone: Named[];
  still_known: Named[];
  next: Offer[];
};
export type WorkNext = {
  title: string;
  kind: Offer["kind"];
  next: Presentation | null;
  answered: number;
  questions: number;
  finished: Finished | null;
};
export type PlacementFinished = { known: number; frontier: Named[]; uncertain: number };
export type Placement = {
  next: Presentation | null;
  answered: number;
  at_most: number;
  finished: PlacementFinished | null;
};

export type EventKind =
  | "answered"
  | "scaffold_answered"
  | "hint_opened"
  | "solution_opened"
  | "help_declined"
  | "detour_declined";
export type StudentEvent = {
  id: string;
  kind: EventKind;
  schema: 1;
  device: string;
  device_seq: number;
  claimed_at: number;
  body: Record<string, unknown>;
};

// Teacher

export type CourseRef = { id: string; title: string };
export type Class = {
  id: string;
  name: string;
  code: string;
  students: number;
  course: CourseRef | null;
  archived: boolean;
};
export type RosterStudent = {
  id: string;
  given_name: string;
  family_name: string;
  sign_in_name: string;
  pin: string;
  waiting_until: number | null;
};
export type RosterProblem = { line: number; code: string; text: string };
export type Person = { id: string; given_name: string; family_name: string };
export type Rule =
  | "three_misses"
  | "stuck"
  | "wheel_spinning"
  | "quick"
  | "hints_unread"
  | "misconception"
  | "idle"
  | "ready_to_move_up"
  | "detour_failed"
  | "off_pace";
export type SeeFirst = { student: string; rule: Rule; args: Args; since: number };
export type Row = {
  student: Person;
  version: number;
  here: boolean;
  working_on: {
    lesson: string | null;
    skill: string | null;
    placement?: boolean;
    detour?: boolean;
    since: number;
  } | null;
  last_answer_at: number | null;
  answers_today: number;
  right_today: number;
  marks: ("see_first" | "ready" | "quiet" | "side_path")[];
  hand_up: boolean;
};
export type LiveClass = {
  at: number;
  class: Named;
  here: number;
  of: number;
  see_first: SeeFirst[];
  ready_to_move_up: { student: string; args: Args }[];
  /** Much less this week than in their own weeks before. */
  off_pace?: { student: string; args: Args }[];
  hands: { student: string; since: number; note: string }[];
  rows: Row[];
  /** In a `rows` event: the rows are the whole class, because somebody left or joined. */
  whole?: boolean;
};
export type ClassSkills = {
  skills: { id: string; name: string; lesson: string }[];
  rows: {
    student: Person | string;
    cells: Record<string, { step: number; state: MasteryState; few_answers: boolean }>;
  }[];
};
export type PathEvent = {
  at: number;
  kind:
    | "placed"
    | "ready"
    | "lasting"
    | "lesson_started"
    | "assigned"
    | "misconception"
    | "detour_started"
    | "detour_declined"
    | "detour_known"
    | "detour_learned"
    | "detour_failed";
  args: Args;
};
export type Story = {
  student: Person;
  placement: unknown;
  progress: { ready: number; lasting: number; placed: number; of: number; answers_today?: number } | null;
  path: PathEvent[];
  units: UnitProgress[];
  /** What is still missing for "ready", of each skill that was answered. */
  missing: Record<string, ("level" | "proof" | "rights" | "fresh" | "prediction")[]>;
  ideas_in_the_way: { misconception: string; name: string | null; finding?: boolean; times: number; last_at: number }[];
  alerts: { rule: Rule; args: Args; since: number; verdict: "right" | "wrong" | null }[];
  assignments: unknown[];
};
export type AnswerSeen = {
  position: number;
  at: number;
  item: PublicItem;
  part: string;
  response: Response;
  response_html: string;
  judgement: Judgement;
  /** Hints and the solution opened on this part before it. */
  hints_used: number;
  /** A worked example of one like it was shown before it. */
  example_seen: boolean;
  /** The form of help that followed. */
  then: "detour" | "example" | "other_item" | "teacher" | null;
  elapsed_ms: number;
  unaided: boolean;
  purpose: Purpose;
  key_html: string;
};
export type Assignment = {
  id: string;
  lesson: Titled | null;
  due_at: number | null;
  note: string;
  by: Author | string | null;
  created_at: number;
  students: { id: string; done_at: number | null }[];
  done: number;
  of: number;
};
export type CourseSummary = {
  id: string;
  title: string;
  languages: string[];
  lessons: number;
  skills: number;
  items: number;
};
export type CourseTree = {
  id: string;
  title: string;
  attribution: Attribution[];
  units: { id: string; title: string; lessons: { id: string; title: string; skills: Named[]; items: number }[] }[];
};

// Administrator

export type AdminPerson = {
  id: string;
  role: Role;
  given_name: string;
  family_name: string;
  email: string | null;
  created_at: number;
  archived: boolean;
};
export type AuditEntry = {
  id: string | number;
  at: number;
  actor: string | { name?: string } | null;
  action: string;
  subject: string | { name?: string } | null;
  detail: unknown;
};

// Problems

export type ProblemBody = {
  type: string;
  title?: string;
  status: number;
  field?: string;
  detail?: string;
  reference?: string;
  retry_after_seconds?: number;
};

/** How much a refit is learnt from and judged by. */
export type Amount = { students: number; answers: number; held_out_students: number; held_out_answers: number };

export type FittedCourse = {
  course: string;
  title: string;
  /** 0 for the constants that ship. */
  in_force: number;
  amount: Amount;
  /** What is lacking until a refit can say something. */
  lacking: Amount | null;
};

/** What a refit came to in one course. */
export type RefitResult =
  | { came_to: "version"; number: number; may_be_published: boolean }
  | { came_to: "too_few"; amount: Amount; lacking: Amount }
  | { came_to: "unchanged" | "stopped" };

export type Job = {
  id: string;
  kind: "refit" | "refold";
  state: "waiting" | "running" | "cancelling" | "done" | "failed" | "cancelled";
  done: number;
  total: number;
  courses: string[];
  created_at: number;
  finished_at: number | null;
  asked_by: string | null;
  result: { courses?: Record<string, RefitResult>; moved?: number; failed?: number } | null;
  error: string | null;
};

export type FittedCourses = {
  courses: FittedCourse[];
  least: Amount;
  students_behind: number;
  refit: Job | null;
  refold: Job | null;
};

/** Predictions whose chance fell into one fifteenth of 0 to 1. */
export type Bin = { answers: number; chance: number; right: number };
export type HeldOutFigures = { auc: number; rmse: number; log_loss: number; ece: number; reliability: Bin[] };

export type FittedVersion = {
  /** 0 for the constants that ship, of which nothing more is known. */
  number: number;
  in_force: boolean;
  published: { at: number; by: string | null }[];
  step: "publish" | "go_back" | null;
  why_not: "not_better" | "old_comparison" | null;
  made_at?: number;
  made_by?: string | null;
  compared_with?: number;
  origin?: Amount & { until: number; skills: number; items: number; left_out: number };
  figures?: { before: HeldOutFigures; after: HeldOutFigures };
};

export type FittedVersions = { course: string; title: string; in_force: number; versions: FittedVersion[] };
