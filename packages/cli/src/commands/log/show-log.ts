import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@evenkeel/core";
import { journalFolder } from "../run/journal.ts";
import { printable } from "../run/printable.ts";

/** One line of a journal: an event as `--json` prints it. */
type Line = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Lists the runs, or tells what one of them did. */
export function showLog(run: string | undefined, { json }: { readonly json?: boolean }): void {
  const names = existsSync(journalFolder())
    ? readdirSync(journalFolder())
        .filter((name) => name.endsWith(".jsonl"))
        .toSorted()
    : [];
  if (run === undefined) {
    process.stdout.write(names.map(summaryLine).join("") || "no run has been made from this machine\n");
    return;
  }
  const path = join(journalFolder(), find(run, names));
  const text = readFileSync(path, "utf8");
  process.stdout.write(json ? text : linesOf(text).map(told).join(""));
}

function find(run: string, names: readonly string[]): string {
  const found = run === "last" ? names.slice(-1) : names.filter((name) => name.startsWith(run) || name.includes(run));
  const [name] = found;
  if (name !== undefined && found.length === 1) return name;
  throw new InputError({
    code: "log/run",
    message:
      found.length === 0
        ? `no run is called ${JSON.stringify(run)}`
        : `${found.length} runs are called like ${JSON.stringify(run)}`,
    hint: "`evenkeel log` lists them; `evenkeel log last` is the newest",
  });
}

function linesOf(text: string): Line[] {
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as Line];
    } catch {
      // The last line of a run that was killed.
      return [];
    }
  });
}

function summaryLine(name: string): string {
  const lines = linesOf(readFileSync(join(journalFolder(), name), "utf8"));
  const summary = lines.findLast(({ type }) => type === "summary");
  const came = summary
    ? `${String(summary.mode).padEnd(5)}  changed ${summary.changed}  failed ${summary.failed}  unreachable ${summary.unreachable}`
    : "did not come to its end";
  return `${name.replace(/\.jsonl$/, "")}  ${came}\n`;
}

function told(line: Line): string {
  const at = [line.host, line.task].filter((each) => each !== undefined).join("  ");
  switch (line.type) {
    case "play":
      return `\n${printable(String(line.name))}\n`;
    case "change":
      return `${at}  ${line.action} ${line.kind} ${printable(String(line.key))}\n`;
    case "failed":
      return `${at}  failed: ${printable(String((line.error as { message?: string }).message))}\n`;
    case "undone":
      return `${at}  undone: ${line.kind} ${printable(String(line.key))}\n`;
    case "resumed":
    case "pending":
    case "note":
      return `${at}  ${line.type}${line.text === undefined ? "" : `: ${line.text}`}\n`;
    default:
      return "";
  }
}
