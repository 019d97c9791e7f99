import { appendFileSync, writeFileSync } from "node:fs";
import type { Engine } from "../engine/engine.ts";
import { ensureImage } from "../images/ensure-image.ts";
import type { Suite } from "../images/suites.ts";
import { innerAddress, lastHostNumber } from "./addresses.ts";
import type { AddHost } from "./boot-host.ts";
import { bootHost } from "./boot-host.ts";
import { checkName } from "./check-name.ts";
import { Host } from "./host.ts";
import { hostsLine } from "./host-scripts.ts";
import { inParallel } from "./in-parallel.ts";
import { inputProblems } from "./input-problems.ts";
import { inventory, sshArguments } from "./inventory.ts";
import { identityFileIn, inventoryFileIn, knownHostsFileIn, markKept } from "./lab-directory.ts";
import { labels } from "./labels.ts";
import type { ListedHost } from "./list-labs.ts";
import { removeLab } from "./remove-lab.ts";

export type LabDetails = {
  engine: Engine;
  name: string;
  slot: number;
  directory: string;
  deployPassword: string;
  publicKey: string;
  onProgress: (line: string) => void;
};

/** A host that is already there. */
type Member = Pick<ListedHost, "name" | "number" | "address" | "suite" | "container">;

/** A group of hosts that know each other, and nothing of any other lab. */
export class Lab {
  readonly name: string;
  /** Keys, known hosts and inventory for these hosts. */
  readonly directory: string;
  readonly identityFile: string;
  readonly knownHostsFile: string;
  /** `inventory()`, as a file. */
  readonly inventoryFile: string;
  /** What sudo asks `deploy` for on hosts with `sudo: "password"`. */
  readonly deployPassword: string;
  readonly #details: LabDetails;
  readonly #hosts = new Map<string, Host>();
  /** Of every host that is there or on its way. */
  readonly #numbers = new Map<string, number>();
  readonly #atEnd: (() => void)[] = [];
  #down: Promise<void> | undefined;

  constructor(details: LabDetails, members: readonly Member[] = []) {
    this.name = details.name;
    this.directory = details.directory;
    this.identityFile = identityFileIn(details.directory);
    this.knownHostsFile = knownHostsFileIn(details.directory);
    this.inventoryFile = inventoryFileIn(details.directory);
    this.deployPassword = details.deployPassword;
    this.#details = details;
    const { engine, slot, name: lab } = details;
    for (const { number, ...member } of members) {
      const hostsLines = () => this.#hostsLines();
      const host = new Host({ ...member, innerAddress: innerAddress(slot, number), lab, engine, hostsLines });
      this.#hosts.set(member.name, host);
      this.#numbers.set(member.name, number);
    }
  }

  get hosts(): Host[] {
    return [...this.#hosts.values()].sort((a, b) => this.#numberOf(a.name) - this.#numberOf(b.name));
  }

  host(name: string): Host {
    const host = this.#hosts.get(name);
    if (host) return host;
    const there = this.hosts.map((host) => host.name);
    throw inputProblems.noSuchHost(this.name, name, there);
  }

  /** Boots one host; resolves when its sshd answers. */
  async addHost(wanted: AddHost): Promise<Host> {
    const [host] = await this.addHosts([wanted]);
    return host as Host;
  }

  /** Boots several side by side. */
  async addHosts(wanted: readonly AddHost[]): Promise<Host[]> {
    const names = wanted.map(({ name }) => name);
    this.#checkNames(names);
    // All at once, so that each host is told of all the others when it boots.
    for (const name of names) this.#numbers.set(name, this.#freeNumber());
    try {
      return await this.#bootAll(wanted);
    } catch (error) {
      for (const name of names) if (!this.#hosts.has(name)) this.#numbers.delete(name);
      throw error;
    }
  }

  /** Ansible-style inventory of these hosts, with the key and the known hosts to use. */
  inventory(): string {
    return inventory(this);
  }

  /** What `ssh` needs before the host's name: this lab's key and known hosts, and nothing of the user's. */
  sshArguments(): string[] {
    return sshArguments(this);
  }

  /** Lets the lab outlive this process; `evenkeel lab down` or `removeLab` ends it. */
  keep(): void {
    markKept(this.directory);
    this.#release();
  }

  /** Removes every trace of the lab. */
  async down(): Promise<void> {
    this.#down ??= removeLab(this.name, { engine: this.#details.engine }).then(() => this.#release());
    await this.#down;
  }

  /** Registers what is to be called once this process has no more to do with the lab. */
  atEnd(action: () => void): void {
    this.#atEnd.push(action);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.down();
  }

  #release(): void {
    for (const action of this.#atEnd.splice(0)) action();
  }

  async #bootAll(wanted: readonly AddHost[]): Promise<Host[]> {
    const { engine, onProgress } = this.#details;
    const suites = new Set<Suite>(wanted.flatMap(({ image, suite = "trixie" }) => (image ? [] : [suite])));
    // One after another: two builds at once would only share the same cores and disk.
    for (const suite of suites) await ensureImage(engine, suite, onProgress);
    const booted = await inParallel(wanted, 8, (host) => this.#boot(host));
    await this.#tellOthers();
    writeFileSync(this.inventoryFile, this.inventory(), { mode: 0o600 });
    return booted;
  }

  async #boot(wanted: AddHost): Promise<Host> {
    const number = this.#numberOf(wanted.name);
    const boot = { ...this.#details, number, wanted, hostsLines: () => this.#hostsLines() };
    const { host, publicKey } = await bootHost(boot);
    appendFileSync(this.knownHostsFile, `${host.address},${host.name} ${publicKey}\n`);
    this.#hosts.set(host.name, host);
    return host;
  }

  #hostsLines(): string {
    const { slot } = this.#details;
    return [...this.#numbers].map(([name, number]) => hostsLine(innerAddress(slot, number), name)).join("\n");
  }

  /** A host that does not run now is told when it does. */
  async #tellOthers(): Promise<void> {
    const mine = `--filter=label=${labels.lab}=${this.name}`;
    const names = await this.#details.engine.lines(["ps", mine, "--filter=status=running", "--format={{.Names}}"]);
    const outdated = this.hosts.filter((host) => !host.knowsAll && names.includes(host.container));
    await inParallel(outdated, 8, (host) => host.refreshHosts());
  }

  #numberOf(name: string): number {
    return this.#numbers.get(name) ?? 0;
  }

  #checkNames(names: readonly string[]): void {
    for (const [index, name] of names.entries()) {
      checkName("host", name);
      if (this.#numbers.has(name) || names.indexOf(name) !== index) {
        throw inputProblems.hostTaken(this.name, name);
      }
    }
  }

  #freeNumber(): number {
    const used = new Set(this.#numbers.values());
    for (let number = 1; number <= lastHostNumber; number++) if (!used.has(number)) return number;
    throw inputProblems.full(this.name, lastHostNumber);
  }
}
