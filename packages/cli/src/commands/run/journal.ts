import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** So many runs are remembered. */
const KEPT = 200;

/** Where the runs made from this machine are written down, for `evenkeel log`. */
export function journalFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_STATE_HOME || join(homedir(), ".local/state"), "evenkeel", "runs");
}

/**
 * What happens, as it happens: a line for each event, written before we go on, so that a change is on record before it
 * is made. The same lines as `--json` prints, and as free of secrets.
 */
export class Journal {
  readonly path: string;
  readonly #file: number;

  constructor(program: string, folder = journalFolder()) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const time = new Date()
      .toISOString()
      .replaceAll(":", "")
      .replace(/\.\d+Z$/, "Z");
    this.path = join(folder, `${time}-${process.pid}-${program}.jsonl`);
    this.#file = openSync(this.path, "wx", 0o600);
    for (const old of readdirSync(folder)
      .filter((name) => name.endsWith(".jsonl"))
      .toSorted()
      .slice(0, -KEPT)) {
      rmSync(join(folder, old), { force: true });
    }
  }

  write(line: string): void {
    writeSync(this.#file, `${line}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
