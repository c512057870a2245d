import type { PublicQuestion, Response } from "../api/types";

/** What each kind of question is given. It keeps the response; the player sends it. */
export type QuestionProps = {
  question: PublicQuestion;
  /** Unique on the page: the ids of its controls begin with it. */
  id: string;
  response: Response | null;
  /** What was judged of the response that is shown. */
  mark: "none" | "right" | "look";
  locked?: boolean;
  describedby?: string | undefined;
};

/** The text of a typed response. */
export const textOf = (response: Response | null): string => (response?.kind === "text" ? response.text : "");

/** True when there is something to check. */
export function isAnswered(response: Response | null): boolean {
  if (!response) return false;
  if (response.kind === "text") return response.text.trim() !== "";
  if (response.kind === "multiple_choice") return response.options.length > 0;
  return true;
}

export const sameResponse = (a: Response | null, b: Response | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
