// A small reader of ICU messages: {name}, {n, plural, =0 {..} one {..} other {# ..}} and {x, select, a {..} other {..}}.

export type Values = Record<string, string | number | boolean | null | undefined>;

type Piece =
  | string
  | { name: string }
  | { hash: true }
  | { name: string; kind: "plural" | "select"; cases: Record<string, Piece[]> };

const cache = new Map<string, Piece[]>();

/** The message with its places filled; a place without a value shows nothing. */
export function format(message: string, values: Values, locale: string): string {
  return fill(read(message), values, locale);
}

/** The names of the places in a message. */
export function places(message: string): string[] {
  const found = new Set<string>();
  const walk = (pieces: Piece[]) => {
    for (const piece of pieces) {
      if (typeof piece === "string" || "hash" in piece) continue;
      found.add(piece.name);
      if ("kind" in piece) Object.values(piece.cases).forEach(walk);
    }
  };
  walk(read(message));
  return [...found];
}

function read(message: string): Piece[] {
  const known = cache.get(message);
  if (known) return known;
  const pieces = new Reader(message).pieces();
  cache.set(message, pieces);
  return pieces;
}

function fill(pieces: Piece[], values: Values, locale: string, hash?: number): string {
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else if ("hash" in piece) text += hash === undefined ? "#" : number(hash, locale);
    else if (!("kind" in piece)) text += word(values[piece.name], locale);
    else {
      const value = values[piece.name];
      const chosen =
        piece.kind === "select"
          ? piece.cases[String(value)]
          : (piece.cases[`=${value}`] ?? piece.cases[new Intl.PluralRules(locale).select(Number(value ?? 0))]);
      text += fill(
        chosen ?? piece.cases.other ?? [],
        values,
        locale,
        piece.kind === "plural" ? Number(value ?? 0) : hash,
      );
    }
  }
  return text;
}

function word(value: Values[string], locale: string): string {
  if (value === undefined || value === null) return "";
  return typeof value === "number" ? number(value, locale) : String(value);
}

function number(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  /** Reads to the end, or to the brace that closes a case. */
  pieces(insidePlural = false): Piece[] {
    const pieces: Piece[] = [];
    let plain = "";
    const flush = () => {
      if (plain !== "") pieces.push(plain);
      plain = "";
    };
    while (this.at < this.text.length && this.text[this.at] !== "}") {
      const sign = this.text[this.at]!;
      if (sign === "{") {
        flush();
        pieces.push(this.place());
      } else if (sign === "#" && insidePlural) {
        flush();
        pieces.push({ hash: true });
        this.at += 1;
      } else {
        plain += sign;
        this.at += 1;
      }
    }
    flush();
    return pieces;
  }

  private place(): Piece {
    this.at += 1;
    const name = this.until(/[,}]/).trim();
    if (this.text[this.at] === "}") {
      this.at += 1;
      return { name };
    }
    this.at += 1;
    const kind = this.until(/,/).trim() as "plural" | "select";
    this.at += 1;
    const cases: Record<string, Piece[]> = {};
    for (;;) {
      const label = this.until(/[{}]/).trim();
      if (this.text[this.at] !== "{") break;
      this.at += 1;
      cases[label] = this.pieces(kind === "plural");
      this.at += 1;
    }
    this.at += 1;
    return { name, kind, cases };
  }

  private until(end: RegExp): string {
    const from = this.at;
    while (this.at < this.text.length && !end.test(this.text[this.at]!)) this.at += 1;
    return this.text.slice(from, this.at);
  }
}
