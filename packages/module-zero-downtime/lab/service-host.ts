import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";

export interface Ran extends Ended {
  /** What the tasks' modules said, in order. */
  readonly results: readonly Readonly<Record<string, unknown>>[];
}

/** A host of a lab, and the command as users run it. */
export class ServiceHost implements AsyncDisposable {
  readonly host: Host;
  readonly #lab: Lab;
  readonly #folder = mkdtempSync(join(tmpdir(), "evenkeel-reload-"));

  private constructor(lab: Lab, host: Host) {
    this.#lab = lab;
    this.host = host;
  }

  static async boot(): Promise<ServiceHost> {
    const lab = await createLab();
    const host = await lab.addHost({ name: "web" });
    await host.run(["systemctl", "is-system-running", "--wait"], { check: false });
    return new ServiceHost(lab, host);
  }

  async shell(script: string): Promise<string> {
    return (await this.host.shell(script)).stdout.trim();
  }

  async install(...packages: readonly string[]): Promise<void> {
    await this.shell(
      `export DEBIAN_FRONTEND=noninteractive; { apt-get update -q && apt-get install -y -q --no-install-recommends ${packages.join(" ")}; } >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }`,
    );
  }

  /** A port that another process has. */
  async occupy(port: number): Promise<void> {
    await this.shell(
      `perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); bind(S,sockaddr_in(${port},INADDR_ANY)) or die; listen(S,5); sleep 3000' </dev/null >/dev/null 2>&1 & sleep 0.5`,
    );
  }

  /** One frontend, with these lines. */
  async configureHaproxy(...lines: readonly string[]): Promise<void> {
    const times = ["client", "connect", "server"].map((each) => `  timeout ${each} 5s\n`).join("");
    const head = `global\n  user haproxy\n  group haproxy\ndefaults\n  mode http\n${times}frontend f\n`;
    await this.shell(`cat >/etc/haproxy/haproxy.cfg <<'END'\n${head}  ${lines.join("\n  ")}\nEND`);
  }

  apply(...tasks: readonly object[]): Promise<Ran> {
    return this.play({ tasks });
  }

  /** A play with more than tasks. */
  async play(play: object): Promise<Ran> {
    const playbook = join(this.#folder, "site.yml");
    writeFileSync(playbook, JSON.stringify([{ hosts: "web", become: true, gather_facts: false, ...play }]));
    const ended = await evenkeel(["apply", playbook, "-i", this.#lab.inventoryFile, "--json", "--yes"]);
    const tasks = ended.events.filter(({ type }) => type === "task");
    return { ...ended, results: tasks.map(({ result }) => result as Ran["results"][number]) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#folder, { recursive: true });
    await this.#lab.down();
  }
}
