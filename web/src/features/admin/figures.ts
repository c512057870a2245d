// What held-out students say, in numbers a person can read.
import type { Amount, FittedVersion, HeldOutFigures } from "../../api/types";
import { language, t } from "../../text/text.svelte";

/** The measures in the order of the page; lower is better but for AUC. */
export const MEASURES = ["log_loss", "auc", "rmse", "ece"] as const;
export type Measure = (typeof MEASURES)[number];

export const percent = (share: number) =>
  new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 }).format(share);
export const decimal = (value: number) =>
  new Intl.NumberFormat(language(), { minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(value);
export const whole = (value: number) => new Intl.NumberFormat(language()).format(value);

/** Whether the second is better, worse, or the same to four digits. */
export function judged(measure: Measure, before: HeldOutFigures, after: HeldOutFigures): "better" | "worse" | "same" {
  const by = Math.round((after[measure] - before[measure]) * 1e4) * (measure === "auc" ? -1 : 1);
  if (by === 0) return "same";
  return by < 0 ? "better" : "worse";
}

/** What a version is called. */
export const nameOf = (number: number) => (number === 0 ? t("refit.shipped") : t("refit.version", { number }));

/** What is lacking, in words, one line each. */
export function lackingLines(lacking: Amount): string[] {
  const keys = {
    students: "refit.lacking.students",
    answers: "refit.lacking.answers",
    held_out_students: "refit.lacking.held_out_students",
    held_out_answers: "refit.lacking.held_out_answers",
  } as const;
  return (Object.keys(keys) as (keyof Amount)[])
    .filter((key) => lacking[key] > 0)
    .map((key) => t(keys[key], { n: lacking[key] }));
}

/** The version to show first: the newest candidate, else the one in force. */
export const shownFirst = (versions: FittedVersion[]) =>
  versions.find((one) => one.step === "publish") ??
  versions.find((one) => one.in_force && one.figures) ??
  versions.find((one) => one.figures);
