import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import { endStateScript, normalized } from "./end-state.ts";
import { playbookOf, resultsFile } from "./playbook-of.ts";
import type { Side } from "./side.ts";
import { ansibleSide, capablePort, evenkeelSide } from "./side.ts";
import type { Case, Table } from "./table.ts";
import { tablesFolder } from "./table.ts";

export type Result = Readonly<Record<string, unknown>>;

/** What a case came to on one side. */
export interface Came {
  /** Of both runs, what each task registered. */
  readonly runs: readonly (readonly Result[])[];
  readonly state: string;
  /** What the program said, for whoever must find out why. */
  readonly said: string;
}

/** Two hosts that are alike, but that one has Python and Ansible. */
export class Twins implements AsyncDisposable {
  readonly #lab: Lab;
  readonly #folder: string;
  readonly ansible: Side;
  readonly evenkeel: Side;
  readonly #prepared = new Map<Side, string>();

  private constructor(lab: Lab, [first, second]: readonly [Host, Host], folder: string) {
    this.#lab = lab;
    this.#folder = folder;
    this.ansible = ansibleSide(first);
    this.evenkeel = evenkeelSide(second, lab, folder);
  }

  static async boot(): Promise<Twins> {
    const lab = await createLab();
    const [first, second] = (await lab.addHosts([{ name: "ansible" }, { name: "twin" }])) as [Host, Host];
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-conformance-"));
    cpSync(tablesFolder, folder, { recursive: true });
    const words = `ansible_host=${second.address} ansible_user=root ansible_ssh_private_key_file=${lab.identityFile}`;
    const common = `-o IdentitiesOnly=yes -o UserKnownHostsFile=${lab.knownHostsFile}`;
    writeFileSync(join(folder, `${lab.name}.ini`), `localhost ${words} ansible_ssh_common_args='${common}'\n`);
    const update = "export DEBIAN_FRONTEND=noninteractive; apt-get update -q";
    await Promise.all([
      first.shell(`${update} && apt-get install -y -q --no-install-recommends ansible`, { timeoutSeconds: 600 }),
      second.shell(update),
      listenWithCapabilities(second, lab),
      ...[first, second].map((host) => host.enter(["mount", "-o", "remount,rw", "/proc/sys"])),
    ]);
    return new Twins(lab, [first, second], folder);
  }

  /** Runs a case twice on one side, and looks. */
  async run(side: Side, table: Table, each: Case): Promise<Came> {
    await this.#prepare(side, table);
    const name = "case.yml";
    const playbook = playbookOf(each);
    if (side === this.ansible) await side.host.writeFile(`/root/tables/${name}`, playbook);
    else writeFileSync(join(this.#folder, name), playbook);
    await side.host.shell(each.reset ?? table.reset ?? ":");
    const runs: (readonly Result[])[] = [];
    let said = "";
    for (let count = 0; count < 2; count++) {
      await side.host.shell(`rm -f ${resultsFile}`);
      said += await side.run(name, table);
      runs.push(await this.#results(side));
    }
    const { stdout } = await side.host.shell(endStateScript(table), { check: false });
    return { runs, said, state: normalized(stdout) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#folder, { recursive: true });
    await this.#lab.down();
  }

  async #prepare(side: Side, { module, packages = [], ansiblePackages = [], prepare = ":" }: Table): Promise<void> {
    if (this.#prepared.get(side) === module) return;
    this.#prepared.set(side, module);
    if (side === this.ansible) await copyFolder(side.host, tablesFolder);
    const all = side === this.ansible ? [...packages, ...ansiblePackages] : packages;
    const install = `DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ${all.join(" ")}`;
    if (all.length > 0) await side.host.shell(install, { timeoutSeconds: 600 });
    await side.host.shell(prepare);
  }

  async #results(side: Side): Promise<readonly Result[]> {
    const { stdout } = await side.host.shell(`cat ${resultsFile} 2>/dev/null || echo '[]'`);
    return JSON.parse(stdout) as readonly Result[];
  }
}

async function listenWithCapabilities(host: Host, lab: Lab): Promise<void> {
  const sshd = ["/usr/sbin/sshd", "-p", String(capablePort), "-o", "PidFile=none"];
  await host.enter(["sh", "-c", 'mkdir -p /run/sshd && exec "$@"', "sh", ...sshd]);
  const key = await host.readFile("/etc/ssh/ssh_host_ed25519_key.pub");
  appendFileSync(lab.knownHostsFile, `[${host.address}]:${capablePort} ${key}`);
}

/** What the tasks' files need, where Ansible looks for it. */
async function copyFolder(host: Host, folder: string): Promise<void> {
  const { execFileSync } = await import("node:child_process");
  const tar = execFileSync("tar", ["-C", folder, "-cf", "-", "."], { maxBuffer: 64 * 1024 * 1024 });
  await host.run(["sh", "-c", "mkdir -p /root/tables && tar -C /root/tables -xf - --no-same-owner"], { stdin: tar });
}
