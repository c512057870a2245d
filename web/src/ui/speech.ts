// Reading aloud with the browser's own voice. Mathematics becomes words first, so that 1/2 is not read as twelve: the words that the
// server names a formula with, in the language of its text; where it has none, words made from the MathML.
import { t, wordsIn } from "../text/text.svelte";

export const canSpeak = () => typeof speechSynthesis !== "undefined" && typeof SpeechSynthesisUtterance !== "undefined";

/** Our own words in one language. */
type Say = typeof t;
/** What one voice reads. */
export type Piece = { lang: string; text: string };

/** The words of a piece of the page, by language: a Spanish voice does not read an English question, nor its formulas. */
export async function pieces(element: Element, lang: string): Promise<Piece[]> {
  const marked = [...element.querySelectorAll("[lang]")].map((one) => one.getAttribute("lang")!);
  const says = new Map<string, Say>();
  for (const one of new Set([lang, ...marked])) says.set(one, await wordsIn(one));
  const found: Piece[] = [];
  const read = (node: Node, lang: string): void => {
    const own = (node instanceof Element && node.getAttribute("lang")) || lang;
    const mixed = node instanceof Element && !isSilent(node) && node.querySelector("[lang]");
    if (mixed) {
      for (const child of node.childNodes) read(child, own);
      return;
    }
    const text = spoken(node, says.get(own));
    if (text.trim() === "") return;
    const last = found.at(-1);
    if (last?.lang === own) last.text += text;
    else found.push({ lang: own, text });
  };
  read(element, lang);
  return found;
}

const isSilent = (element: Element) =>
  ["annotation", "annotation-xml", "button"].includes(element.localName) ||
  element.getAttribute("aria-hidden") === "true";

/** The words of a piece of the page, formulas spoken. */
export function spoken(node: Node, say: Say = t): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? "";
  if (!(node instanceof Element)) return "";
  const name = node.localName;
  if (isSilent(node)) return "";
  if (name === "math" && node.hasAttribute("aria-label")) return ` ${node.getAttribute("aria-label")} `;
  if (name === "img") return node.getAttribute("alt") ?? "";
  const parts = [...node.childNodes].map((child) => spoken(child, say));
  const inside = [...node.children].map((child) => spoken(child, say).trim());
  switch (name) {
    case "mfrac":
      return ` ${inside[0] === "1" && inside[1] === "2" ? say("speech.half") : say("speech.over", { a: inside[0], b: inside[1] })} `;
    case "msqrt":
      return ` ${say("speech.root", { a: parts.join("") })} `;
    case "mroot":
      return ` ${say("speech.nth_root", { a: inside[0], n: inside[1] })} `;
    case "msup":
      return ` ${inside[1] === "2" ? say("speech.squared", { a: inside[0] }) : say("speech.power", { a: inside[0], n: inside[1] })} `;
    case "mo":
      return ` ${operator(parts.join("").trim(), say)} `;
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

function operator(sign: string, say: Say): string {
  switch (sign) {
    case "×":
    case "⋅":
    case "·":
      return say("speech.times");
    case "÷":
      return say("speech.divided");
    case "−":
    case "-":
      return say("speech.minus");
    default:
      return sign;
  }
}

/** Whether the device has a voice; a browser may find its voices only after a while. */
export function hasVoice(): Promise<boolean> {
  const some = () => speechSynthesis.getVoices().length > 0;
  if (some()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(some()), 1_000);
    const found = () => {
      clearTimeout(late);
      resolve(some());
    };
    speechSynthesis.addEventListener("voiceschanged", found, { once: true });
  });
}

let heardAt = 0;

/** Something was read aloud since that moment (ms): then the time of an answer says nothing. */
export const heardSince = (at: number) => heardAt >= at;

/** Reads pieces one after the other, each in the voice of its language; `onend` after the last, or when reading stops, with true
 * where there is no voice to read with. */
export function speak(all: Piece[], onend: (mute: boolean) => void): void {
  heardAt = Date.now();
  speechSynthesis.cancel();
  if (all.length === 0) {
    onend(false);
    return;
  }
  all.forEach(({ lang, text }, i) => {
    const utterance = new SpeechSynthesisUtterance(text.replace(/\s+/g, " ").replace(/([.?!])\s*\./g, "$1"));
    utterance.lang = lang;
    utterance.rate = 0.95;
    if (i === all.length - 1) utterance.onend = () => onend(false);
    utterance.onerror = ({ error }) => onend(isMute(error));
    speechSynthesis.speak(utterance);
  });
}

/** An error that is no interruption: the device has no voice, or none for this language. */
const isMute = (error: SpeechSynthesisErrorCode) => error !== "interrupted" && error !== "canceled";

export const hushVoice = () => canSpeak() && speechSynthesis.cancel();

/** Name of an option that shows mathematics, for its control: not every reader takes a name from MathML. Undefined where the words on screen do. */
export function spokenName(html: string): string | undefined {
  if (!html.includes("<math")) return undefined;
  return spoken(new DOMParser().parseFromString(html, "text/html").body).trim() || undefined;
}
