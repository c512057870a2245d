// Writes a brotli twin beside every file that shrinks by it; the server sends the twin to browsers that read it.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const SHRINKS = /\.(js|css|html|svg|json|webmanifest|wasm)$/;
const SMALLEST = 1024;

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

for (const path of files(fileURLToPath(new URL("../dist/", import.meta.url)))) {
  if (!SHRINKS.test(path) || statSync(path).size < SMALLEST) continue;
  const bytes = readFileSync(path);
  const twin = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  if (twin.length < bytes.length) writeFileSync(`${path}.br`, twin);
}
