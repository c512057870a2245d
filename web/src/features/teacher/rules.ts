// Why a name stands in "see first", in one neutral sentence.
import type { Args, Rule } from "../../api/types";
import { words } from "../../text/text.svelte";

export function ruleWords(rule: Rule | string, args: Args): string {
  const misconception = args.name ?? args.misconception;
  return words("rule", rule, { ...args, ...(misconception ? { misconception: spelled(String(misconception)) } : {}) });
}

/** A misconception's name as words: a general one's from the messages, else the server's name, or its id with spaces. */
export function spelled(name: string): string {
  const general = name.startsWith("general.") ? words("idea", name) : "";
  if (general) return general;
  const text = name.includes(" ") ? name : name.replaceAll(/[-_]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
