import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

interface Event {
  readonly type: string;
  readonly action?: string;
  readonly kind?: string;
  readonly key?: string;
  readonly changed?: number;
  readonly task?: string;
  readonly outcome?: string;
}

/** The command as a user runs it; what it did, how much of it, and what it could not know. It fails when the run fails. */
export async function evenkeel(mode: "plan" | "apply", playbook: string, inventory: string) {
  const main = join(import.meta.dirname, "../../cli/src/main.mjs");
  const words = [main, mode, playbook, "-i", inventory, "--json", ...(mode === "apply" ? ["--yes"] : [])];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
  });
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  const changes = events.flatMap(({ type, action, kind, key }) =>
    type === "change" ? [`${action} ${kind} ${key}`] : [],
  );
  const unknown = events.flatMap(({ type, task, outcome }) => (type === "task" && outcome === "unknown" ? [task] : []));
  return { changes, unknown, changed: events.findLast(({ type }) => type === "summary")?.changed };
}
