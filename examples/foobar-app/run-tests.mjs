import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

/** Both variants' own tests. Who has no Python is told which tests were not run. */
process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const tallies = [python(), await node()];
const sum = (what) => tallies.reduce((total, tally) => total + tally[what], 0);
const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
report();
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 ? 1 : 0;

function python() {
  const { status, stderr } = spawnSync("python3", ["-m", "unittest"], {
    encoding: "utf8",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (!hasPython()) return skipPython();
  process.stderr.write(stderr);
  const count = (pattern) => Number(pattern.exec(stderr)?.[1] ?? 0);
  const skipped = count(/skipped=(\d+)/);
  // A file that cannot be loaded is one test that failed.
  const failed = count(/failures=(\d+)/) + count(/errors=(\d+)/) || (status === 0 ? 0 : 1);
  return { passed: count(/^Ran (\d+) tests?/m) - failed - skipped, failed, skipped };
}

/** The example is written for the Python of Debian 12 and later. */
function hasPython() {
  return spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;
}

function skipPython() {
  const files = readdirSync("tests").filter((name) => /^test_.*\.py$/.test(name));
  const names = files.flatMap((name) =>
    [...readFileSync(`tests/${name}`, "utf8").matchAll(/^ {4}def (test_\w+)/gm)].map(([, test]) => `${name} ${test}`),
  );
  process.stdout.write("skipped, for there is no python3 of 3.11 or later here:\n");
  for (const name of names) process.stdout.write(`  skipped  ${name}\n`);
  return { passed: 0, failed: 0, skipped: names.length };
}

async function node() {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const files = readdirSync("node/test").map((name) => `node/test/${name}`);
  const events = run({ files, concurrency: true });
  events.on("test:pass", ({ skip, todo }) => {
    tally[skip || todo ? "skipped" : "passed"]++;
  });
  events.on("test:fail", () => {
    tally.failed++;
  });
  for await (const text of events.compose(spec)) process.stdout.write(text);
  return tally;
}

/** Counted with the others of this repository, which vitest wrote. */
function report() {
  mkdirSync(".reports", { recursive: true });
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0 };
  writeFileSync(".reports/unit.json", JSON.stringify({ ...counts, testResults: [] }));
}
