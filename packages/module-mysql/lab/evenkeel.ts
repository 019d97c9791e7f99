import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  /** `action kind key` of each change. */
  readonly changes: readonly string[];
}

export interface RunOptions {
  readonly words?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** As the host's root, unless said. */
  readonly becomes?: boolean;
}

/** The command as a user runs it, with a playbook of these tasks: JSON is YAML. */
export class Evenkeel implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "evenkeel-mysql-"));
  readonly #inventory: string;
  #runs = 0;

  constructor(inventory: string) {
    this.#inventory = inventory;
  }

  /** A file beside the playbook. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  run(command: "plan" | "apply", host: string, tasks: readonly object[], options: RunOptions = {}): Promise<Ended> {
    return this.start(command, host, tasks, options).ended;
  }

  start(command: "plan" | "apply", hosts: string, tasks: readonly object[], options: RunOptions = {}) {
    const { words = [], environment = {}, becomes = true } = options;
    const play = { hosts, become: becomes, gather_facts: false, tasks };
    const playbook = this.write(`site-${++this.#runs}.yml`, JSON.stringify([play]));
    const main = join(import.meta.dirname, "../../cli/src/main.mjs");
    const flags = ["-i", this.#inventory, "--json", ...(command === "apply" ? ["--yes"] : []), ...words];
    const child = spawn("node", [main, command, playbook, ...flags], { env: { ...process.env, ...environment } });
    let output = "";
    child.stdout.on("data", (bytes) => (output += bytes));
    child.stderr.on("data", (bytes) => (output += bytes));
    const ended = new Promise<Ended>((resolve) =>
      child.on("close", (status) => resolve({ status, output, changes: changesIn(output) })),
    );
    return { child, ended };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

function changesIn(output: string): readonly string[] {
  const lines = output.split("\n").filter((line) => line.startsWith('{"type":"change"'));
  return lines.map((line) => {
    const { action, kind, key } = JSON.parse(line) as { action: string; kind: string; key: string };
    return `${action} ${kind} ${key}`;
  });
}
