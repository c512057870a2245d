// Reading aloud with the browser's own voice. Mathematics becomes words first, so that 1/2 is not read as twelve.
import { t } from "../text/text.svelte";

export const canSpeak = () => typeof speechSynthesis !== "undefined" && typeof SpeechSynthesisUtterance !== "undefined";

/** The words of a piece of the page, formulas spoken. */
export function spoken(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? "";
  if (!(node instanceof Element)) return "";
  const name = node.localName;
  if (
    name === "annotation" ||
    name === "annotation-xml" ||
    node.getAttribute("aria-hidden") === "true" ||
    name === "button"
  )
    return "";
  if (name === "img") return node.getAttribute("alt") ?? "";
  const parts = [...node.childNodes].map(spoken);
  const inside = [...node.children].map((child) => spoken(child).trim());
  switch (name) {
    case "mfrac":
      return ` ${inside[0] === "1" && inside[1] === "2" ? t("speech.half") : t("speech.over", { a: inside[0], b: inside[1] })} `;
    case "msqrt":
      return ` ${t("speech.root", { a: parts.join("") })} `;
    case "mroot":
      return ` ${t("speech.nth_root", { a: inside[0], n: inside[1] })} `;
    case "msup":
      return ` ${inside[1] === "2" ? t("speech.squared", { a: inside[0] }) : t("speech.power", { a: inside[0], n: inside[1] })} `;
    case "mo":
      return ` ${operator(parts.join("").trim())} `;
    case "p":
    case "li":
    case "tr":
    case "h2":
      return `${parts.join("")}. `;
    case "td":
    case "th":
      return `${parts.join("")}, `;
    default:
      return parts.join("");
  }
}

function operator(sign: string): string {
  switch (sign) {
    case "×":
    case "⋅":
    case "·":
      return t("speech.times");
    case "÷":
      return t("speech.divided");
    case "−":
    case "-":
      return t("speech.minus");
    default:
      return sign;
  }
}

export function speak(text: string, lang: string, onend: () => void): void {
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text.replace(/\s+/g, " ").replace(/([.?!])\s*\./g, "$1"));
  utterance.lang = lang;
  utterance.rate = 0.95;
  utterance.onend = onend;
  utterance.onerror = onend;
  speechSynthesis.speak(utterance);
}

export const hushVoice = () => canSpeak() && speechSynthesis.cancel();

/** Name of an option that shows mathematics, for its control: not every reader takes a name from MathML. Undefined where the words on screen do. */
export function spokenName(html: string): string | undefined {
  if (!html.includes("<math")) return undefined;
  return spoken(new DOMParser().parseFromString(html, "text/html").body).trim() || undefined;
}
