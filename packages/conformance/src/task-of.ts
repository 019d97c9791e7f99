import type { AnyModule, HostMemory, Open, Scope, Task } from "@evenkeel/core";

/** A task that calls a module with parameters that are already what they are to be. */
export function taskOf(module: AnyModule, params: Readonly<Record<string, unknown>>): Task {
  return {
    node: "task",
    id: `${String(module.name)} ${JSON.stringify(params)}`,
    name: fixed(String(module.name)),
    place: { file: "conformance" },
    module,
    params: fixed(params),
    when: [],
    runsOnce: fixed(false),
    ignoresErrors: fixed(false),
    ignoresUnreachable: fixed(false),
    isSilent: fixed(false),
    anyErrorsFatal: fixed(false),
    delegatesFacts: fixed(false),
    environment: fixed({}),
    become: fixed(undefined),
    notify: fixed([]),
    isGuarded: false,
    scope,
  };
}

function fixed<T>(value: T): Open<T> {
  return { source: value, resolve: () => value };
}

function scope({ registered }: HostMemory): Scope {
  const over = (values: Readonly<Record<string, unknown>>): Scope => ({
    has: (name) => name in values,
    get: (name) => values[name],
    names: () => Object.keys(values),
    with: (more) => over({ ...values, ...more }),
  });
  return over(registered);
}
