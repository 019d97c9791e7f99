import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const main = join(root, "packages/cli/src/main.mjs");

/** The demo's one host, as `evenkeel lab list` has it. */
export interface DemoHost {
  readonly address: string;
  readonly inventory: string;
}

/** Boots it, unless it is up from a demo before. */
export function demoHost(): DemoHost {
  const lab = running() ?? boot();
  if (lab !== undefined)
    return { address: lab.hosts[0]?.address ?? "", inventory: join(lab.directory, "inventory.ini") };
  process.stderr.write("the demo's lab is gone; try again\n");
  process.exit(1);
}

function boot(): ListedLab | undefined {
  evenkeel(["lab", "up", "web", "--name", "demo"]);
  return running();
}

/** The command as a user types it, whose output is the user's to see; the demo ends where it does not go as it should. */
export function evenkeel(words: readonly string[], expected = 0): void {
  process.stdout.write(`$ evenkeel ${words.join(" ")}\n`);
  const { status } = spawnSync("node", [main, ...words], { cwd: root, stdio: "inherit" });
  if (status === expected) return;
  process.stderr.write(`\nthe demo ends here: that was to end with status ${expected}, and ended with ${status}\n`);
  process.exit(status || 1);
}

interface ListedLab {
  readonly name: string;
  readonly directory: string;
  readonly hosts: readonly { readonly state: string; readonly address: string }[];
}

function running(): ListedLab | undefined {
  const { stdout } = spawnSync("node", [main, "lab", "list", "--json"], { cwd: root, encoding: "utf8" });
  const labs = JSON.parse(stdout || "[]") as readonly ListedLab[];
  return labs.find(({ name, hosts }) => name === "demo" && hosts.some(({ state }) => state === "running"));
}
