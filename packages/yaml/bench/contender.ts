import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";

/** Loads one way of reading and reads one file, once: `node contender.ts NAME FILE CACHE` prints both times. */
const [name = "", file = "", cache = ""] = process.argv.slice(2);
enableCompileCache(cache);
const text = readFileSync(file, "utf8");
// Every run has it already.
await import("@evenkeel/core");
const start = performance.now();
const { read } = (await (name === "yaml" ? import("./with-yaml.ts") : import("./with-evenkeel.ts"))) as {
  read(text: string): unknown;
};
const loaded = performance.now();
read(text);
console.log(JSON.stringify([loaded - start, performance.now() - loaded]));
