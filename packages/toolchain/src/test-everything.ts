import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { labAvailability } from "@evenkeel/lab";
import type { Tally } from "./count-reports.ts";
import { countReports } from "./count-reports.ts";

/** `npm test`: every check there is, in the order in which they fail fastest, and one line at the end that counts. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const isCi = Boolean(process.env.CI);
const environment = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: "1",
  npm_config_loglevel: "error",
  FORCE_COLOR: isCi ? "0" : "1",
};
const started = performance.now();
const broken: string[] = [];

for (const report of reportFolders()) rmSync(report, { recursive: true, force: true });
stage("types", "turbo", "run", "typecheck", "--output-logs=errors-only");
stage("lint, format", "biome", "check", ".");
stage("dead code", "knip", "--no-config-hints");
stage("imports", "turbo", "boundaries");
stage("unit tests", "turbo", "run", "test", "--output-logs=errors-only", "--continue");
stage("build", "turbo", "run", "build", "--output-logs=errors-only");
stage("as a whole", "turbo", "run", "test:whole", "--output-logs=errors-only");
const skipped = await labTests();
finish(skipped);

/** Runs one tool; what it says is shown, and a failure does not hide those that come after. */
function stage(name: string, command: string, ...words: string[]): void {
  const since = performance.now();
  process.stdout.write(`\n── ${name}: ${command} ${words.join(" ")}\n`);
  const { status } = spawnSync(command, words, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: environment,
  });
  if (status !== 0) broken.push(name);
  process.stdout.write(`── ${name}: ${status === 0 ? "ok" : "FAILED"}, ${seconds(since)} s\n`);
}

/** Lab tests want real hosts. Where none can be had they are named as skipped; in CI that is a failure. */
async function labTests(): Promise<readonly string[]> {
  const lab = await labAvailability({ install: true, onProgress: (line) => process.stdout.write(`── lab: ${line}\n`) });
  if (lab.isAvailable) {
    const words = ["--output-logs=full", "--log-order=stream", "--continue"];
    // The lab's own tests look at all that a lab leaves on the machine, so nobody else has one meanwhile. The others mostly wait.
    stage("tests of the lab", "turbo", "run", "test:lab", "--filter=@evenkeel/lab", "--only", ...words);
    stage("lab tests", "turbo", "run", "test:lab", "--filter=!@evenkeel/lab", "--concurrency=2", ...words);
    return [];
  }
  process.stdout.write(
    `\n── lab tests: skipped, for there is no lab: ${lab.problem.message}\n   to have one: ${lab.problem.remedy}\n`,
  );
  if (isCi) broken.push("lab tests (there must be a lab in CI)");
  return labTestNames();
}

function labTestNames(): readonly string[] {
  const names = packageFolders().flatMap((folder) => {
    const words = ["list", "--config", join(root, "packages/toolchain/vitest.lab.ts"), "--root", ".", "--json"];
    const { stdout } = spawnSync("vitest", words, {
      cwd: folder,
      encoding: "utf8",
      env: { ...environment, FORCE_COLOR: "0" },
    });
    const list = JSON.parse(stdout || "[]") as readonly { name: string }[];
    return list.map(({ name }) => name);
  });
  for (const name of names) process.stdout.write(`   skipped  ${name}\n`);
  return names;
}

function finish(skippedNames: readonly string[]): void {
  const tally: Tally = countReports(reportFolders());
  const failed = tally.failed + (tally.failed === 0 ? broken.length : 0);
  const verdict = broken.length === 0 && failed === 0 ? "all is well" : `broken: ${broken.join(", ") || "tests"}`;
  process.stdout.write(`\n${verdict}, in ${seconds(started)} s\n`);
  process.stdout.write(`${tally.passed} passed, ${failed} failed, ${tally.skipped + skippedNames.length} skipped\n`);
  process.exitCode = verdict === "all is well" ? 0 : 1;
}

function packageFolders(): readonly string[] {
  return ["packages", "examples"].flatMap((place) =>
    readdirSync(join(root, place)).map((name) => join(root, place, name)),
  );
}

function reportFolders(): readonly string[] {
  return packageFolders().map((folder) => join(folder, ".reports"));
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
