/** Drawings for things to practise. */
export type Face = "table" | "bars" | "line" | "tape" | "graph" | "page";

const ABOUT: [RegExp, Face][] = [
  [/tape|times[-_ ]as[-_ ]many|compare[-_ ]by[-_ ]times/, "tape"],
  [/number[-_ ]line|fraction[-_ ]as[-_ ]number/, "line"],
  [/graph|slope|plot|intercept/, "graph"],
  [/ratio[-_ ]table/, "table"],
  [/batches|equivalent[-_ ]fractions/, "bars"],
];

/** The drawing for what an id says in words, such as `graph_linear_equations`; a blank page where none fits. */
export function faceOf(about: string): Face {
  return ABOUT.find(([words]) => words.test(about.toLowerCase()))?.[1] ?? "page";
}
