import type { PublicQuestion } from "../api/types";

/** A question with only the values that matter. */
export const question = (more: Partial<PublicQuestion>): PublicQuestion => ({
  kind: "numeric",
  prompt: "<p>How much water?</p>",
  options: [],
  unit: null,
  unit_required: false,
  form: null,
  ...more,
});
