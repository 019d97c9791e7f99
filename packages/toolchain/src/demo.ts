import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** `npm run demo`: a blank host, deployed to with the real command, twice. `npm run demo -- down` takes it away. */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const playbook = "playbooks/static-site/site.yml";
const main = join(root, "packages/cli/src/main.ts");

if (process.argv[2] === "down") {
  evenkeel("lab", "down", "demo");
} else {
  await show();
}

async function show(): Promise<void> {
  say("A blank host: Debian with systemd and sshd, and nothing else");
  if (!isUp()) evenkeel("lab", "up", "web", "--name", "demo");
  const { directory, hosts } = demoLab();
  const inventory = join(directory, "inventory.ini");
  const url = `http://${hosts[0]?.address}/`;
  say("What would change? Nothing is touched yet");
  evenkeel("plan", playbook, "-i", inventory);
  say("Change it, and look whether it is so");
  evenkeel("apply", playbook, "-i", inventory, "--yes");
  say("Once more: nothing is left to do");
  evenkeel("apply", playbook, "-i", inventory, "--yes");
  say(`What visitors of ${url} get`);
  process.stdout.write(await (await fetch(url)).text());
  process.stdout.write(`
The demo host is up, and as the playbook wants it.

  look       curl ${url}
  log in     npx evenkeel lab ssh demo/web
  the file   ${playbook}
  change it  then: npx evenkeel apply ${playbook} -i ${inventory}
  take down  npm run demo -- down
`);
}

function say(text: string): void {
  process.stdout.write(`\n── ${text}\n`);
}

/** The command as a user types it, whose output is the user's to see; the demo ends where it fails. */
function evenkeel(...words: string[]): void {
  process.stdout.write(`$ evenkeel ${words.join(" ")}\n`);
  const { status } = spawnSync("node", [main, ...words], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

function isUp(): boolean {
  return labs().some(({ name, hosts }) => name === "demo" && hosts.some((host) => host.state === "running"));
}

function demoLab(): ListedLab {
  const lab = labs().find(({ name }) => name === "demo");
  if (lab !== undefined) return lab;
  process.stderr.write("the demo's lab is gone; try again\n");
  process.exit(1);
}

interface ListedLab {
  readonly name: string;
  readonly directory: string;
  readonly hosts: readonly { readonly state: string; readonly address: string }[];
}

function labs(): readonly ListedLab[] {
  const { stdout } = spawnSync("node", [main, "lab", "list", "--json"], { cwd: root, encoding: "utf8" });
  return JSON.parse(stdout || "[]") as readonly ListedLab[];
}
