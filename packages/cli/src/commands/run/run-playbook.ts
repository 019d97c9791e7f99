import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import type { AnyKind, AnyModule } from "@evenkeel/core";
import { ConnectError, InputError } from "@evenkeel/core";
import type { InventoryHost } from "@evenkeel/inventory";
import { parseIni, selectHosts } from "@evenkeel/inventory";
import { aptPackage, file, unit } from "@evenkeel/kinds";
import { copy, fileModule, packageModule, service } from "@evenkeel/module-system";
import type { Play } from "@evenkeel/playbook";
import { parsePlaybook } from "@evenkeel/playbook";
import type { HostTally, RunEvent } from "@evenkeel/runner";
import { converge } from "@evenkeel/runner";
import type { Connection } from "@evenkeel/transport";
import { connect, SshPool } from "@evenkeel/transport";
import { endpointOf } from "./endpoint-of.ts";
import { printEvents } from "./print-events.ts";

export interface RunOptions {
  readonly inventory: string;
  readonly limit?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

const kinds: readonly AnyKind[] = [file, aptPackage, unit];
const modules = new Map<string, AnyModule>(
  [copy, fileModule, packageModule, service].map((module) => [module.name, module]),
);

/** Reads everything, then goes to the hosts: a mistake in the files reaches none of them. */
export async function runPlaybook(mode: "plan" | "apply", path: string, options: RunOptions): Promise<void> {
  const plays = await parsePlaybook(read(path), path, modules);
  const inventory = parseIni(read(options.inventory), options.inventory);
  const limit = options.limit === undefined ? undefined : new Set(selectHosts(inventory, options.limit));
  const work = plays.map((play) => ({
    play,
    hosts: selectHosts(inventory, play.hosts).filter((host) => limit?.has(host) ?? true),
  }));
  const connections = openConnections(work.flatMap(({ hosts }) => hosts));
  const emit = options.json ? writeJson : printEvents(kinds, (text) => process.stdout.write(text));
  try {
    const isAsking = mode === "apply" && !options.yes;
    let tally = await run(work, isAsking ? "plan" : mode, connections, emit);
    const isPending = Object.values(tally).some((each) => each.changed > 0);
    if (isAsking && isPending && !isBad(tally)) {
      if (!(await confirm())) return;
      tally = await run(work, "apply", connections, emit);
    }
    process.exitCode = statusOf(tally, mode === "plan" && options.exitCode === true);
  } finally {
    await Promise.all([...connections.values()].map((connection) => connection.close()));
  }
}

interface Work {
  readonly play: Play;
  readonly hosts: readonly InventoryHost[];
}

async function run(
  work: readonly Work[],
  mode: "plan" | "apply",
  connections: ReadonlyMap<string, Connection>,
  emit: (event: RunEvent) => void,
): Promise<Record<string, HostTally>> {
  const tallies: Record<string, HostTally> = {};
  for (const { play, hosts } of work) {
    const able = hosts.filter(({ name }) => !tallies[name] || !isBad({ [name]: tallies[name] }));
    emit({ type: "play", name: play.name, hosts: able.map(({ name }) => name) });
    await Promise.all(
      able.map(async (host) => {
        const connection = connections.get(host.name) as Connection;
        const user = play.become ? connection.as({ user: "root", method: "sudo" }) : connection;
        tallies[host.name] = add(tallies[host.name], await convergeHost(host.name, user, play, mode, emit));
      }),
    );
  }
  emit({ type: "summary", mode, hosts: tallies });
  return tallies;
}

async function convergeHost(
  name: string,
  host: Connection,
  play: Play,
  mode: "plan" | "apply",
  emit: (event: RunEvent) => void,
): Promise<HostTally> {
  try {
    return await converge({ name, host, tasks: play.tasks, kinds, mode }, emit);
  } catch (error) {
    emit({ type: "failed", host: name, error });
    return { ok: 0, changed: 0, failed: 0, skipped: 0, unreachable: error instanceof ConnectError };
  }
}

function openConnections(hosts: readonly InventoryHost[]): Map<string, Connection> {
  const pool = new SshPool();
  return new Map(hosts.map((host) => [host.name, connect(endpointOf(host), { pool })]));
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

function writeJson(event: RunEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function add(one: HostTally | undefined, other: HostTally): HostTally {
  if (one === undefined) return other;
  return {
    ok: one.ok + other.ok,
    changed: one.changed + other.changed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    unreachable: one.unreachable || other.unreachable,
  };
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
