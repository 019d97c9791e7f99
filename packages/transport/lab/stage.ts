import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Host, Lab } from "@evenkeel/lab";
import { createLab } from "@evenkeel/lab";
import type { Connection, Endpoint } from "../src/index.ts";
import { connect } from "../src/index.ts";
import { ProcessApart } from "./apart/connection-apart.ts";
import { Witness } from "./witness.ts";

/** A lab with what our tests want of it. */
export class Stage implements AsyncDisposable {
  readonly lab: Lab;
  readonly #open = new Set<Connection>();
  readonly #witnesses = new Map<Host, Witness>();
  #onHost: ProcessApart | undefined;

  private constructor(lab: Lab) {
    this.lab = lab;
  }

  static async set(...hosts: Parameters<Lab["addHosts"]>[0]): Promise<Stage> {
    const lab = await createLab();
    await lab.addHosts(hosts);
    return new Stage(lab);
  }

  host(name: string): Host {
    return this.lab.host(name);
  }

  /** How to log in to a host of the lab, and nothing of the user's own. */
  endpoint(host: Host, more: Partial<Endpoint> = {}): Endpoint {
    const { identityFile, knownHostsFile } = this.lab;
    const login = {
      identityFiles: [identityFile],
      knownHostsFiles: [knownHostsFile],
      sshConfig: "none",
      agent: "none",
    };
    return { name: host.name, address: host.address, user: "root", ...login, ...more };
  }

  witness(host: Host): Witness {
    const witness =
      this.#witnesses.get(host) ?? new Witness(["ssh", ...this.lab.sshArguments(), `root@${host.address}`]);
    this.#witnesses.set(host, witness);
    return witness;
  }

  connect(host: Host, more: Partial<Endpoint> = {}): Connection {
    const endpoint = this.endpoint(host, more);
    const connection = more.transport === "local" ? this.#processOn(host).connect(endpoint) : connect(endpoint);
    this.#open.add(connection);
    return connection;
  }

  async closeAll(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    await Promise.all(open.map((connection) => connection.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.closeAll();
    this.#onHost?.end();
    for (const witness of this.#witnesses.values()) witness.end();
    await this.lab.down();
  }

  /** "local" on a host: our sources and Node are put there, and a process of ours runs there. */
  async bringNode(host: Host): Promise<void> {
    const packages = join(import.meta.dirname, "../..");
    const ours = ["core/package.json", "core/src", "transport/package.json", "transport/src", "transport/lab/apart"];
    const tar = spawnSync("tar", ["-c", ...ours], { cwd: packages, maxBuffer: 1 << 28 }).stdout;
    const place =
      "mkdir -p /opt/evk/node_modules/@evenkeel && tar -x -C /opt/evk && ln -s ../../core /opt/evk/node_modules/@evenkeel/core";
    await host.shell(place, { stdin: tar });
    const { dependencies = {} } = JSON.parse(readFileSync(join(packages, "core/package.json"), "utf8"));
    const theirs = Object.keys(dependencies).map((name) => join("node_modules", name));
    const others = spawnSync("tar", ["-c", ...theirs], { cwd: join(packages, ".."), maxBuffer: 1 << 28 }).stdout;
    await host.shell("tar -x -C /opt/evk", { stdin: others });
    await host.shell("cat >/opt/evk/node && chmod 755 /opt/evk/node", {
      stdin: readFileSync(realpathSync(process.execPath)),
    });
  }

  #processOn(host: Host): ProcessApart {
    const program = "exec /opt/evk/node --disable-warning=ExperimentalWarning /opt/evk/transport/lab/apart/process.ts";
    this.#onHost ??= new ProcessApart(["ssh", ...this.lab.sshArguments(), `root@${host.address}`, program]);
    return this.#onHost;
  }
}
