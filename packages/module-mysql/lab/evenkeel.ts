import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EvenkeelOptions, Running } from "@evenkeel/lab";
import { evenkeel } from "@evenkeel/lab";

export interface RunOptions extends EvenkeelOptions {
  readonly words?: readonly string[];
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

  run(command: "plan" | "apply", hosts: string, tasks: readonly object[], options: RunOptions = {}): Running {
    const { words = [], becomes = true, ...more } = options;
    const play = { hosts, become: becomes, gather_facts: false, tasks };
    const playbook = this.write(`site-${++this.#runs}.yml`, JSON.stringify([play]));
    const flags = ["-i", this.#inventory, "--json", ...(command === "apply" ? ["--yes"] : []), ...words];
    return evenkeel([command, playbook, ...flags], more);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
