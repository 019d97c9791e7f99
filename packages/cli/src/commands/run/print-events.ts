import { styleText } from "node:util";
import type { AnyKind } from "@evenkeel/core";
import { InternalError } from "@evenkeel/core";
import type { HostTally, RunEvent } from "@evenkeel/runner";
import { reportError } from "../../report-error.ts";
import { describeChange } from "./describe-change.ts";

const colours = {
  ensure: "yellow",
  remove: "red",
  restart: "cyan",
  reload: "cyan",
  run: "cyan",
  check: "dim",
} as const;

/** Draws a run on a terminal: every change with its diff, every failure with its reason, and a table at the end. */
export function printEvents(kinds: readonly AnyKind[], write: (text: string) => void): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "play") write(`\n${styleText("bold", event.name)}  on ${event.hosts.join(", ")}\n`);
    else if (event.type === "change") write(changeText(event, kinds));
    else if (event.type === "failed")
      write(`${line(event.host, "failed", "red", event.task ?? "")}${indent(reportError(event.error))}`);
    else if (event.type === "summary") write(table(event.hosts, event.mode));
    else if (event.outcome === "ok") write(line(event.host, "ok", "green", event.task));
  };
}

function changeText({ host, task, change }: Extract<RunEvent, { type: "change" }>, kinds: readonly AnyKind[]): string {
  const kind = kinds.find(({ name }) => name === change.kind);
  if (kind === undefined) throw new InternalError({ code: "cli/kind", message: `no kind ${change.kind} to print` });
  const what = `${task}  ${styleText("dim", `${change.kind} ${change.key}`)}`;
  return line(host, change.action, colours[change.action], what) + indent(describeChange(change, kind));
}

function line(host: string, word: string, colour: "red" | "green" | "yellow" | "cyan" | "dim", text: string): string {
  return `${host}  ${styleText(colour, word.padEnd(8))} ${text}\n`;
}

function table(hosts: Readonly<Record<string, HostTally>>, mode: "plan" | "apply"): string {
  const width = Math.max(...Object.keys(hosts).map((name) => name.length));
  const rows = Object.entries(hosts).map(([name, { ok, changed, failed, unreachable }]) => {
    const bad = unreachable ? "  unreachable" : failed > 0 ? "  failed" : "";
    const verb = mode === "plan" ? "would change" : "changed";
    return `${name.padEnd(width)}  ok ${ok}  ${verb} ${changed}${styleText("red", bad)}\n`;
  });
  return `\n${rows.join("")}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
