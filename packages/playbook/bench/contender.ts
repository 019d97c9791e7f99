import { enableCompileCache } from "node:module";

/** Checks one project, once: `node contender.ts FOLDER CACHE` prints the time to load, and that to check, in milliseconds. */
const [folder = "", cache = ""] = process.argv.slice(2);
enableCompileCache(cache);
// Every run has these already.
await Promise.all([import("@evenkeel/core"), import("@evenkeel/inventory")]);
const begun = performance.now();
const { checkLargeProject } = await import("./check-large-project.ts");
const loaded = performance.now();
const { mistakes, threadMs } = await checkLargeProject(folder);
console.log(JSON.stringify([loaded - begun, performance.now() - loaded, threadMs, mistakes.length]));
