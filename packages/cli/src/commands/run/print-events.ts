import { styleText } from "node:util";
import type { AnyKind, Change } from "@evenkeel/core";
import { isUnsettled } from "@evenkeel/core";
import type { HostTally, RunEvent } from "@evenkeel/runner";
import { createTwoFilesPatch } from "diff";
import { reportError } from "../../report-error.ts";

/** Draws a run on a terminal: every change with its diff, every failure with its reason, and a table at the end. */
export function printEvents(kinds: readonly AnyKind[], write: (text: string) => void): (event: RunEvent) => void {
  const known = new Map(kinds.map((kind) => [kind.name, kind]));
  return (event) => {
    if (event.type === "play") write(`\n${styleText("bold", event.name)}  on ${event.hosts.join(", ")}\n`);
    else if (event.type === "change")
      write(changeText(event.host, event.task, event.change, known.get(event.change.kind)));
    else if (event.type === "task" && event.outcome === "ok")
      write(`${event.host}  ${styleText("green", "ok")}       ${event.task}\n`);
    else if (event.type === "failed")
      write(`${event.host}  ${styleText("red", "failed")}   ${event.task ?? ""}\n${indent(reportError(event.error))}`);
    else if (event.type === "summary") write(table(event.hosts));
  };
}

const colours = { ensure: "yellow", remove: "red", restart: "cyan", reload: "cyan", run: "cyan" } as const;

function changeText(host: string, task: string, change: Change, kind: AnyKind | undefined): string {
  const head = `${host}  ${styleText(colours[change.action], change.action.padEnd(8))} ${task}  ${styleText("dim", `${change.kind} ${change.key}`)}\n`;
  const before = isUnsettled(change.before) || kind === undefined ? {} : kind.describe(change.before);
  const after = kind?.describe(change.after) ?? {};
  return head + indent(attributes(before, after) + contents(change.key, before, after));
}

function attributes(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string {
  return Object.entries(after)
    .filter(([name, value]) => name !== "content" && before[name] !== value)
    .map(([name, value]) => `${name.padEnd(8)} ${before[name] === undefined ? "" : `${before[name]} → `}${value}\n`)
    .join("");
}

function contents(
  key: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string {
  if (after.content === undefined || before.content === after.content) return "";
  const patch = createTwoFilesPatch(key, key, before.content ?? "", after.content, undefined, undefined, {
    context: 3,
  });
  const lines = patch.split("\n").slice(1);
  return lines.map((line) => (line === "" ? "" : `${coloured(line)}\n`)).join("");
}

function coloured(line: string): string {
  if (line.startsWith("+")) return styleText("green", line);
  if (line.startsWith("-")) return styleText("red", line);
  return line.startsWith("@@") ? styleText("cyan", line) : line;
}

function table(hosts: Readonly<Record<string, HostTally>>): string {
  const rows = Object.entries(hosts).map(([name, { ok, changed, failed, unreachable }]) => {
    const state = unreachable ? styleText("red", "unreachable") : failed > 0 ? styleText("red", "failed") : "";
    return `${name.padEnd(16)} ok ${String(ok).padStart(3)}  changed ${String(changed).padStart(3)}  ${state}\n`;
  });
  return `\n${rows.join("")}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
