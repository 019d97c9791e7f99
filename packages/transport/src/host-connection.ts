import type { Connection, ExchangeOptions, Read, ReadResult } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { getFile } from "./files/get-file.ts";
import type { PutFile } from "./files/put-file.ts";
import { putFile, sizeOf } from "./files/put-file.ts";
import type { PutTree } from "./files/put-tree.ts";
import { putTree } from "./files/put-tree.ts";
import type { HostLink } from "./host-link.ts";
import type { Job } from "./job/job.ts";
import { checkJobId, parseJobState } from "./job/job.ts";
import { jobWords } from "./job/job-words.ts";
import type { Followed, JobWatch } from "./job/run-job.ts";
import { JobRun } from "./job/run-job.ts";
import { runningJobsRead } from "./job/running-jobs.ts";
import { startJob, stdinSize } from "./job/start-job.ts";
import type { TunnelTarget } from "./link.ts";
import type { Privilege } from "./privilege/privilege.ts";
import { exchange } from "./shell/exchange.ts";
import type { Sink } from "./shell/request.ts";
import { UserShell } from "./user-shell.ts";

const DEFAULT_SILENCE_MS = 60_000;
/** What takes long to carry goes over a shell of its own, so that nothing else waits behind it. */
const LARGE = 1024 * 1024;

/** A host as one user: everything that a `Connection` promises, over one shell, and a second one for large things. */
export class HostConnection implements Connection {
  readonly #link: HostLink;
  readonly #endpoint: Endpoint;
  readonly #privilege: Privilege | undefined;
  readonly #shell: UserShell;
  readonly #carrier: UserShell;
  readonly #silentMs: number;
  readonly #others: HostConnection[] = [];

  constructor(link: HostLink, endpoint: Endpoint, privilege?: Privilege) {
    this.#link = link;
    this.#endpoint = endpoint;
    this.#privilege = privilege;
    this.#shell = new UserShell(link, endpoint.name, privilege);
    this.#carrier = new UserShell(link, endpoint.name, privilege);
    this.#silentMs = endpoint.silenceTimeoutMs ?? DEFAULT_SILENCE_MS;
  }

  async ready(): Promise<void> {
    await this.#shell.use((shell) => shell.send([{ script: ":", silentMs: this.#silentMs }]));
  }

  exchange(reads: readonly Read[], options: ExchangeOptions = {}): Promise<readonly ReadResult[]> {
    return this.#shell.use((shell) => exchange(shell, reads, () => this.#shell.endStuck(shell), options));
  }

  async job(job: Job, watch?: JobWatch) {
    return this.#follow(this.#for(stdinSize(job)), job, watch);
  }

  async follow(id: string, watch?: JobWatch) {
    return this.#follow(this.#shell, id, watch);
  }

  async start(job: Job) {
    await this.#for(stdinSize(job)).use((shell) => startJob(shell, job, this.#silentMs));
  }

  async jobState(id: string) {
    const piece = { script: `evk_state && evk_tell ${checkJobId(id)}`, silentMs: this.#silentMs };
    const [answer] = await this.#shell.use((shell) => shell.send([piece], { words: jobWords }));
    return parseJobState(answer?.stdout.bytes().toString() ?? "");
  }

  async jobs() {
    const read = runningJobsRead();
    const [answer] = await this.exchange([read]);
    return answer ? read.parse(answer) : [];
  }

  async put(file: PutFile) {
    await this.#for(await sizeOf(file)).use((shell) => putFile(shell, file));
  }

  async putTree(tree: PutTree) {
    const done = await this.#shell.use((shell) => putTree(shell, tree, LARGE));
    return done === "larger" ? this.#carrier.use((shell) => putTree(shell, tree)) : done;
  }

  get(path: string, sink: Sink) {
    return this.#carrier.use((shell) => getFile(shell, path, sink), { isRepeatable: false });
  }

  async tunnel(target: TunnelTarget) {
    return (await this.#link.get()).tunnel(target);
  }

  as(privilege: Privilege): Connection {
    const known = this.#others.find((other) => isSame(other.#privilege, privilege));
    if (known) return known;
    const connection = new HostConnection(this.#link, this.#endpoint, privilege);
    this.#others.push(connection);
    return connection;
  }

  async close(): Promise<void> {
    await this.#closeShells();
    await this.#link.close();
  }

  async #closeShells(): Promise<void> {
    const others = this.#others.map((other) => other.#closeShells());
    await Promise.all([this.#shell.close(), this.#carrier.close(), ...others]);
  }

  #for(size: number): UserShell {
    return size < LARGE ? this.#shell : this.#carrier;
  }

  async #follow(shell: UserShell, followed: Followed, watch?: JobWatch) {
    const run = new JobRun(followed, this.#silentMs, watch);
    return shell.use((each) => run.follow(each));
  }
}

function isSame(one: Privilege | undefined, other: Privilege): boolean {
  return one?.method === other.method && one.user === other.user && one.password === other.password;
}
