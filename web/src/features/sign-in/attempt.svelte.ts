// One try to sign in: busy, refused with words, or asked to wait with a countdown.
import { asProblem, type Problem } from "../../api/client";
import { t, words } from "../../text/text.svelte";

export class Attempt {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  wait = $state(0);
  private timer: ReturnType<typeof setInterval> | undefined;

  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy || this.wait > 0) return false;
    this.busy = true;
    this.problem = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      if (this.problem.status === 429) this.countDown(this.problem.retryAfterSeconds ?? 30);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What to say, or nothing. */
  get message(): string {
    if (this.wait > 0) return t("sign_in.wait", { n: this.wait });
    if (!this.problem || this.problem.status === 429) return "";
    return words("problem", this.problem.code);
  }

  /** What is wrong with one field. */
  error(field: string): string | undefined {
    return this.problem?.field === field ? words("problem", this.problem.code) : undefined;
  }

  private countDown(seconds: number): void {
    this.wait = Math.ceil(seconds);
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      this.wait -= 1;
      if (this.wait <= 0) clearInterval(this.timer);
    }, 1000);
  }
}
