// What is offered and why, in words.
import type { Offer, Reason } from "../api/types";
import { t, words } from "./text.svelte";

export function reasonsOf(reasons: Reason[]): string {
  const sentences = reasons.map((reason) => words("reason", reason.code, reason.args));
  return [...new Set(sentences)].filter(Boolean).slice(0, 2).join(" ");
}

/** An offer's title as something to do. The server may send a whole title or only the name of the skill, lesson or text. */
export function titleOf(offer: Pick<Offer, "kind" | "title" | "skill" | "lesson">): string {
  const name = offer.title || offer.skill?.name || offer.lesson?.title || "";
  if (offer.kind === "placement") return t("placement.start");
  if (offer.kind === "review" && offer.title === "") return t("offer.review");
  if (offer.kind === "practise" && (name === offer.skill?.name || name === offer.lesson?.title))
    return t("offer.practise", { name });
  return name;
}
