import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "@evenkeel/lab";
import type { Stage, Way } from "./stage.ts";
import { root } from "./stage.ts";

const example = join(root, "examples/ansible-playbook");

/** One way to do the job: does it on all hosts of a way, and throws when it has not gone well. */
export type Contender = (way: Way) => Promise<void>;

export const evenkeel =
  (command: "plan" | "apply"): Contender =>
  (way) => {
    const words = [command, join(example, "site.yml"), "-i", way.inventory, ...(command === "apply" ? ["--yes"] : [])];
    return run(process.execPath, [join(root, "packages/cli/src/main.mjs"), ...words]);
  };

/** Ansible in its host, which has this machine's network for as long: it goes the same ways as the others. */
export function ansible(stage: Stage, settings: string): Contender {
  return async (way) => {
    const pack = await pipe("tar", [
      "-cf",
      "-",
      "-C",
      "/",
      ...[stage.folder, stage.lab.directory, example].map((path) => path.slice(1)),
    ]);
    await stage.controller.run(["tar", "-xf", "-", "-C", "/"], { stdin: pack });
    const environment = `HOME=/root LC_ALL=C.UTF-8 ANSIBLE_FORKS=50 ANSIBLE_PIPELINING=1 ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3 ${settings}`;
    const fresh = "ANSIBLE_SSH_CONTROL_PATH_DIR=$(mktemp -d)"; // Else a second run would find the first one's connections.
    const script = `cd /root && ${environment} ${fresh} ansible-playbook -i ${way.inventory} ${join(example, "site.yml")}`;
    await stage.controller.enter(["sh", "-c", script], ["mount", "pid", "uts", "ipc"], { timeoutSeconds: 1200 });
  };
}

export const mitogen =
  "ANSIBLE_STRATEGY=mitogen_linear ANSIBLE_STRATEGY_PLUGINS=/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy";

/** The floor: everything in one script, through one `ssh` for each host, all at once. */
export function byHand(stage: Stage, files: string): Contender {
  const script = `${files}\n${readFileSync(join(import.meta.dirname, "hand-written.sh"), "utf8")}`;
  const options = [
    "-F",
    "none",
    "-i",
    stage.lab.identityFile,
    "-o",
    "IdentitiesOnly=yes",
    "-o",
    `UserKnownHostsFile=${stage.lab.knownHostsFile}`,
  ];
  return async ({ ports }) => {
    const on = ({ host, port }: Way["ports"][number]) =>
      run("ssh", [...options, "-p", String(port), `root@${host}`, "sh -s"], script);
    await Promise.all(ports.map(on));
  };
}

/** The files of the script, as the playbook has rendered them on a host. */
export async function filesOf(host: Host): Promise<string> {
  const places = {
    "notes.py": "/srv/notes/notes.py",
    environment: "/etc/default/notes",
    "notes.service": "/etc/systemd/system/notes.service",
    "robots.txt": "/srv/www/robots.txt",
    "site.conf": "/etc/nginx/sites-available/www.foobar.com",
    zone: "/etc/bind/db.foobar.com",
  };
  const lines = await Promise.all(
    Object.entries(places).map(
      async ([name, path]) => `cat >"$FILES/${name}" <<'END OF FILE'\n${await host.readFile(path)}END OF FILE`,
    ),
  );
  const { stdout } = await host.shell("sed -n '/BEGIN foobar/,/END foobar/p' /etc/bind/named.conf.local");
  const block = `cat >"$FILES/named.conf.local" <<'END OF FILE'\n${stdout}END OF FILE`;
  return ["FILES=$(mktemp -d); trap 'rm -rf \"$FILES\"' EXIT", ...lines, block].join("\n");
}

function run(program: string, words: readonly string[], input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}\n${said}`))));
    child.stdin.end(input);
  });
}

function pipe(program: string, words: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    execFile(program, words, { encoding: "buffer", maxBuffer: 1 << 28 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    ),
  );
}
