import { deepStrictEqual, ok } from "node:assert/strict";
import type { AnyKind, AnyModule, HostPort, StepExecutor } from "@evenkeel/core";
import { StepError } from "@evenkeel/core";
import type { RunEvent } from "@evenkeel/runner";
import { runPlaybook } from "@evenkeel/runner";
import type { Law } from "./module-laws.ts";
import { taskOf } from "./task-of.ts";

/** A real host, as root. */
export interface HostUnderTest {
  readonly port: HostPort;
  readonly kinds: readonly AnyKind[];
  readonly executors?: readonly StepExecutor[];
  /** Everything that must not change by being looked at. */
  fingerprint(): Promise<string>;
  /** The host as it was before the example. */
  reset(): Promise<void>;
}

export interface HostExample {
  readonly name?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The laws that only a host can prove. They run one after the other. */
export function hostLaws(
  module: AnyModule,
  examples: readonly HostExample[],
  host: () => HostUnderTest,
): readonly Law[] {
  return examples.flatMap((example) => {
    const title = (law: string) => `${String(module.name)} ${example.name ?? JSON.stringify(example.params)}: ${law}`;
    const run = (mode: "plan" | "apply", breakAt?: number) => runOne(module, example, host(), mode, breakAt);
    return [
      {
        name: title("a plan changes nothing, is what apply does, and then there is nothing to do"),
        check: async () => {
          await host().reset();
          const before = await host().fingerprint();
          const planned = await run("plan");
          deepStrictEqual(planned.error, undefined);
          deepStrictEqual(await host().fingerprint(), before, "looking at the host has changed it");
          const applied = await run("apply");
          deepStrictEqual(applied.error, undefined);
          deepStrictEqual(applied.changes, planned.changes, "apply did not do what the plan said");
          deepStrictEqual((await run("apply")).lasting, [], "a second apply changes something");
        },
      },
      {
        name: title("a failure at each step, and then again: the same end"),
        check: async () => {
          await host().reset();
          await run("apply");
          const end = await host().fingerprint();
          for (let at = 1; at <= 20; at++) {
            await host().reset();
            const broken = await run("apply", at);
            if (broken.error === undefined) return;
            ok((await run("apply")).error === undefined, `not recovered after a failure at step ${at}`);
            deepStrictEqual(await host().fingerprint(), end, `another end after a failure at step ${at}`);
          }
        },
      },
    ];
  });
}

async function runOne(
  module: AnyModule,
  { params }: HostExample,
  host: HostUnderTest,
  mode: "plan" | "apply",
  breakAt?: number,
) {
  const changes: string[] = [];
  const lasting: string[] = [];
  let error: unknown;
  const emit = (event: RunEvent) => {
    if (event.type === "failed") error ??= event.error;
    if (event.type !== "change") return;
    const { action, kind, key } = event.change;
    changes.push(`${action} ${kind} ${key}`);
    if (action === "ensure" || action === "remove") lasting.push(`${action} ${kind} ${key}`);
  };
  const memory = { name: "host", facts: {}, setFacts: {}, registered: {}, included: {} };
  let steps = 0;
  await runPlaybook({
    program: { name: "conformance", plays: [playOf(module, params)] },
    mode,
    kinds: host.kinds,
    executors: host.executors ?? [],
    holder: { owner: "conformance", machine: "", process: process.pid, since: "", reason: "conformance" },
    reach: () => ({ as: () => host.port, reset: async () => undefined, anew: (_, work) => work(host.port) }),
    memory: () => memory,
    addHost: () => undefined,
    emit,
    forks: 1,
    lockWaitMs: 0,
    fault: (point) => {
      if (point === "stepped" && ++steps === breakAt)
        throw new StepError({ code: "conformance/broken", message: "broken on purpose" });
    },
  });
  return { changes, lasting, error };
}

function playOf(module: AnyModule, params: Readonly<Record<string, unknown>>) {
  return {
    name: "conformance",
    place: { file: "conformance" },
    hosts: () => ["host"],
    nodes: [taskOf(module, params)],
    handlers: [],
    serial: [],
    anyErrorsFatal: false,
    strategy: "linear" as const,
    runsHandlersOnFailure: false,
  };
}
