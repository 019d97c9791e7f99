import type { Change, Observed, Unsettling } from "@evenkeel/core";
import { defineKind, isUnsettled, quote } from "@evenkeel/core";
import type { Running } from "./command-line.ts";
import { runStep } from "./command-line.ts";
import type { CommandState } from "./command-state.ts";
import { expandedWord } from "./expanded-word.ts";

/** A command that is to run, and what is known of its effects. Nothing said: it may touch anything. */
export interface DesiredRun extends Running {
  readonly touches?: readonly string[];
  /** Paths that are there once it has run. */
  readonly creates?: readonly string[];
}

/** What a command asks of itself before it runs: a read whose success means that nothing is left to do. */
export interface CommandQuestion {
  readonly unless: string;
  readonly directory?: string;
}

/** A command by its line, as people read it. Running it is an act: nothing but its own question can be observed. */
export const command = defineKind<CommandState, DesiredRun>({
  name: "command",
  read: (keys, via) => keys.map(() => questionScript(via as CommandQuestion | undefined)).join("\n"),
  parse(output, keys) {
    const statuses = Buffer.from(output).toString().split("\n");
    return new Map(keys.map((key, index) => [key, { isDone: statuses[index] === "0" }]));
  },
  ensure: (actual, desired) => (!isUnsettled(actual.state) && actual.state.isDone ? [] : [run(actual, desired)]),
  isAsPlanned: () => true,
  isAbsent: () => false,
  dependsOn: "all",
  unsettles,
  describe: ({ touches }) =>
    touches === undefined ? {} : { "may touch": touches === "anything" ? touches : touches.join(", ") || "nothing" },
});

/** A command that asks nothing of itself, before it runs. */
export function notYetRun(key: string): Observed<CommandState> {
  return { kind: command.name, key, state: { isDone: false } };
}

/** It is run with no input, and what it prints is its own business. */
function questionScript(via: CommandQuestion | undefined): string {
  if (via === undefined) return "echo 1";
  const change = via.directory === undefined ? "" : `cd -- ${expandedWord(via.directory)} && `;
  return `(${change}exec /bin/sh -c ${quote(via.unless)}) </dev/null >/dev/null 2>&1; echo $?`;
}

function run({ kind, key, via, state }: Observed<CommandState>, desired: DesiredRun): Change<CommandState> {
  const { touches = "anything", creates, ...running } = desired;
  return {
    kind,
    key,
    ...(via !== undefined && { via }),
    action: "run",
    before: state,
    after: { isDone: true, touches, ...(creates && { creates }) },
    steps: [runStep(running)],
    undo: [],
    interrupts: "nothing",
  };
}

function unsettles({ key, after: { touches = "anything", creates = [] } }: Change<CommandState>): Unsettling[] {
  const [line = ""] = key.split("\n");
  const because = `a command may touch it: ${line.length > 60 ? `${line.slice(0, 60)}…` : line}`;
  const created = creates.map((path) => ({ kind: "file", key: path, ifAbsent: true, because }));
  if (touches === "anything") return [...created, { kind: "*", isDoubt: true, because }];
  return [...created, ...touches.map((each) => ({ ...thing(each), because }))];
}

/** `package:*` is all of a kind, `file:/srv/x/*` what is below a folder, `file:/etc/x` one. */
function thing(text: string): Pick<Unsettling, "kind" | "key" | "under"> {
  const at = text.indexOf(":");
  const [kind, key] = [text.slice(0, at), text.slice(at + 1)];
  if (key === "*") return { kind };
  return key.endsWith("/*") ? { kind, under: key.slice(0, -2) } : { kind, key };
}
