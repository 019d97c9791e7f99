// TEMPORARY: until packages/playbook's readProgram is there.
import type { HostMemory, Open, Program, Scope, Task } from "@evenkeel/core";
import { InputError } from "@evenkeel/core";
import type { Play as OldPlay } from "@evenkeel/playbook";

const fixed = <T>(value: T): Open<T> => ({ source: value, resolve: () => value });
const scope = (memory: HostMemory): Scope => {
  const make = (v: Record<string, unknown>): Scope => ({
    has: (n) => n in v,
    get: (n) => {
      if (n in v) return v[n];
      throw new InputError({ code: "x/undefined", message: `${n} undefined` });
    },
    names: () => Object.keys(v),
    with: (m) => make({ ...v, ...m }),
  });
  return make({ ...memory.registered, ...memory.setFacts });
};
export function tempProgram(plays: readonly OldPlay[], hostsOf: (pattern: string) => string[], name: string): Program {
  return {
    name,
    plays: plays.map((play) => ({
      name: play.name,
      place: play.place,
      hosts: ({ failed }) => hostsOf(play.hosts).filter((h) => !failed.has(h)),
      serial: [],
      anyErrorsFatal: false,
      strategy: "linear",
      runsHandlersOnFailure: false,
      handlers: ((play as any).handlers ?? []).map((t: any, i: number) => ({
        id: `h${i}`,
        node: toTask(t, `h${i}`, play.become),
        name: fixed(t.name),
        listen: [],
      })),
      nodes: play.tasks.map((t, i) => toTask(t, `t${i}`, play.become)),
    })),
  };
}
function toTask(t: OldPlay["tasks"][number], id: string, become: boolean): Task {
  const notify = (t as any).notify;
  return {
    node: "task",
    id,
    name: fixed(t.name),
    place: t.place,
    module: t.module,
    params: fixed(t.params),
    when: [],
    runsOnce: fixed(false),
    ignoresErrors: fixed(false),
    ignoresUnreachable: fixed(false),
    isSilent: fixed(false),
    anyErrorsFatal: fixed(false),
    delegatesFacts: fixed(false),
    environment: fixed({}),
    become: fixed(become ? { user: "root", method: "sudo" } : undefined),
    notify: fixed(notify ? [notify] : []),
    isGuarded: false,
    scope,
  };
}
