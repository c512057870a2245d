// What is offered and why, in words.
import type { Offer, Reason } from "../api/types";
import { hasWords, t, words } from "./text.svelte";

/** At most two reasons. A name that stands in the title already is not said again where there are words without it. */
export function reasonsOf(reasons: Reason[], title = ""): string {
  const sentences = reasons.map(({ code, args = {} }) => {
    const said = typeof args.skill === "string" && title.endsWith(args.skill) && hasWords("reason", `${code}.bare`);
    return words("reason", code, said ? { ...args, skill: "" } : args);
  });
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
