import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  /** `action kind key` of each change. */
  readonly changes: readonly string[];
  /** What was registered or told last, by task. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** The command as a user runs it, with a playbook of these tasks. */
export class Evenkeel implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "evenkeel-mysql-"));
  readonly #inventory: string;

  constructor(inventory: string) {
    this.#inventory = inventory;
  }

  /** A file beside the playbook. */
  write(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  get folder(): string {
    return this.#folder;
  }

  async run(command: "plan" | "apply", host: string, tasks: string, ...words: readonly string[]): Promise<Ended> {
    const { child, ended } = this.start(command, host, tasks, ...words);
    void child;
    return ended;
  }

  start(command: "plan" | "apply", host: string, tasks: string, ...words: readonly string[]) {
    const playbook = this.write(
      `${host}.yml`,
      `- hosts: all\n  become: true\n  gather_facts: false\n  tasks:\n${tasks}`,
    );
    const main = join(import.meta.dirname, "../../cli/src/main.ts");
    const yes = command === "apply" ? ["--yes"] : [];
    const child = spawn("node", [
      main,
      command,
      playbook,
      "-i",
      this.#inventory,
      "-l",
      host,
      "--json",
      ...yes,
      ...words,
    ]);
    let output = "";
    let lines = "";
    child.stdout.on("data", (bytes) => {
      output += bytes;
      lines += bytes;
    });
    child.stderr.on("data", (bytes) => (output += bytes));
    const ended = new Promise<Ended>((resolve) =>
      child.on("close", (status) => {
        const events = lines
          .split("\n")
          .filter((line) => line.startsWith("{"))
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        const changes = events.flatMap(({ type, action, kind, key }) =>
          type === "change" ? [`${action} ${kind} ${key}`] : [],
        );
        resolve({ status, output, changes, events });
      }),
    );
    return { child, ended };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
