// Installs what is not there yet. Runs under whatever Node the machine has (>= 20): hence plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const stamp = join(root, "node_modules", ".evenkeel-setup");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

demandVersion("Node", process.versions.node, 20);
if (!isInstalled()) install();
bundle();

function demandVersion(what, version, least) {
  if (Number.parseInt(version, 10) >= least) return;
  console.error(`Evenkeel needs ${what} ${least} or newer to set itself up; this is ${version}.`);
  process.exit(1);
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && ourNode() === 24;
}

/** The project's own Node, whatever the machine has. */
function ourNode() {
  const { stdout } = spawnSync(join(root, "node_modules", ".bin", "node"), ["--version"], { encoding: "utf8" });
  return Number.parseInt(stdout?.slice(1) ?? "", 10);
}

function install() {
  console.log("setup  installing the project's packages and its own Node 24 (once; a minute or two) …");
  const started = Date.now();
  // Not `npm ci`: it refuses a lockfile that was made where a registry lacks other platforms' optional packages.
  npm("install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
  // The one install script that is wanted: it fetches the Node binary for this machine.
  npm("rebuild", "node", "--ignore-scripts=false", "--loglevel=error");
  if (ourNode() !== 24) {
    console.error("setup  the package `node` did not bring Node 24. Try: npm rebuild node --foreground-scripts");
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  console.log(`setup  done in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The command in few files. Without them it works as well, only slower. */
function bundle() {
  const maker = join(root, "packages/cli/make-bundle.ts");
  spawnSync(join(root, "node_modules", ".bin", "node"), [maker], { stdio: "inherit" });
}

function npm(...words) {
  const { status, error } = spawnSync("npm", words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return;
  console.error(`setup  npm ${words.join(" ")} failed${error ? `: ${error.message}` : ` (exit ${status})`}`);
  process.exit(1);
}
