import { appendFile, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultProxy, FaultProxyOptions, Host } from "@evenkeel/lab";
import { createFaultProxy } from "@evenkeel/lab";
import type { Connection, Endpoint } from "../../src/index.ts";
import type { Stage } from "../stage.ts";

/** The transports that have a wire. */
export const wired = ["ssh2", "openssh"] as const;
export type Wired = (typeof wired)[number];

/** A host behind a proxy whose faults are ours to choose. */
export class Proxied implements AsyncDisposable {
  readonly proxy: FaultProxy;
  readonly #stage: Stage;
  readonly #host: Host;

  private constructor(stage: Stage, host: Host, proxy: FaultProxy) {
    this.#stage = stage;
    this.#host = host;
    this.proxy = proxy;
  }

  static async before(stage: Stage, host: Host, options: Partial<FaultProxyOptions> = {}): Promise<Proxied> {
    const proxy = await createFaultProxy({ target: { host: host.address, port: 22 }, ...options });
    const { knownHostsFile } = stage.lab;
    const known = (await readFile(knownHostsFile, "utf8"))
      .split("\n")
      .find((line) => line.startsWith(`${host.address},`));
    await appendFile(knownHostsFile, `[${proxy.host}]:${proxy.port} ${known?.split(" ").slice(1).join(" ")}\n`);
    return new Proxied(stage, host, proxy);
  }

  endpoint(transport: Wired, more: Partial<Endpoint> = {}): Endpoint {
    const { host: address, port } = this.proxy;
    return this.#stage.endpoint(this.#host, { transport, address, port, ...more });
  }

  connect(transport: Wired, more: Partial<Endpoint> = {}): Connection {
    const { host: address, port } = this.proxy;
    return this.#stage.connect(this.#host, { transport, address, port, ...more });
  }

  /**
   * Who is about to leave is let go first: a socket that is being shut down cannot be reset (libuv says EINVAL), and Node
   * never tells then that it is closed.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    for (let tries = 0; tries < 100 && this.proxy.connections.length > 0; tries++) await sleep(20);
    await this.proxy[Symbol.asyncDispose]();
  }
}

/** A host whose sshd does not take our many broken connections for an attack. */
export async function setPatientStage(...names: string[]): Promise<Stage> {
  const { Stage } = await import("../stage.ts");
  const stage = await Stage.set(...names.map((name) => ({ name })));
  const settings = "MaxStartups 1000\\nPerSourcePenalties no\\nMaxSessions 20\\n";
  for (const { name } of stage.lab.hosts) {
    await stage.host(name).shell(`printf '${settings}' >/etc/ssh/sshd_config.d/patient.conf && systemctl restart ssh`);
  }
  return stage;
}
