import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "rolldown";
import { rolldown } from "rolldown";
import { bundleFolder as folder, freshBundle } from "./src/bundle.mjs";

/** Makes the command into few files, unless that is done. `npm run setup` calls it. */
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What modules that people bring import: by these names they get what is in the bundle, so that there is one of each. */
const names = ["@evenkeel/core", "@evenkeel/kinds", "typebox"];

/** Scripts and programs beside a source file are read from there. */
const besideTheSource: Plugin = {
  name: "beside the source",
  transform(code, id) {
    if (!id.endsWith(".ts") || !code.includes("import.meta.")) return undefined;
    const source = `new URL(${JSON.stringify(relative(folder, id))}, import.meta.url)`;
    return code
      .replace("const require = createRequire(import.meta.url);", "") // What it names is bundled as well.
      .replaceAll("import.meta.url", `${source}.href`)
      .replaceAll("import.meta.filename", `decodeURIComponent(${source}.pathname)`);
  },
};

/** To import one name from one of Node's own modules, Node loads all that it could ever give: fetch with `node:http`. */
const onlyWhatIsUsed: Plugin = {
  name: "only what is used of Node's modules",
  renderChunk(code) {
    // Imports come first: what looks like one further down is a text, such as that of a new module's test.
    const end = code.search(/^(?!import |\/\/|$)/m);
    const imports = code
      .slice(0, end)
      .replace(
        /^import (?:([\w$]+)|\* as ([\w$]+)|(?:([\w$]+), )?\{([^}]+)\}) from "(?:node:)?([\w/]+)";$/gm,
        (line, base, all, also, some, name) => {
          if (!isBuiltin(`node:${name}`)) return line;
          const it = `globalThis.process.getBuiltinModule("node:${name}")`;
          const whole = base ?? all ?? also;
          return [
            ...(whole ? [`const ${whole} = ${it};`] : []),
            ...(some ? [`const {${some.replace(/ as /g, ": ")}} = ${it};`] : []),
          ].join(" ");
        },
      );
    return imports + code.slice(end);
  },
};

/** Text that is all ASCII takes half the memory, and is read faster. */
const inAscii: Plugin = {
  name: "in ASCII",
  generateBundle(_, output) {
    for (const chunk of Object.values(output)) {
      if (chunk.type !== "chunk") continue;
      chunk.code = chunk.code.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

const DAY_MS = 86_400_000;

/** What every run needs is in one file. What is imported when it is wanted stays apart, or it would be started as well. */
const eachRun =
  /\/packages\/(?:inventory|kinds|module-[a-z-]+|playbook|runner|template|transport|vault|yaml)\/src\/|\/node_modules\/(?:ssh2|typebox|nunjucks)\//;
const whenWanted =
  /\/src\/(?:http|openssh|constructed|age)\/|\/(?:link-local|link-openssh|measure|print-yaml|script-source|unlock-values)\.ts$/;

if (freshBundle() === undefined) {
  console.log("setup  making the command into a few files, which load faster …");
  // Without it the command works as well: from its sources, with what is wrong in them.
  await make().catch((error) => console.error(`setup  that has failed, so it is loaded from its sources: ${error}`));
}

async function make(): Promise<void> {
  const made = `${folder}-${process.pid}`;
  const bundle = await rolldown({
    cwd: join(root, "packages/cli"),
    platform: "node",
    input: { program: "./src/program.ts", ...Object.fromEntries(names.map((name) => [`names/${name}`, name])) },
    external: [/\.node$/, "cpu-features"],
    transform: { define: { __dirname: "import.meta.dirname", __filename: "import.meta.filename" } },
    plugins: [besideTheSource, onlyWhatIsUsed, inAscii],
  });
  const { output } = await bundle.write({
    dir: made,
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    codeSplitting: { groups: [{ name: "run", test: (id) => eachRun.test(id) && !whenWanted.test(id) }] },
  });
  for (const name of names) lead(made, name);
  const packages = join(root, "packages/");
  const ours = output
    .flatMap((each) => (each.type === "chunk" ? each.moduleIds : []))
    .filter((id) => id.startsWith(packages));
  const files = [...ours, import.meta.filename, join(root, "package-lock.json")].map((path) => {
    const { size, mtimeMs } = statSync(path);
    return [relative(packages, path), size, mtimeMs];
  });
  writeFileSync(join(made, "made-of.json"), JSON.stringify(files));
  putInPlace(made);
}

/** A run that has begun may still load files of the bundle before: they stay for a day, under names that have their sums. */
function putInPlace(made: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of ["names", "node_modules"]) rmSync(join(folder, name), { recursive: true, force: true });
  // The way in, and the list that says it is good, come last.
  const isLast = (name: string) => Number(name === "program.js") + 2 * Number(name === "made-of.json");
  for (const name of readdirSync(made).toSorted((a, b) => isLast(a) - isLast(b)))
    renameSync(join(made, name), join(folder, name));
  rmSync(made, { recursive: true });
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (/-[\w-]{8}\.js$/.test(name) && Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path);
  }
}

/** As Node finds packages. */
function lead(made: string, name: string): void {
  const place = join(made, "node_modules", name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "package.json"), JSON.stringify({ name, type: "module", exports: "./index.js" }));
  const target = relative(place, join(made, "names", `${name}.js`));
  writeFileSync(join(place, "index.js"), `export * from ${JSON.stringify(target)};\n`);
}
