// How a judgement is put to the student.
import type { Judgement } from "../../api/types";
import { type Key, t, words } from "../../text/text.svelte";
import type { IconName } from "../../ui/Icon.svelte";

export type Line = { icon: IconName; html?: string; text?: string };

/** What is said of an answer that has the right value and is not the answer yet. */
const UNFINISHED = ["form.as_shown", "form.work_out", "form.solve"];

export function heading(judgement: Judgement): Key {
  switch (judgement.verdict) {
    case "right":
      return "feedback.title.right";
    case "right_value_wrong_form":
      return UNFINISHED.includes(judgement.message?.code ?? "") ? "feedback.title.unfinished" : "feedback.title.form";
    case "unit_missing":
      return "feedback.title.unit_missing";
    case "wrong_unit":
      return "feedback.title.wrong_unit";
    case "unreadable":
      return "feedback.title.unreadable";
    case "dont_know":
      return "feedback.title.dont_know";
    case "recorded":
      return "feedback.title.recorded";
    case "wrong":
      // An author's words to this very answer begin with what is true of it as well.
      return judgement.truth || judgement.feedback ? "feedback.title.partly" : "feedback.title.look_again";
  }
}

/** The lines below the heading: first what is true, then the code's words, then what to look at. */
export function lines(judgement: Judgement): Line[] {
  const right = judgement.verdict === "right";
  const found: Line[] = [];
  const html = (icon: IconName, value: string | null | undefined) => {
    if (value && !found.some((line) => line.html === value)) found.push({ icon, html: value });
  };
  html("check", judgement.truth);
  if (judgement.message) {
    const text = words("feedback", judgement.message.code, judgement.message.args);
    if (text) found.push({ icon: right ? "check" : "eye", text });
  }
  html(right ? "check" : "eye", judgement.conflict);
  html(right ? "check" : "eye", judgement.feedback);
  if (found.length === 0 && judgement.verdict === "wrong") found.push({ icon: "eye", text: t("feedback.look_again") });
  if (found.length === 0 && judgement.verdict === "dont_know")
    found.push({ icon: "eye", text: t("feedback.dont_know") });
  if (!judgement.counts && !right && judgement.verdict !== "recorded")
    found.push({ icon: "pencil", text: t("feedback.not_counted") });
  return found;
}
