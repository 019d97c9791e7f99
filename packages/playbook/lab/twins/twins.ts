import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { packTree } from "./pack-tree.ts";

/** Role-sized playbooks that Ansible and we both run, each on a host called `web` of its own. */
const folder = join(import.meta.dirname, "../fixtures/twins");

export function playbooks(): readonly string[] {
  return readdirSync(folder).flatMap((name) =>
    name.endsWith(".state.sh") ? [name.slice(0, -".state.sh".length)] : [],
  );
}

/** What a playbook came to: the counts of the first and of the second run, and what was there afterwards. */
interface Outcome {
  readonly runs: readonly Counts[];
  readonly state: readonly string[];
}

interface Counts {
  readonly ok: number;
  readonly changed: number;
  readonly skipped: number;
  readonly failed: number;
}

/** One of the two hosts, in a lab of its own so that both have the same name. */
export class Twin {
  readonly lab: Lab;
  readonly host: Host;

  private constructor(lab: Lab, host: Host) {
    this.lab = lab;
    this.host = host;
  }

  static async make(): Promise<Twin> {
    const lab = await createLab();
    const host = await lab.addHost({ name: "web" });
    await host.run(["systemctl", "is-system-running", "--wait"]);
    return new Twin(lab, host);
  }

  async prepareForAnsible(): Promise<void> {
    await this.host.shell("apt-get update -q && apt-get install -y -q --no-install-recommends ansible");
    await this.host.writeFile("/root/twins.tar", packTree(folder));
    await this.host.shell("mkdir -p /tmp/twins && tar -C /tmp/twins -xf /root/twins.tar");
  }

  async withAnsible(playbook: string): Promise<Outcome> {
    const run = async () => {
      const environment = "ANSIBLE_DEPRECATION_WARNINGS=0 ANSIBLE_LOCALHOST_WARNING=0 LC_ALL=C.UTF-8";
      const { stdout } = await this.host.shell(
        `cd /tmp/twins && ${environment} ansible-playbook -i web, -c local ${playbook}.yml 2>&1 || true`,
      );
      return recapIn(stdout);
    };
    return { runs: [await run(), await run()], state: await this.#state(playbook) };
  }

  async withOurs(playbook: string): Promise<Outcome> {
    const copy = mkdtempSync(join(tmpdir(), "evenkeel-twins-"));
    try {
      cpSync(folder, copy, { recursive: true });
      const main = join(import.meta.dirname, "../../cli/src/main.ts");
      const run = () => {
        const words = ["apply", `${playbook}.yml`, "-i", this.lab.inventoryFile, "--yes", "--json"];
        return summaryIn(spawnSync("node", [main, ...words], { cwd: copy, encoding: "utf8" }));
      };
      return { runs: [run(), run()], state: await this.#state(playbook) };
    } finally {
      rmSync(copy, { recursive: true });
    }
  }

  async #state(playbook: string): Promise<readonly string[]> {
    const script = readFileSync(join(folder, `${playbook}.state.sh`), "utf8");
    const { stdout } = await this.host.shell(`${tree}\n${script}`);
    return stdout.trim().split("\n");
  }
}

const tree = `export LC_ALL=C
tree() {
  find "$@" -printf '%p %y %m %u %g %l\\n' | sort
  find "$@" -type f -exec sha256sum {} + | sort -k 2
}`;

function recapIn(printed: string): Counts {
  const recap = /^web\s+: (.*)$/m.exec(printed)?.[1];
  if (recap === undefined) throw new Error(`Ansible did not get to its recap:\n${printed}`);
  const count = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(recap)?.[1]);
  const counts = { ok: count("ok"), changed: count("changed"), skipped: count("skipped"), failed: count("failed") };
  if (counts.failed > 0) throw new Error(`Ansible failed:\n${printed}`);
  return counts;
}

function summaryIn({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): Counts {
  const last = stdout.trim().split("\n").at(-1) ?? "";
  const found = last.startsWith('{"type":"summary"')
    ? (JSON.parse(last) as { hosts: { web?: Counts } }).hosts.web
    : undefined;
  if (found === undefined || found.failed > 0) throw new Error(`ours failed:\n${stdout}\n${stderr}`);
  const { ok, changed, skipped, failed } = found;
  return { ok, changed, skipped, failed };
}
