import type { HostMemory, Play } from "@evenkeel/core";
import type { RunEvent } from "../events.ts";
import type { Run } from "../run.ts";
import { runPlaybook } from "../run-playbook.ts";
import type { FakeHost } from "./fake-host.ts";
import { act, thing } from "./thing.ts";

/** Runs plays on fake hosts, and tells what was said. */
export async function runOn(
  hosts: Readonly<Record<string, FakeHost>>,
  plays: readonly Play[],
  more: Partial<Run> = {},
) {
  const events: RunEvent[] = [];
  const memories = new Map<string, HostMemory>();
  const memory = (name: string): HostMemory => {
    const known = memories.get(name) ?? { name, facts: {}, setFacts: {}, registered: {}, included: {} };
    memories.set(name, known);
    return known;
  };
  const tallies = await runPlaybook({
    program: { name: "test", plays },
    mode: "apply",
    kinds: [thing, act],
    executors: [],
    holder: { owner: "anna@laptop", machine: "m", process: process.pid, since: "2026-01-01T00:00:00Z", reason: "test" },
    reach: (name) => {
      const host = hosts[name];
      if (host === undefined) throw new Error(`no host ${name}`);
      return { as: () => host.port, reset: async () => undefined, anew: (_, work) => work(host.port) };
    },
    memory,
    addHost: () => undefined,
    emit: (event) => void events.push(event),
    forks: 10,
    lockWaitMs: 0,
    ...more,
  });
  return { events, tallies, memory };
}

/** `host task outcome`, as they came. */
export function outcomes(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.type === "task" ? [`${event.host} ${event.task}: ${event.outcome}`] : []));
}
