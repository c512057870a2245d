// A run of questions: practice, review, a reading with its questions, or the pre-test. It asks the server what comes next and waits calmly when it is away.
import { asProblem, type Problem, post } from "../../api/client";
import type {
  Finished,
  Placement,
  PlacementFinished,
  Presentation,
  Response,
  SidePath,
  Work,
  WorkNext,
} from "../../api/types";
import { flushOutbox, record } from "../../offline/current.svelte";
import { t } from "../../text/text.svelte";
import { say } from "../../ui/toast.svelte";

export type Stage =
  | { kind: "loading" }
  | { kind: "failed"; problem: Problem }
  | { kind: "intro" }
  | { kind: "reading"; work: Work; body: string }
  | { kind: "asking"; presentation: Presentation }
  | { kind: "finished"; finished: Finished; early: boolean }
  | { kind: "placed"; finished: PlacementFinished };

/** What the address asks for. */
export type Wanted =
  | { kind: "placement"; intro: boolean }
  | { kind: "start"; request: Record<string, string> }
  | { kind: "resume"; work: string };

const RETRY_MS = 3_000;

export class Run {
  stage = $state.raw<Stage>({ kind: "loading" });
  title = $state("");
  kind = $state<Work["kind"] | undefined>(undefined);
  /** True while the next question cannot be fetched and it is tried again by itself. */
  waiting = $state(false);
  moving = $state(false);
  /** The side path that is on the screen has come to its end. */
  pathEnded = $state(false);
  /** The run's id, once it has one. */
  private id: string | null = null;
  private closed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly wanted: Wanted) {
    if (wanted.kind === "placement" && wanted.intro) this.stage = { kind: "intro" };
    else void this.begin();
  }

  get placing(): boolean {
    return this.wanted.kind === "placement";
  }
  /** What was written and not yet sent when the question was asked for in another language, by part. */
  private drafts: { item: string; responses: Record<string, Response> } | null = null;

  /** The open question again, in the language of today; it is the same question, so what is written stays. Only for one that was not yet answered. */
  again(item: string, responses: Record<string, Response>): Promise<void> {
    this.drafts = { item, responses };
    return this.next();
  }

  draftsFor(item: string): Record<string, Response> {
    const drafts = this.drafts?.item === item ? this.drafts.responses : {};
    this.drafts = null;
    return drafts;
  }

  begin(): Promise<void> {
    this.stage = { kind: "loading" };
    return this.move(async () => {
      const { wanted } = this;
      if (wanted.kind === "placement") return this.placed(await post<Placement>("/student/placement"));
      if (wanted.kind === "resume") {
        this.id = wanted.work;
        return this.worked(await post<WorkNext>(`/student/work/${encodeURIComponent(wanted.work)}/next`));
      }
      const work = await post<Work>("/student/work", wanted.request);
      this.id = work.work;
      this.title = work.title;
      this.kind = work.kind;
      // Nothing in it can be asked now: there is no run to come back to.
      if (!work.next && !work.body && work.answered === 0) return this.ended(null, 0, work.questions);
      // The address names the run itself, so that a reload goes on instead of starting again.
      history.replaceState(null, "", `/work/${encodeURIComponent(work.work)}`);
      if (work.body && work.answered === 0) return { kind: "reading", work, body: work.body };
      if (work.next) return { kind: "asking", presentation: work.next };
      return this.worked(await post<WorkNext>(`/student/work/${encodeURIComponent(work.work)}/next`));
    });
  }

  /** The reading is read: on to its questions. */
  startQuestions(work: Work): void {
    if (work.next) this.stage = { kind: "asking", presentation: work.next };
    else void this.next();
  }

  /** The next question; `skip` leaves the open one unfinished for another of the same kind. */
  next(skip = false): Promise<void> {
    if (this.moving) return Promise.resolve();
    return this.move(async () => {
      if (this.placing) return this.placed(await post<Placement>("/student/placement/next"));
      return this.worked(await post<WorkNext>(this.nextPath, skip ? { skip } : {}));
    });
  }

  /** Takes the side path that was offered, from its first question. */
  takeDetour(detour: string): Promise<void> {
    if (this.moving) return Promise.resolve();
    return this.move(async () => {
      try {
        return this.worked(await post<WorkNext>(`/student/detours/${encodeURIComponent(detour)}`));
      } catch (error) {
        // Over already, here or on another device: the question itself is where to go on.
        if (asProblem(error).code !== "detour_over") throw error;
        say(t("detour.over"));
        return this.worked(await post<WorkNext>(this.nextPath, {}));
      }
    });
  }

  /** Leaves the side path before its end, back to the question that waits. */
  async leaveDetour(path: SidePath): Promise<void> {
    if (this.moving) return;
    const about = { presentation: path.waiting.presentation, part: path.part, detour: path.id };
    if (!this.pathEnded) void record("detour_declined", about);
    await this.next();
  }

  private get nextPath(): string {
    return `/student/work/${encodeURIComponent(this.id ?? "")}/next`;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async move(fetchStage: () => Promise<Stage>): Promise<void> {
    this.moving = true;
    try {
      await flushOutbox();
      const stage = await fetchStage();
      if (this.closed) return;
      this.stage = stage;
      this.moving = this.waiting = false;
    } catch (error) {
      if (this.closed) return;
      const problem = asProblem(error);
      if (problem.passing) {
        this.waiting = true;
        if (this.stage.kind === "loading") this.stage = { kind: "failed", problem };
        this.timer = setTimeout(() => void this.move(fetchStage), RETRY_MS);
      } else {
        this.moving = this.waiting = false;
        this.stage = { kind: "failed", problem };
      }
    }
  }

  private worked(answer: WorkNext): Stage {
    this.title = answer.title;
    this.kind = answer.kind;
    if (answer.next) return { kind: "asking", presentation: answer.next };
    return this.ended(answer.finished, answer.answered, answer.questions);
  }

  private ended(finished: Finished | null, answered: number, questions: number): Stage {
    const nothing = { became_ready: [], right_alone: [], still_known: [], next: [] };
    return {
      kind: "finished",
      finished: finished ?? { right_unaided: 0, answers: answered, parts: answered, ...nothing },
      early: answered < questions,
    };
  }

  private placed(answer: Placement): Stage {
    if (answer.next) return { kind: "asking", presentation: answer.next };
    return { kind: "placed", finished: answer.finished ?? { known: 0, frontier: [], uncertain: 0 } };
  }
}
