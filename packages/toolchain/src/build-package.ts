import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Makes `dist/`: the package in this folder as it would be published. `lib/` in it is `src/` as JavaScript and types. */
const folder = process.cwd();
const dist = join(folder, "dist");

rmSync(dist, { recursive: true, force: true });
compile();
cpSync(join(folder, "src"), join(dist, "lib"), { recursive: true, filter: (path) => !/\.ts$/.test(path) });
for (const file of ["README.md"]) copyFileSync(join(folder, file), join(dist, file));
copyFileSync(join(folder, "../../LICENSE"), join(dist, "LICENSE"));
writeFileSync(join(dist, "package.json"), `${JSON.stringify(publishedManifest(), null, 2)}\n`);

function compile(): void {
  const config = join(folder, "tsconfig.build.json");
  const others = join(relative(folder, join(folder, "..")), "*", "dist", "lib", "index.d.ts");
  const options = {
    noEmit: false,
    declaration: true,
    rootDir: "src",
    outDir: "dist/lib",
    paths: { "@evenkeel/*": [`./${others}`] },
  };
  const exclude = ["src/**/*.test.ts"];
  writeFileSync(
    config,
    JSON.stringify({ extends: "./tsconfig.json", compilerOptions: options, include: ["src"], exclude }),
  );
  try {
    const { status } = spawnSync("tsc", ["-p", config], { stdio: "inherit" });
    if (status !== 0) process.exit(1);
  } finally {
    rmSync(config);
  }
}

/** The sources' manifest with built files for source files, and nothing that only developing needs. */
function publishedManifest(): object {
  const text = readFileSync(join(folder, "package.json"), "utf8");
  const { devDependencies: _, scripts: __, private: ___, exports, bin, ...rest } = JSON.parse(text);
  const built = (path: string) => path.replace(/^\.\/src\//, "./lib/").replace(/\.ts$/, ".js");
  return {
    ...rest,
    ...(exports && { exports: { ".": { types: "./lib/index.d.ts", default: built(exports["."]) } } }),
    ...(bin && { bin: Object.fromEntries(Object.entries(bin).map(([name, path]) => [name, built(String(path))])) }),
  };
}
