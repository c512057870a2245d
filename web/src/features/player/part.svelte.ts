// One part of a question while it is answered: the response in its field, what was judged, the hints opened, the help offered.
import type {
  DetourEnding,
  Help,
  HintLabel,
  Judgement,
  Named,
  PartSoFar,
  Presentation,
  ProblemBody,
  PublicHint,
  PublicPart,
  Response,
  Verdict,
} from "../../api/types";
import { instantly, prepareInstant } from "../../engine/instant";
import { sameResponse } from "../../items/types";
import { record } from "../../offline/current.svelte";
import { supports } from "../../ui/preferences.svelte";
import { heardSince } from "../../ui/speech";

/** Where the part stands: being answered, waiting for the server's word, or done. */
export type Phase = "asking" | "sending" | "done";

export type Scaffold = {
  response: Response | null;
  judged: Response | null;
  verdict: Verdict | null;
  sending: boolean;
};

export class PartWork {
  readonly part: PublicPart;
  readonly presentation: string;
  response = $state.raw<Response | null>(null);
  /** The response that the verdict is about. */
  judged = $state.raw<Response | null>(null);
  phase = $state<Phase>("asking");
  tries = $state(0);
  judgement = $state.raw<Judgement | null>(null);
  problem = $state.raw<ProblemBody | null>(null);
  hints = $state.raw<PublicHint[]>([]);
  opening = $state<string | null>(null);
  scaffolds = $state<Record<string, Scaffold>>({});
  help = $state.raw<Help | null>(null);
  solution = $state.raw<string | null>(null);
  becameReady = $state.raw<Named[]>([]);
  /** The detour that this question belongs to ended with an answer here. */
  detourEnded = $state.raw<DetourEnding | null>(null);
  private since = Date.now();
  private readonly begun = Date.now();
  /** The check whose verdict is still to come. */
  private asked: symbol | null = null;

  constructor(
    presentation: Presentation,
    part: PublicPart,
    private readonly onDone: (verdict: Verdict) => void,
  ) {
    this.part = part;
    this.presentation = presentation.id;
    prepareInstant(presentation);
    const before: PartSoFar | undefined = presentation.answered[part.id];
    if (!before) return;
    this.tries = before.tries;
    this.hints = before.hints;
    this.response = before.response ?? null;
    if (before.last) {
      this.judged = this.response;
      this.judgement = before.last.judgement;
      this.help = before.last.help ?? null;
      this.solution = before.last.solution ?? null;
      if (before.last.part_done) this.phase = "done";
    }
    if (before.right) this.phase = "done";
  }

  /** How the shown response was judged; nothing once it is changed. */
  get mark(): "none" | "right" | "look" {
    if (!this.judgement || this.judgement.verdict === "recorded") return "none";
    if (this.phase !== "asking" && this.judgement.verdict === "right") return "right";
    return this.judgement.counts && sameResponse(this.response, this.judged) ? "look" : "none";
  }

  get askedBefore(): boolean {
    return this.tries > 0 || this.judgement !== null;
  }

  async check(response: Response | null = this.response): Promise<void> {
    if (!response || this.phase !== "asking") return;
    this.phase = "sending";
    this.problem = null;
    this.judgement = null;
    const elapsed_ms = Math.min(Date.now() - this.since, 3_600_000);
    const asked = Symbol();
    this.asked = asked;
    // What the engine here says stands until the server has spoken.
    void instantly(this.presentation, this.part.id, response).then((first) => {
      if (!first || this.asked !== asked) return;
      this.judged = response;
      this.judgement = first;
    });
    const verdict = await record("answered", {
      presentation: this.presentation,
      part: this.part.id,
      response,
      elapsed_ms,
      listened: heardSince(this.begun),
      supports: supports(),
    });
    this.asked = null;
    this.since = Date.now();
    this.judged = response;
    this.judgement = verdict.judgement;
    this.phase = verdict.part_done ? "done" : "asking";
    if (verdict.status === "refused") this.problem = verdict.problem;
    if (verdict.judgement?.counts) this.tries += 1;
    if (verdict.help) this.help = verdict.help;
    if (verdict.solution) this.solution = verdict.solution;
    this.becameReady = verdict.became_ready ?? [];
    if (verdict.detour_ended) this.detourEnded = verdict.detour_ended;
    if (verdict.part_done) this.onDone(verdict);
  }

  async openHint(hint: HintLabel): Promise<void> {
    if (this.opening || this.isOpen(hint.id)) return;
    this.opening = hint.id;
    const since_last_ms = Date.now() - this.since;
    const verdict = await record("hint_opened", {
      presentation: this.presentation,
      part: this.part.id,
      hint: hint.id,
      since_last_ms,
    });
    this.since = Date.now();
    this.opening = null;
    if (verdict.hint) this.hints = [...this.hints, verdict.hint];
    else if (verdict.problem) this.problem = verdict.problem;
  }

  isOpen(hint: string): boolean {
    return this.hints.some((one) => one.id === hint);
  }

  scaffold(hint: string): Scaffold {
    this.scaffolds[hint] ??= { response: null, judged: null, verdict: null, sending: false };
    return this.scaffolds[hint]!;
  }

  async checkScaffold(hint: string): Promise<void> {
    const scaffold = this.scaffold(hint);
    const { response } = scaffold;
    if (!response || scaffold.sending) return;
    scaffold.sending = true;
    const sent = $state.snapshot(response) as Response;
    scaffold.verdict = await record("scaffold_answered", {
      presentation: this.presentation,
      part: this.part.id,
      hint,
      response: sent,
    });
    scaffold.judged = sent;
    scaffold.sending = false;
  }

  async openSolution(): Promise<void> {
    const verdict = await record("solution_opened", { presentation: this.presentation, part: this.part.id });
    if (verdict.solution) this.solution = verdict.solution;
  }

  /** Declined, a detour leaves the next form of help in its place. */
  async declineDetour(): Promise<void> {
    const detour = this.help?.detour;
    if (!detour) return;
    const about = { presentation: this.presentation, part: this.part.id, detour: detour.id };
    const verdict = await record("detour_declined", about);
    this.help = verdict.help ?? null;
  }

  declineHelp(): void {
    if (!this.help) return;
    void record("help_declined", { presentation: this.presentation, part: this.part.id, help: this.help.form });
    this.help = null;
  }
}
