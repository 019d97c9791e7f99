import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended, Host, Lab } from "@evenkeel/lab";
import { createLab, evenkeel } from "@evenkeel/lab";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A host of a lab, and the command as users run it, with tasks of a test's own. */
export class WebHost implements AsyncDisposable {
  readonly host: Host;
  readonly lab: Lab;
  readonly #folder = mkdtempSync(join(tmpdir(), "evenkeel-nginx-"));

  private constructor(lab: Lab, host: Host) {
    this.lab = lab;
    this.host = host;
  }

  static async boot(suite: Host["suite"] = "trixie", publish: readonly number[] = []): Promise<WebHost> {
    const lab = await createLab();
    const host = await lab.addHost({ name: "web", suite, publish: [...publish] });
    await host.run(["systemctl", "is-system-running", "--wait"], { check: false });
    return new WebHost(lab, host);
  }

  async shell(script: string): Promise<string> {
    return (await this.host.shell(script)).stdout.trim();
  }

  plan(...tasks: readonly object[]): Promise<Ended> {
    return this.#run("plan", [tasks]);
  }

  apply(...tasks: readonly object[]): Promise<Ended> {
    return this.applyPlays([tasks]);
  }

  applyPlays(plays: readonly (readonly object[])[]): Promise<Ended> {
    return this.#run("apply", plays, "--yes");
  }

  /** What serves: the processes that take requests, and everything that nginx reads. */
  async serving(): Promise<string> {
    return this.shell(
      "pgrep -f 'nginx: worker process$' | sort; find /etc/nginx \\( -type f -exec sha256sum {} + \\) -o \\( -type l -printf '%l %p\\n' \\) | sort | sha256sum",
    );
  }

  /** One request over a connection of its own, by a name that is in no DNS. */
  get(name: string, path = "/", headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        { host: this.host.address, path, agent: false, headers: { host: name, ...headers } },
        (answer) => {
          let body = "";
          answer.on("data", (bytes) => (body += bytes));
          answer.on("error", reject);
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
        },
      );
      asked.on("error", reject).end();
    });
  }

  /** The process that all workers come from: a restart would make it another one. */
  master(): Promise<string> {
    return this.shell("systemctl show -p MainPID --value nginx");
  }

  async reloads(): Promise<number> {
    return Number(await this.shell("journalctl -q -o cat -u nginx | grep -c '^Reloaded' || :"));
  }

  #run(verb: "plan" | "apply", plays: readonly (readonly object[])[], ...flags: readonly string[]): Promise<Ended> {
    const playbook = join(this.#folder, "site.yml");
    const play = { hosts: "web", become: true, gather_facts: false };
    writeFileSync(playbook, JSON.stringify(plays.map((tasks) => ({ ...play, tasks }))));
    return evenkeel([verb, playbook, "-i", this.lab.inventoryFile, "--json", ...flags]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#folder, { recursive: true });
    await this.lab.down();
  }
}
