// Prints what a student's browser loads before home is usable, and the engine that comes after it, and fails above the budgets (scripts: 60 kB is the aim,
// 100 kB the limit; engine: 250 kB).
import { readdirSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** Every script reachable by static imports from these source files. */
function scripts(...entries) {
  const seen = new Set();
  const walk = (key) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(chunk.file)) return;
    seen.add(chunk.file);
    for (const next of chunk.imports ?? []) walk(next);
  };
  entries.forEach(walk);
  return [...seen];
}
const gzip = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const total = (...entries) => scripts(...entries).reduce((sum, file) => sum + gzip(file), 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const first = ["index.html", "src/text/en.json"];
const student = total(...first, "src/features/student/Student.svelte");
console.log(`sign-in          ${kilobytes(total(...first, "src/features/sign-in/SignIn.svelte"))} gzip`);
console.log(`student's home   ${kilobytes(student)} gzip   (aim 60 kB, limit 100 kB)`);
console.log(
  `   and player    ${kilobytes(total(...first, "src/features/student/Student.svelte", "src/features/player/Player.svelte"))} gzip`,
);
console.log(`teacher          ${kilobytes(total(...first, "src/features/teacher/Teacher.svelte"))} gzip`);
const engine = readdirSync(new URL("assets/", dist)).find((file) => file.endsWith(".wasm.br"));
const engineSize = engine ? statSync(new URL(`assets/${engine}`, dist)).size : 0;
console.log(engine ? `browser's engine ${kilobytes(engineSize)} brotli (limit 250 kB)` : "browser's engine not built");
if (student > 100_000 || engineSize > 250_000) {
  console.error("The student's first script or the browser's engine is over its limit.");
  process.exit(1);
}
