// Why a name stands in "see first", in one neutral sentence.
import type { Args, Row, Rule } from "../../api/types";
import { t, words } from "../../text/text.svelte";

export function ruleWords(rule: Rule | string, args: Args): string {
  const misconception = args.name ?? args.misconception;
  return words("rule", rule, { ...args, ...(misconception ? { misconception: spelled(String(misconception)) } : {}) });
}

/** What a student is at, in a few words. */
export function doing(on: NonNullable<Row["working_on"]>): string {
  if (on.placement) return t("placement.title_short");
  const what = on.skill ?? on.lesson ?? "";
  return on.detour && what ? t("now.side_path", { skill: what }) : what;
}

/** A misconception's name as words: a general one's from the messages, else the server's name, or its id with spaces. */
export function spelled(name: string): string {
  const general = name.startsWith("general.") ? words("idea", name) : "";
  if (general) return general;
  const text = name.includes(" ") ? name : name.replaceAll(/[-_]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
