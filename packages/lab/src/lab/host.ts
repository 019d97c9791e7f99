import type { Engine } from "../engine/engine.ts";
import type { Suite } from "../images/suites.ts";
import { LabUnavailable } from "../lab-unavailable.ts";
import type { CommandOptions, CommandResult } from "../machine/run-command.ts";
import { runCommand } from "../machine/run-command.ts";
import { checkName } from "./check-name.ts";
import { settleScript } from "./host-scripts.ts";
import { inputProblems } from "./input-problems.ts";
import { commitArguments, snapshotReference } from "./snapshot.ts";
import { waitForBanner } from "./wait-for-banner.ts";

export type HostDetails = {
  lab: string;
  name: string;
  /** Where the machine reaches the host. */
  address: string;
  /** Where the other hosts of the lab reach it. */
  innerAddress: string;
  suite: Suite;
  container: string;
  engine: Engine;
  /** The lab's lines for /etc/hosts, as of now. */
  hostsLines: () => string;
};

export type RunOptions = Pick<CommandOptions, "stdin" | "check" | "timeoutSeconds"> & { user?: string };

export type NamespaceKind = "mount" | "net" | "pid" | "uts" | "ipc";

/** One running machine of a lab. */
export class Host {
  readonly name: string;
  readonly address: string;
  readonly innerAddress: string;
  readonly suite: Suite;
  readonly container: string;
  readonly #details: HostDetails;
  #told: string | undefined;

  constructor(details: HostDetails) {
    this.name = details.name;
    this.address = details.address;
    this.innerAddress = details.innerAddress;
    this.suite = details.suite;
    this.container = details.container;
    this.#details = details;
  }

  /** Runs a program in the host through the engine, past sshd: for preparing and asserting. Throws when it fails. */
  run(argv: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    const { user, ...rest } = options;
    const input = options.stdin === undefined ? [] : ["--interactive"];
    const as = user === undefined ? [] : ["su", "-s", "/bin/sh", "-c", 'exec "$0" "$@"', "--", user];
    return this.#engine.run(["exec", ...input, this.container, ...as, ...argv], rest);
  }

  /** Runs a script with the host's `sh`. */
  shell(script: string, options: RunOptions = {}): Promise<CommandResult> {
    return this.run(["sh", "-c", script], options);
  }

  async readFile(path: string): Promise<string> {
    return (await this.run(["cat", path])).stdout;
  }

  /** Overwrites in place; owner and mode of a file that exists stay. */
  async writeFile(path: string, content: string | Buffer): Promise<void> {
    await this.run(["sh", "-c", 'cat > "$1"', "sh", path], { stdin: content });
  }

  /** The host's PID 1, as the machine sees it. */
  async pid(): Promise<number> {
    const { stdout } = await this.#engine.run(["inspect", "--format={{.State.Pid}}", this.container]);
    const pid = Number(stdout.trim());
    if (!(pid > 0)) throw inputProblems.notRunning(this.name);
    return pid;
  }

  /** Runs a program of the host's with the machine's privileges, in the named namespaces of the host (all, unless said). */
  async enter(
    argv: readonly string[],
    namespaces: readonly NamespaceKind[] = ["mount", "net", "pid", "uts", "ipc"],
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    const { privilege } = this.#engine;
    if (!privilege)
      throw new LabUnavailable("no-privilege", "entering a host's namespaces needs root.", "sudo -v   (then again)");
    const flags = namespaces.map((kind) => `--${kind}`);
    return runCommand([...privilege, "nsenter", `--target=${await this.pid()}`, ...flags, "--", ...argv], options);
  }

  /** Freezes every process of the host. */
  async pause(): Promise<void> {
    await this.#engine.run(["pause", this.container]);
  }

  async resume(): Promise<void> {
    await this.#engine.run(["unpause", this.container]);
    if (!this.knowsAll) await this.refreshHosts();
  }

  /** Shuts down in order, or as a power cut would (`hard`). The disk stays. */
  async stop({ hard = false }: { hard?: boolean } = {}): Promise<void> {
    const how = hard ? ["kill"] : ["stop", "--time=20"];
    await this.#engine.run([...how, this.container]);
    await this.#engine.run(["wait", this.container], { check: false });
  }

  /** Boots a stopped host and waits for its sshd. */
  async start(): Promise<void> {
    await this.#engine.run(["start", this.container]);
    await this.settle();
  }

  async restart(options: { hard?: boolean } = {}): Promise<void> {
    await this.stop(options);
    await this.start();
  }

  /** Keeps the disk as an image that `addHost({ image })` takes; it goes with the lab unless `keep`. */
  async snapshot(name: string, { keep = false }: { keep?: boolean } = {}): Promise<string> {
    checkName("snapshot", name);
    const { engine, lab } = this.#details;
    const reference = snapshotReference(name, keep ? undefined : lab);
    const older = await engine.run(["image", "inspect", "--format={{.Id}}", reference], { check: false });
    await engine.run(commitArguments({ engine: engine.kind, host: this.#details, reference, keep }));
    // The name has moved on; without one, an image would only take space.
    if (older.code === 0) await engine.run(["rmi", older.stdout.trim()], { check: false });
    return reference;
  }

  /** Waits for sshd, which comes after all that a boot prepares, then finishes it. Resolves with sshd's public key. */
  async settle(): Promise<string> {
    if (await waitForBanner(this.address, 22, 30)) return this.refreshHosts();
    const log = await this.#engine.run(["logs", "--tail=15", this.container], { check: false });
    throw new Error(`${this.name}: no SSH server answered at ${this.address} within 30 s\n${log.stdout}${log.stderr}`);
  }

  /** Tells the host the names of all hosts of its lab: see settleScript. */
  async refreshHosts(): Promise<string> {
    const lines = this.#details.hostsLines();
    const { stdout } = await this.#runPrivileged(["sh", "-c", settleScript, "sh", this.name], lines);
    this.#told = lines;
    return stdout.trim();
  }

  /** Whether the host has the names of all hosts that its lab has now. */
  get knowsAll(): boolean {
    return this.#told === this.#details.hostsLines();
  }

  /** The engine's own way takes all capabilities that there are, which not every machine has to give. */
  #runPrivileged(argv: readonly string[], stdin: string): Promise<CommandResult> {
    if (this.#engine.privilege) return this.enter(argv, undefined, { stdin });
    return this.#engine.run(["exec", "--interactive", "--privileged", this.container, ...argv], { stdin });
  }

  get #engine(): Engine {
    return this.#details.engine;
  }
}
