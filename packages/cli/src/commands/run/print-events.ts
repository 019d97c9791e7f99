import { styleText } from "node:util";
import type { AnyKind, Change } from "@evenkeel/core";
import { InternalError } from "@evenkeel/core";
import type { RunEvent } from "@evenkeel/runner";
import { reportError } from "../../report-error.ts";
import { closingTable } from "./closing-table.ts";
import { describeChange } from "./describe-change.ts";
import { failureText } from "./failure-text.ts";
import { printable } from "./printable.ts";

/** How much is told: failures and changes always; what was fine or left out, and what commands print, when asked for. */
export interface Telling {
  readonly kinds: ReadonlyMap<string, AnyKind>;
  readonly verbosity: number;
  readonly showsDiffs: boolean;
  write(text: string): void;
}

const colours = {
  ensure: "yellow",
  remove: "red",
  restart: "cyan",
  reload: "cyan",
  run: "cyan",
  check: "dim",
} as const;
type Colour = "red" | "green" | "yellow" | "cyan" | "dim";

type Of<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

/** Draws a run as lines: every change with its diff, every failure with its reason, and a table at the end. */
export function printEvents(telling: Telling): (event: RunEvent) => void {
  const { write, verbosity } = telling;
  let told: (Of<"change"> | Of<"made">)[] = [];
  // What has failed with an error has said why.
  const explained = new Set<string>();
  return (event) => {
    switch (event.type) {
      case "play":
        return write(`\n${styleText("bold", printable(event.name))}  on ${event.hosts.join(", ") || "no host"}\n`);
      case "made":
        return void told.push(event);
      case "change":
        told.push(event);
        return write(changeText(event, telling));
      case "undone":
        return write(undoneText(event));
      case "failed":
        explained.add(`${event.host} ${event.task}`);
        return write(line(event.host, "failed", "red", event.task ?? "") + indent(printable(reportError(event.error))));
      case "output":
        return verbosity > 0 ? write(indent(styleText("dim", printable(event.text)))) : undefined;
      case "retry":
        return write(line(event.host, "again", "dim", `${event.task}  ${event.left} tries left`));
      case "item":
        return write(itemText(event, verbosity));
      case "task":
        if (!explained.delete(`${event.host} ${event.task}`) && event.outcome === "failed") write(failedText(event));
        return write(taskText(event, verbosity));
      case "resumed":
        return write(
          line(
            event.host,
            "resumes",
            "cyan",
            `the run that ${event.owner} began at ${event.since} and that did not end`,
          ),
        );
      case "waiting":
        return write(line(event.host, "waits", "yellow", waitingFor(event)));
      case "pending":
        return write(pendingText(event));
      case "note":
        return write(line(event.host ?? "", "note", "dim", event.text));
      case "summary":
        write(
          closingTable(
            event,
            told.filter(({ type }) => type === (event.mode === "plan" ? "change" : "made")),
          ),
        );
        told = [];
        return;
      default:
        return;
    }
  };
}

function changeText({ host, task, item, change, isSilent }: Of<"change">, { kinds, showsDiffs }: Telling): string {
  const kind = kinds.get(change.kind);
  if (kind === undefined) throw new InternalError({ code: "cli/kind", message: `no kind ${change.kind} to print` });
  const cost = change.interrupts === "nothing" ? "" : styleText("yellow", `  interrupts: ${change.interrupts}`);
  const what = `${printable(task)}${label(item)}  ${styleText("dim", `${change.kind} ${printable(change.key)}`)}${cost}`;
  const detail = isSilent || !showsDiffs ? "" : indent(describeChange(change as Change, kind));
  return line(host, change.action, colours[change.action], what) + detail;
}

function undoneText({ host, task, change, error }: Of<"undone">): string {
  const what = `${printable(task)}  ${styleText("dim", `${change.kind} ${printable(change.key)}`)}`;
  if (error === undefined) return line(host, "undone", "cyan", what);
  return line(host, "not undone", "red", what) + indent(printable(reportError(error)));
}

function taskText({ host, task, outcome, because, result, module, isSilent }: Of<"task">, verbosity: number): string {
  const name = printable(task);
  if (outcome === "unknown")
    return line(host, "unknown", "cyan", `${name}  ${styleText("dim", `known after apply: ${because ?? ""}`)}`);
  if (outcome === "ignored") return line(host, "ignored", "yellow", name);
  if (outcome === "skipped") return verbosity > 0 ? line(host, "skipped", "dim", name) : "";
  const told = module === "debug" && !isSilent ? messageOf(result) : "";
  if (outcome === "ok") return line(host, "ok", "green", name) + told;
  return told;
}

function failedText({ host, task, result }: Of<"task">): string {
  return line(host, "failed", "red", printable(task)) + indent(printable(failureText(result)));
}

/** A loop's items are told one by one where each has something to say. */
function itemText({ host, task, item, outcome, result, module }: Of<"item">, verbosity: number): string {
  const what = `${printable(task)}${label(item)}`;
  if (module === "debug" && outcome === "ok") return line(host, "ok", "green", what) + messageOf(result);
  return verbosity > 1 && outcome !== "changed" ? line(host, outcome, "dim", what) : "";
}

/** What `debug` was asked to say. */
function messageOf(result: Of<"task">["result"]): string {
  const { changed: _, failed: __, ansible_loop_var, _ansible_item_label, ...rest } = result;
  const said: Record<string, unknown> = rest;
  if (Array.isArray(said.results)) return "";
  if (typeof ansible_loop_var === "string") delete said[ansible_loop_var];
  const [only] = Object.values(said);
  const text = Object.keys(said).length === 1 && typeof only === "string" ? only : JSON.stringify(said, null, 2);
  return indent(`${printable(text)}\n`);
}

function waitingFor({ holder, secondsLeft }: Of<"waiting">): string {
  if (holder === undefined) return "somebody who has not said who has this host";
  return `${holder.owner} has this host since ${holder.since}, for ${holder.reason}; the lock lasts ${secondsLeft} s unless renewed`;
}

function pendingText({ host, actions, isOurs }: Of<"pending">): string {
  const when = isOurs ? "will be done in this run" : "belongs to another playbook, and stays";
  return actions
    .map(({ handler, task, since }) =>
      line(
        host,
        "pending",
        "yellow",
        `${handler}  ${styleText("dim", `called by ${task || "a change"} at ${since}; ${when}`)}`,
      ),
    )
    .join("");
}

function label(item: string | undefined): string {
  return item === undefined ? "" : styleText("dim", `  (${printable(item)})`);
}

function line(host: string, word: string, colour: Colour, text: string): string {
  return `${host}  ${styleText(colour, word.padEnd(8))} ${text}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
