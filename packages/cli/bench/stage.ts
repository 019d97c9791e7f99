import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultProxy, Host, Lab } from "@evenkeel/lab";
import { createFaultProxy, createLab } from "@evenkeel/lab";

export const root = join(import.meta.dirname, "../../..");

/** A way to some hosts: an inventory for those who read one, addresses for those who do not. */
export interface Way {
  readonly inventory: string;
  readonly ports: readonly { readonly host: string; readonly port: number }[];
}

/** Hosts that are all alike, a host with Ansible beside them, and slow ways to them. */
export class Stage implements AsyncDisposable {
  readonly lab: Lab;
  readonly folder: string;
  readonly controller: Host;
  readonly #proxies: FaultProxy[] = [];
  #ways = 0;

  private constructor(lab: Lab, controller: Host, folder: string) {
    this.lab = lab;
    this.controller = controller;
    this.folder = folder;
  }

  static async set(): Promise<Stage> {
    const lab = await createLab({ name: "bench-runs" });
    const controller = await lab.addHost({ name: "controller" });
    await install(controller, "ansible ansible-mitogen openssh-client");
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-bench-"));
    return new Stage(lab, controller, folder);
  }

  /** Hosts with Python and its apt, which Ansible needs, and nothing else. */
  async blank(count: number): Promise<readonly Host[]> {
    const names = Array.from({ length: count }, (_, index) => `blank-${index + 1}`);
    const hosts = await this.lab.addHosts(names.map((name) => ({ name })));
    await Promise.all(hosts.map((host) => install(host, "python3 python3-apt")));
    return hosts;
  }

  /** Hosts that are as a converged one is. */
  async alike(host: Host, count: number): Promise<readonly Host[]> {
    const image = await host.snapshot("converged");
    const names = Array.from({ length: count }, (_, index) => `web-${index + 1}`);
    const hosts: Host[] = [];
    // Twenty database servers that start at once would keep two cores busy for a while.
    for (const name of names) hosts.push(await this.lab.addHost({ name, image }));
    return hosts;
  }

  async way(hosts: readonly Host[], rtt: number): Promise<Way> {
    const ports = await Promise.all(hosts.map((host) => this.#port(host, rtt)));
    const lines = ports.map(
      ({ host, port }, index) => `web-${index + 1} ansible_host=${host} ansible_port=${port} ansible_user=root`,
    );
    const common = `-o IdentitiesOnly=yes -o UserKnownHostsFile=${this.lab.knownHostsFile}`;
    const inventory = join(this.folder, `way-${++this.#ways}.ini`);
    writeFileSync(
      inventory,
      `${lines.join("\n")}\n[all:vars]\nansible_ssh_private_key_file=${this.lab.identityFile}\nansible_ssh_common_args='${common}'\n`,
    );
    return { inventory, ports };
  }

  async #port(host: Host, rtt: number) {
    if (rtt === 0) return { host: host.address, port: 22 };
    const proxy = await createFaultProxy({ target: { host: host.address, port: 22 }, rtt });
    this.#proxies.push(proxy);
    const key = await host.readFile("/etc/ssh/ssh_host_ed25519_key.pub");
    appendFileSync(this.lab.knownHostsFile, `[${proxy.host}]:${proxy.port} ${key}`);
    return { host: proxy.host, port: proxy.port };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const proxy of this.#proxies) await proxy[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true });
    await this.lab.down();
  }
}

async function install(host: Host, packages: string): Promise<void> {
  const script = `export DEBIAN_FRONTEND=noninteractive; apt-get update -q && apt-get install -y -q --no-install-recommends ${packages}`;
  await host.shell(script, { timeoutSeconds: 900 });
}
