import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostAnswer, HostPort } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";

/** A folder that acts as a host: real scripts run in it, its files are things, and everything that was done is on a list. */
export class FakeHost {
  readonly folder = mkdtempSync(join(tmpdir(), "evenkeel-fake-"));
  readonly things = join(this.folder, "things");
  exchanges = 0;
  readonly #ended = new Map<string, number>();

  constructor() {
    mkdirSync(this.things);
  }

  readonly port: HostPort = {
    exchange: async (reads) => {
      this.exchanges++;
      return reads.map(({ script }) => this.#sh(["-c", script]));
    },
    job: async ({ id, argv, guard, environment }) => {
      if (!this.#ended.has(id)) {
        if (guard !== undefined) this.#check(guard);
        this.#ended.set(id, this.#sh(["-c", '"$@"', "job", ...argv], environment as Record<string, string>).code);
      }
      return { kind: "done", code: this.#ended.get(id) ?? 0, stdout: Buffer.from("out"), stderr: Buffer.alloc(0) };
    },
    start: () => Promise.reject(new Error("no background here")),
    put: () => Promise.reject(new Error("no files here")),
    putTree: () => Promise.reject(new Error("no trees here")),
    get: () => Promise.reject(new Error("no files here")),
    tunnel: () => Promise.reject(new Error("no tunnels here")),
  };

  thing(name: string): string {
    const path = join(this.things, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** What was done, in order. */
  get log(): string[] {
    const path = join(this.folder, "log");
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  }

  records(sort: "pending" | "runs" | "lock"): string[] {
    const path = join(this.folder, sort);
    return existsSync(path) ? readdirSync(path) : [];
  }

  #check(guard: string): void {
    const { code, stderr } = this.#sh(["-c", guard]);
    if (code === 0) return;
    throw new StepError({ code: "transport/guard", message: "refused", detail: Buffer.from(stderr).toString() });
  }

  #sh(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): HostAnswer {
    const moved = argv.map((word) => word.replace(/^if \[ "\$\(id -u\)"[\s\S]*?fi$/m, `evl=${this.folder}`));
    const env = { PATH: process.env.PATH, ...environment, THINGS: this.things, LOG: join(this.folder, "log") };
    const { status, stdout, stderr } = spawnSync("sh", moved, { env });
    return { code: status ?? 255, stdout, stderr };
  }
}
