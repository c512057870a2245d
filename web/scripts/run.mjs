// Runs one TypeScript file through Vite, so that Node needs no loader of its own: node scripts/run.mjs FILE [arguments]
import { resolve } from "node:path";
import { runnerImport } from "vite";

const [file, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], file, ...rest];
const { module } = await runnerImport(resolve(file), { configFile: false });
await module.main?.(rest);
