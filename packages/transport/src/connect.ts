import { quote } from "@evenkeel/core";
import type { Connection, ExchangeOptions, Read, ReadResult } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { getFile } from "./files/get-file.ts";
import type { PutFile } from "./files/put-file.ts";
import { putFile } from "./files/put-file.ts";
import type { PutTree } from "./files/put-tree.ts";
import { putTree } from "./files/put-tree.ts";
import { HostLink } from "./host-link.ts";
import type { Job } from "./job/job.ts";
import { parseJobState } from "./job/job.ts";
import { jobWords } from "./job/job-words.ts";
import type { JobWatch } from "./job/run-job.ts";
import { JobRun } from "./job/run-job.ts";
import type { Link, TunnelTarget } from "./link.ts";
import type { Privilege } from "./privilege/privilege.ts";
import { exchange } from "./shell/exchange.ts";
import type { Sink } from "./shell/shell.ts";
import type { SshPool } from "./ssh-pool.ts";
import { UserShell } from "./user-shell.ts";

export interface ConnectOptions {
  /** Connections that share a pool share bastions and take turns at shaking hands. */
  readonly pool?: SshPool;
  readonly signal?: AbortSignal;
}

/** Begins to connect, and returns at once: what is asked waits for the host, and is told if it cannot be reached. */
export function connect(endpoint: Endpoint, options: ConnectOptions = {}): Connection {
  const link = new HostLink(() => openLink(endpoint, options));
  return new HostConnection(link, new UserShell(link, endpoint.name), endpoint.name);
}

async function openLink(endpoint: Endpoint, { pool, signal }: ConnectOptions): Promise<Link> {
  // Each is loaded when it is wanted: most runs need one of them.
  if (endpoint.transport === "local") return (await import("./link-local.ts")).openLocalLink();
  if (endpoint.transport === "openssh") return (await import("./link-openssh.ts")).openOpensshLink(endpoint, signal);
  return (await import("./link-ssh2.ts")).openSsh2Link(endpoint, signal, pool);
}

class HostConnection implements Connection {
  readonly #link: HostLink;
  readonly #shell: UserShell;
  readonly #name: string;
  readonly #others: { readonly by: Privilege; readonly connection: HostConnection }[] = [];

  constructor(link: HostLink, shell: UserShell, name: string) {
    this.#link = link;
    this.#shell = shell;
    this.#name = name;
  }

  async ready(): Promise<void> {
    await this.#shell.use((shell) => shell.send([{ script: ":" }]));
  }

  exchange(reads: readonly Read[], options: ExchangeOptions = {}): Promise<readonly ReadResult[]> {
    return this.#shell.use((shell) => exchange(shell, reads, () => this.#shell.endStuck(shell), options));
  }

  async job(job: Job, watch?: JobWatch) {
    const run = new JobRun(job, watch);
    return this.#shell.use((shell) => run.follow(shell));
  }

  async jobState(id: string) {
    const script = `evk_state && evk_tell ${quote(id)}`;
    const [answer] = await this.#shell.use((shell) => shell.send([{ script }], { words: jobWords }));
    return parseJobState(answer?.stdout.bytes().toString() ?? "");
  }

  put(file: PutFile) {
    return this.#shell.use((shell) => putFile(shell, file));
  }

  putTree(tree: PutTree) {
    return this.#shell.use((shell) => putTree(shell, tree));
  }

  get(path: string, sink: Sink) {
    return this.#shell.use((shell) => getFile(shell, path, sink), { isRepeatable: false });
  }

  async tunnel(target: TunnelTarget) {
    return (await this.#link.get()).tunnel(target);
  }

  as(privilege: Privilege): Connection {
    const known = this.#others.find(({ by }) => isSame(by, privilege));
    if (known) return known.connection;
    const shell = new UserShell(this.#link, this.#name, privilege);
    const connection = new HostConnection(this.#link, shell, this.#name);
    this.#others.push({ by: privilege, connection });
    return connection;
  }

  async close(): Promise<void> {
    await Promise.all([this, ...this.#others.map(({ connection }) => connection)].map((each) => each.#shell.close()));
    await this.#link.close();
  }
}

function isSame(one: Privilege, other: Privilege): boolean {
  return one.method === other.method && one.user === other.user && one.password === other.password;
}
