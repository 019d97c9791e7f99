import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import type { AnyKind, AnyModule, HostMemory } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import { parseIni, selectHosts } from "@evenkeel/inventory";
import { kinds } from "@evenkeel/kinds";
import { copy, fileModule, packageModule, service } from "@evenkeel/module-system";
import { parsePlaybook } from "@evenkeel/playbook";
import type { HostTally, Run } from "@evenkeel/runner";
import { runPlaybook as walk } from "@evenkeel/runner";
import { endpointOf } from "./endpoint-of.ts";
import { eventJson } from "./event-json.ts";
import { faultFrom } from "./fault.ts";
import { holderFor } from "./holder.ts";
import { printEvents } from "./print-events.ts";
import { Reaches } from "./reach-hosts.ts";
import { tempProgram } from "./temp-program.ts";

export interface RunOptions {
  readonly inventory: string;
  readonly limit?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
  readonly wait?: string | boolean;
}

const modules = new Map<string, AnyModule>(
  [copy, fileModule, packageModule, service].map((module) => [module.name, module]),
);

/** Reads everything, then goes to the hosts: a mistake in the files reaches none of them. */
export async function runPlaybook(mode: "plan" | "apply", path: string, options: RunOptions): Promise<void> {
  const plays = await parsePlaybook(read(path), path, modules);
  const inventory = parseIni(read(options.inventory), options.inventory);
  const limit = options.limit === undefined ? undefined : new Set(selectHosts(inventory, options.limit));
  const hosts = new Map(selectHosts(inventory, "all").map((host) => [host.name, host]));
  const names = (pattern: string) =>
    selectHosts(inventory, pattern)
      .filter((host) => limit?.has(host) ?? true)
      .map(({ name }) => name);
  const reaches = new Reaches(
    (name) => {
      const host = hosts.get(name);
      if (!host) throw new InputError({ code: "x", message: name });
      return endpointOf(host);
    },
    () => undefined,
  );
  const kindsByName = new Map<string, AnyKind>(kinds.map((kind) => [kind.name, kind]));
  const emit = options.json
    ? (event: Parameters<typeof eventJson>[0]) => void process.stdout.write(`${eventJson(event, kindsByName)}\n`)
    : printEvents({ kinds: kindsByName, verbosity: 0, showsDiffs: true, write: (text) => process.stdout.write(text) });
  const program = tempProgram(plays, names, `${basename(dirname(path))}-${basename(path)}`);
  const fault = faultFrom(process.env);
  const run = (now: "plan" | "apply") => {
    const memories = new Map<string, HostMemory>();
    const it: Run = {
      program,
      mode: now,
      kinds,
      executors: [],
      holder: holderFor(path),
      reach: (name) => reaches.to(name),
      memory: (name) => {
        const memory = memories.get(name) ?? { name, facts: {}, setFacts: {}, registered: {}, included: {} };
        memories.set(name, memory);
        return memory;
      },
      addHost: () => undefined,
      emit,
      forks: 50,
      lockWaitMs: options.wait === undefined ? 0 : options.wait === true ? 3_600_000 : Number(options.wait) * 1000,
      ...(fault && { fault }),
    };
    return walk(it);
  };
  try {
    const isAsking = mode === "apply" && !options.yes;
    let tally = await run(isAsking ? "plan" : mode);
    const isPending = Object.values(tally).some((each) => each.changed > 0);
    if (isAsking && isPending && !isBad(tally)) {
      if (!(await confirm())) return;
      tally = await run("apply");
    }
    process.exitCode = statusOf(tally, mode === "plan" && options.exitCode === true);
  } finally {
    await reaches.close();
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError({ code: "cli/unreadable", message: `cannot read ${path}`, cause });
  }
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new InputError({
      code: "cli/no-terminal",
      message: "nobody is there to be asked",
      hint: "--yes applies without asking",
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question("\nApply these changes? [y/N] ")).trim());
  } finally {
    terminal.close();
  }
}

function isBad(tally: Readonly<Record<string, HostTally>>): boolean {
  return Object.values(tally).some(({ failed, unreachable }) => failed > 0 || unreachable);
}

function statusOf(tally: Readonly<Record<string, HostTally>>, isCounting: boolean): number {
  const all = Object.values(tally);
  if (all.some(({ failed }) => failed > 0)) return 1;
  if (all.some(({ unreachable }) => unreachable)) return 3;
  return isCounting && all.some(({ changed }) => changed > 0) ? 4 : 0;
}
